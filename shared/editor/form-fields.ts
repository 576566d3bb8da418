import type { Island } from "./island.ts";
import type { Fields } from "./side-fields.ts";

/** What the text's own keeper sees to, and what the page says of itself. */
const NOT_BESIDE: ReadonlySet<string> = new Set(["title", "html", "document", "version", "status"]);

/** What stands in the form beside title and text. */
export function readFields(island: Island): Fields {
  const isOff = (field: Field) =>
    field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox") && !field.checked;
  return Object.fromEntries(
    fieldsOf(island)
      .filter((field) => !isOff(field))
      .map((field) => [field.name, field.value]),
  );
}

/** Fills these in; a choice that the page does not offer stays as it is. */
export function writeFields(island: Island, fields: Fields): void {
  for (const field of fieldsOf(island)) {
    const value = fields[field.name];
    if (value === undefined) continue;
    if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) field.checked ||= field.value === value;
    else if (field instanceof HTMLSelectElement) {
      if ([...field.options].some((option) => option.value === value)) field.value = value;
    } else field.value = value;
    field.closest("details")?.setAttribute("open", "");
  }
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function fieldsOf({ form, root }: Island): Field[] {
  return [...form.elements].filter(
    (field): field is Field => isField(field) && field.name !== "" && !NOT_BESIDE.has(field.name) && !root.contains(field),
  );
}

function isField(element: Element): element is Field {
  if (element instanceof HTMLInputElement) return element.type !== "file" && element.type !== "submit";
  return element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;
}
