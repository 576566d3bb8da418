import { sanitiseHtml } from "@rose-ash/shared/infrastructure/sanitise-html.ts";
import { marked } from "marked";

/** Markdown as the HTML that is stored: through the same sanitiser as what people write. */
export function htmlOf(markdown: string): string {
  return sanitiseHtml(marked.parse(markdown, { async: false }));
}
