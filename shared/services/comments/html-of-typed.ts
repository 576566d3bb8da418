import { escapeHtml } from "../../infrastructure/activitypub/index.ts";
import { sanitiseShort } from "../../infrastructure/sanitise-html.ts";

/** What somebody typed, as HTML: paragraphs and lines as they are, addresses as links, and nothing else. */
export function htmlOfTyped(text: string): string {
  const paragraphs = text
    .replace(/\r\n?/g, "\n")
    .trim()
    .split(/\n{2,}/);
  const html = paragraphs.map((paragraph) => `<p>${linked(paragraph).replaceAll("\n", "<br>")}</p>`).join("");
  return sanitiseShort(html);
}

function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']{1,500}[^\s<>"'.,;:!?)\]])/)
    .map((part, at) =>
      at % 2 === 0 ? escapeHtml(part) : `<a href="${escapeHtml(part)}">${escapeHtml(part.replace(/^https?:\/\//, ""))}</a>`,
    )
    .join("");
}
