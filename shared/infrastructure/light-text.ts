import { lightMarkup } from "./light-markup.ts";
import { sanitiseHtml } from "./sanitise-html.ts";

export { MAX_LIGHT_TEXT } from "./light-markup.ts";

/** Safe HTML of what somebody typed into a plain box, or wrote with the light editor. */
export function htmlOfLightText(text: string): string {
  return sanitiseHtml(lightMarkup(text));
}
