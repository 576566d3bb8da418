import type { Island } from "./island.ts";

/**
 * Koenig's fields and buttons stand in the form, and are none of it: none of them sends it, Enter in one does not either, and what is typed
 * into them is not among what is sent.
 */
export function guardForm({ root, form, stage }: Island): void {
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement && stage.contains(event.target)) event.preventDefault();
  });
  form.addEventListener(
    "submit",
    (event) => {
      if (!event.submitter || !stage.contains(event.submitter)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  form.addEventListener("formdata", ({ formData }) => {
    for (const { name } of stage.querySelectorAll<HTMLInputElement>("[name]")) {
      const own = form.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]:not([data-editor-stage] *)`);
      if (own) formData.set(name, own.value);
      else formData.delete(name);
    }
  });
}
