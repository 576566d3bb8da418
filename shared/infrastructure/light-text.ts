import { sanitiseHtml } from "./sanitise-html.ts";

/** Longer texts are pages of the blog. */
export const MAX_LIGHT_TEXT = 20_000;

/**
 * Safe HTML of what somebody typed into a plain box: paragraphs with a blank line between them, lists of lines that begin with a
 * hyphen or star, headings that begin with ##, **bold**, *stressed*, [words](https://…), and addresses as they
 * stand. Whoever types HTML gets what of it is safe.
 */
export function htmlOfLightText(text: string): string {
  const typed = text.slice(0, MAX_LIGHT_TEXT).replaceAll("\r\n", "\n").replaceAll("\u0000", "");
  if (HTML.test(typed)) return sanitiseHtml(typed);
  const blocks = typed.split(/\n[ \t]*\n+/);
  return sanitiseHtml(
    blocks
      .map((block) => block.trim())
      .filter((block) => block !== "")
      .map(blockOf)
      .join("\n"),
  );
}

/** Who types a closing tag means HTML. */
const HTML = /<\/(?:p|ul|ol|div|h\d|a|b|em|strong)>/i;
const LIST_LINE = /^[-*•]\s+/;

function blockOf(block: string): string {
  const lines = block.split("\n").map((line) => line.trim());
  if (/^#{2,4}\s/.test(block) && lines.length === 1) return `<h3>${inline(block.replace(/^#+\s+/, ""))}</h3>`;
  if (lines.every((line) => LIST_LINE.test(line)))
    return `<ul>${lines.map((line) => `<li>${inline(line.replace(LIST_LINE, ""))}</li>`).join("")}</ul>`;
  const list = lines.findIndex((line) => LIST_LINE.test(line));
  if (list > 0 && lines.slice(list).every((line) => LIST_LINE.test(line)))
    return `${blockOf(lines.slice(0, list).join("\n"))}\n${blockOf(lines.slice(list).join("\n"))}`;
  return `<p>${lines.map(inline).join("<br>")}</p>`;
}

/** Addresses and stress, in what is escaped already; each expression looks at a bounded piece. */
function inline(line: string): string {
  return escapeHtml(line)
    .replace(/\[([^[\]]{1,200})\]\((https?:\/\/[^\s()<>]{1,500})\)/g, '<a href="$2">$1</a>')
    .replace(/(^|[\s(])(https?:\/\/[^\s<>"]{1,500}[^\s<>".,;:!?)])/g, '$1<a href="$2">$2</a>')
    .replace(/\*\*([^*]{1,500})\*\*/g, "<strong>$1</strong>")
    .replace(/(^|[\s(])\*([^*\s][^*]{0,499})\*(?=$|[\s.,;:!?)])/g, "$1<em>$2</em>");
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
