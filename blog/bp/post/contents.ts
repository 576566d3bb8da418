/** A heading that can be jumped to. */
export interface Heading {
  id: string;
  text: string;
  level: 2 | 3;
}

const HEADING = /<h([23])([^>]*)>([\s\S]*?)<\/h\1>/g;
const FEWEST = 4;
const LONG_MINUTES = 5;

/** The text with an address for each heading that has none, and, of a long text, its headings as a table of contents. */
export function withContents(html: string, readingMinutes: number): { html: string; contents: readonly Heading[] } {
  const headings: Heading[] = [];
  const taken = new Set<string>();
  const text = html.replace(HEADING, (whole, level: string, attributes: string, inner: string) => {
    const words = textOf(inner);
    if (words === "") return whole;
    const given = /\bid="([^"]+)"/.exec(attributes)?.[1];
    const isFree = given !== undefined && !taken.has(given); // two cards of Markdown may give the same
    const id = isFree ? given : freeId(words, taken);
    taken.add(id);
    headings.push({ id, text: words, level: level === "2" ? 2 : 3 });
    return isFree ? whole : `<h${level}${attributes.replace(/ id="[^"]*"/, "")} id="${id}">${inner}</h${level}>`;
  });
  const isLong = readingMinutes >= LONG_MINUTES && headings.length >= FEWEST;
  return { html: text, contents: isLong ? headings : [] };
}

/** "Über den Ofen" -> "uber-den-ofen", and "uber-den-ofen-2" where that is taken. Of letters without a Latin form: "part". */
function freeId(words: string, taken: ReadonlySet<string>): string {
  const plain = words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const id = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "part";
  let free = id;
  for (let number = 2; taken.has(free); number++) free = `${id}-${number}`;
  return free;
}

/** What a heading says, without its markup and with its entities read. */
function textOf(html: string): string {
  const text = html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"');
  return text.replaceAll("&nbsp;", " ").replaceAll("&amp;", "&").trim();
}
