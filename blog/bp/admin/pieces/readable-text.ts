import { plainText } from "@rose-ash/shared/infrastructure/sanitise-html.ts";

const BLOCK_END = /<\/(?:p|h[1-6]|li|tr|blockquote|figcaption|dt|dd|pre|caption|summary|div|figure|ul|ol|table)>|<(?:br|hr)\b[^>]*>/i;
const PICTURE = /<img\b[^>]*>/gi;
const LINK = /<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gis;

/** An HTML text as a person compares it: a line for each paragraph, heading and item; pictures and links named in words. */
export function readableText(html: string): string {
  const spoken = html
    .replace(PICTURE, (tag) => ` [${nameOf(tag)}] `)
    .replace(LINK, (_tag, href: string, words: string) => `${words} (${href})`);
  return spoken
    .split(BLOCK_END)
    .map((block) => plainText(block))
    .filter(Boolean)
    .map((line) => `${line}\n`)
    .join("");
}

/** Two pictures of which nothing is said are two all the same: ours are told apart by the first letters of their hash. */
function nameOf(tag: string): string {
  const [, alt = ""] = /\balt="([^"]*)"/.exec(tag) ?? [];
  const [, mark = ""] = /\bsrc="[^"]*\/media\/[0-9a-f]{2}\/([0-9a-f]{6})/.exec(tag) ?? [];
  return [["picture", mark].filter(Boolean).join(" "), alt].filter(Boolean).join(": ");
}
