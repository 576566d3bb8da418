import { plainText } from "@rose-ash/shared/infrastructure/sanitise-html.ts";

const BLOCK_END = /<\/(?:p|h[1-6]|li|tr|blockquote|figcaption|dt|dd|pre|caption|summary|div|figure|ul|ol|table)>|<(?:br|hr)\b[^>]*>/i;
const PICTURE = /<img\b[^>]*>/gi;
const LINK = /<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gis;

/** An HTML text as a person compares it: a line for each paragraph, heading and item; pictures and links named in words. */
export function readableText(html: string): string {
  const spoken = html
    .replace(PICTURE, (tag) => ` [picture: ${/\balt="([^"]*)"/.exec(tag)?.[1] ?? ""}] `)
    .replace(LINK, (_tag, href: string, words: string) => `${words} (${href})`);
  return spoken
    .split(BLOCK_END)
    .map((block) => plainText(block))
    .filter(Boolean)
    .map((line) => `${line}\n`)
    .join("");
}
