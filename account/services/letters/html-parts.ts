/** A piece of HTML that passed the sanitiser: a tag with its attributes, their entities still in them, or text. */
export type HtmlPart = { kind: "open" | "close"; tag: string; attributes: ReadonlyMap<string, string> } | { kind: "text"; text: string };

/** The sanitiser writes every tag the same way, values in double quotes with < > and " escaped: so its pieces can be told by a pattern. */
const PIECE = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>|([^<]+|<)/gi;
const ATTRIBUTE = /([a-z-]+)(?:="([^"]*)")?/gi;

/** Its pieces, in their order. */
export function htmlParts(html: string): HtmlPart[] {
  return [...html.matchAll(PIECE)].map(([, slash, tag, attributes = "", text]): HtmlPart => {
    if (tag === undefined) return { kind: "text", text: text ?? "" };
    const named = [...attributes.matchAll(ATTRIBUTE)].map(([, name = "", value = ""]) => [name.toLowerCase(), value] as const);
    return { kind: slash ? "close" : "open", tag: tag.toLowerCase(), attributes: new Map(named) };
  });
}

/** What the sanitiser escapes, as characters. */
export function charactersOf(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&nbsp;", "\u00a0")
    .replaceAll("&amp;", "&");
}

/** An address of a text with its host: the blog's own are written from its root. */
export function wholeAddress(address: string, origin: string): string {
  return address.startsWith("/") && !address.startsWith("//") ? origin + address : address;
}
