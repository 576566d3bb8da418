/** Longer texts are pages of the blog. */
export const MAX_LIGHT_TEXT = 20_000;

/**
 * HTML of what somebody typed into a plain box: paragraphs with a blank line between them, lists of lines that begin with a hyphen, star
 * or number, quotes of lines that begin with >, headings that begin with ##, **bold**, *stressed*, [words](https://…), and addresses as
 * they stand. A backslash before a sign takes its meaning away. Whoever types HTML has it given back. Nothing here makes it safe: what
 * people read has passed the sanitiser after it. It runs in browsers too, so it needs nothing.
 */
export function lightMarkup(text: string): string {
  const typed = text.slice(0, MAX_LIGHT_TEXT).replaceAll("\r\n", "\n").replaceAll("\u0000", "");
  if (HTML.test(typed)) return typed;
  const blocks = typed.split(/\n[ \t]*\n+/);
  return blocks
    .map((block) => hideEscaped(block.trim()))
    .filter((block) => block !== "")
    .map(blockOf)
    .map(showEscaped)
    .join("\n");
}

/** Who types a closing tag means HTML. */
const HTML = /(?<!\\)<\/(?:p|ul|ol|div|h\d|a|b|em|strong|blockquote)>/i;
const ITEM = { ul: /^[-*•]\s+/, ol: /^\d{1,3}[.)]\s+/ } as const;
const QUOTED = /^>\s?/;

/** Signs behind a backslash, out of sight of what looks for their meaning: in a range of Unicode that means nothing. */
const ESCAPED = /\\([\\*[\]#>.<)•-])/g;
const HIDDEN_AT = 0xe000;
const HIDDEN = /[\ue000-\uf8ff]/g;

function hideEscaped(block: string): string {
  const plain = block.replaceAll(HIDDEN, "");
  return plain.replaceAll(ESCAPED, (_both, sign: string) => String.fromCharCode(HIDDEN_AT + (sign.charCodeAt(0) & 0xff)));
}

function showEscaped(html: string): string {
  return html.replaceAll(HIDDEN, (sign) => {
    const code = sign.charCodeAt(0) - HIDDEN_AT;
    return code === BULLET ? "•" : escapeHtml(String.fromCharCode(code));
  });
}

const BULLET = "•".charCodeAt(0) & 0xff;

function blockOf(block: string): string {
  const lines = block.split("\n").map((line) => line.trim());
  if (/^#{2,4}\s/.test(block) && lines.length === 1) return `<h2>${inline(block.replace(/^#+\s+/, ""))}</h2>`;
  if (lines.every((line) => QUOTED.test(line)))
    return `<blockquote><p>${lines.map((line) => inline(line.replace(QUOTED, ""))).join("<br>")}</p></blockquote>`;
  const [kind] = (["ul", "ol"] as const).filter((one) => ITEM[one].test(lines.at(-1) ?? ""));
  if (kind === undefined) return `<p>${lines.map(inline).join("<br>")}</p>`;
  const first = lines.findIndex((line) => ITEM[kind].test(line));
  if (!lines.slice(first).every((line) => ITEM[kind].test(line))) return `<p>${lines.map(inline).join("<br>")}</p>`;
  const items = lines.slice(first).map((line) => `<li>${inline(line.replace(ITEM[kind], ""))}</li>`);
  const before = first > 0 ? `${blockOf(lines.slice(0, first).join("\n"))}\n` : "";
  return `${before}<${kind}>${items.join("")}</${kind}>`;
}

/** Addresses and stress, in what is escaped already; each expression looks at a bounded piece. */
function inline(line: string): string {
  return escapeHtml(line)
    .replace(/\[([^[\]]{1,200})\]\((https?:\/\/[^\s()<>]{1,500})\)/g, '<a href="$2">$1</a>')
    .replace(/(^|[\s(])(https?:\/\/[^\s<>"]{1,500}[^\s<>".,;:!?)])/g, '$1<a href="$2">$2</a>')
    .replace(/\*\*([^*]{1,500})\*\*/g, "<strong>$1</strong>")
    .replace(/(^|[\s(>])\*([^*\s][^*]{0,499})\*(?=$|[\s.,;:!?)<])/g, "$1<em>$2</em>");
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
