import { sanitiseHtml } from "@rose-ash/shared/infrastructure/sanitise-html.ts";

const ANY_TAG = /<[a-z][^>]*>/i;
const PARAGRAPHS_ONLY = /^(<p>[^<>]*(<br \/>[^<>]*)*<\/p>\s*)*$/;
const ENTITIES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };

/** Safe HTML of what somebody typed: HTML where there is some, else paragraphs with a blank line between them. */
export function htmlOfText(text: string): string {
  const typed = text.replaceAll("\r\n", "\n").trim();
  if (ANY_TAG.test(typed)) return sanitiseHtml(typed);
  const paragraphs = typed.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== "");
  return sanitiseHtml(paragraphs.map((paragraph) => `<p>${asHtml(paragraph.trim()).replaceAll("\n", "<br>")}</p>`).join("\n"));
}

/** What to type for it: htmlOfText gives the same again. */
export function textOfHtml(html: string): string {
  if (!PARAGRAPHS_ONLY.test(html)) return html;
  const text = html
    .replaceAll("<br />", "\n")
    .replaceAll("<p>", "")
    .replace(/<\/p>\s*/g, "\n\n")
    .trim()
    .replace(/&(lt|gt|quot|amp);/g, (entity) => ENTITIES[entity] ?? entity);
  return ANY_TAG.test(text) ? html : text;
}

function asHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
