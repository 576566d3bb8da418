import { watchBar } from "./light-bar.ts";
import { LightField } from "./light-field.ts";

for (const root of document.querySelectorAll<HTMLElement>("[data-light-editor]")) begin(root);

/** Puts an editor in the place of a plain box; the box stays the form's field. Where it can't begin, the box is there. */
function begin(root: HTMLElement): void {
  try {
    const field = new LightField(root);
    field.open();
    watchBar(field);
    root.dataset["state"] = "open";
  } catch (error) {
    reportError(error);
    root.dataset["state"] = "failed";
  }
}
