import { plainText } from "@rose-ash/shared/infrastructure/sanitise-html.ts";

/** What a bookmark card shows of a page. */
export interface PageData {
  readonly title: string;
  readonly description: string;
  readonly author: string;
  readonly publisher: string;
}

const MOST_CHARACTERS = 500;

/** What an HTML page says of itself, in plain text: OpenGraph first, then its own head. Empty where it says nothing. */
export function readPageData(body: Buffer, contentType: string): PageData {
  const html = decode(body, contentType);
  const metas = metasIn(html);
  const first = (...names: string[]) => names.map((name) => metas.get(name) ?? "").find(Boolean) ?? "";
  const [, title = ""] = /<title\b[^<>]*>([^<]{0,2000})<\/title>/i.exec(html) ?? [];
  return {
    title: first("og:title", "twitter:title") || clean(title),
    description: first("og:description", "description", "twitter:description"),
    author: first("article:author", "author"),
    publisher: first("og:site_name", "application-name"),
  };
}

/** In the charset that the header names, or the page in its first kilobyte, or UTF-8. */
function decode(body: Buffer, contentType: string): string {
  const named = /charset=["']?([\w-]+)/i;
  const [, charset = "utf-8"] = named.exec(contentType) ?? named.exec(body.subarray(0, 1024).toString("latin1")) ?? [];
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body); // a charset that nobody knows
  }
}

/** No pattern here goes past the next "<", or a page of nothing but beginnings would take minutes. */
function metasIn(html: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [tag] of html.matchAll(/<meta\b[^<>]{0,4000}>/gi)) {
    const name = attribute(tag, "property") || attribute(tag, "name");
    const content = clean(attribute(tag, "content"));
    if (name && content && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), content);
  }
  return found;
}

function attribute(tag: string, name: string): string {
  const [, quoted, single, bare] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(tag) ?? [];
  return quoted ?? single ?? bare ?? "";
}

/** Without markup, entities read. */
function clean(words: string): string {
  return plainText(words).slice(0, MOST_CHARACTERS);
}
