import { isDeepStrictEqual } from "node:util";
import { type SomeProductFields, someProductFields } from "@rose-ash/shared/contracts/product-fields.ts";
import { type FieldView, NEEDED_FIELDS } from "@rose-ash/shared/contracts/shelf.ts";
import { allergensOf } from "./allergen-fields.ts";
import { type Form, type FormField, isTypedField, OPTIONS, SECTIONS } from "./form.ts";
import { nutritionOf, nutritionWords } from "./nutrition-fields.ts";

const FORM = SECTIONS.flatMap(({ fields }) => fields);
const NAMED: Readonly<Record<string, string>> = {
  shelves: "Shelves",
  picture: "Picture",
  pictures: "Pictures",
  variant: "Pack",
  stock: "Stock",
};

/** What came of a form: what is to be changed, or what is wrong, by field. */
export type Read = { kind: "read"; set: SomeProductFields } | { kind: "wrong"; messages: Readonly<Record<string, string>> };

/** The form's sections with their fields as the template shows them. text: as somebody would type it. */
export function formOf(views: readonly FieldView[], typed: Form | null) {
  const byField = new Map(views.map((view) => [view.field, view]));
  return SECTIONS.map(({ title, fields }) => ({ title, fields: fields.flatMap((form) => fieldOf(form, byField.get(form.field), typed)) }));
}

function fieldOf(form: FormField, view: FieldView | undefined, typed: Form | null) {
  if (!view) return [];
  const { supplier, override, rule } = view;
  const options = form.options?.map((value) => ({ value, label: OPTIONS[value] ?? value })) ?? null;
  return [
    {
      ...{ ...form, options, isNeeded: NEEDED_FIELDS.some((field) => field === form.field) },
      text: typed?.[form.field] ?? textOf(form, view.value),
      supplier: supplier && { ...supplier, text: textOf(form, supplier.value) },
      override: override && { ...override, text: textOf(form, override.value) },
      rule: rule && { words: rule.words, text: textOf(form, rule.value), isHeld: override === null },
    },
  ];
}

/** A value in words, of a field or of something else that a history tells. */
export function changeWords(field: string, value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (field === "nutrition") return nutritionWords(value);
  if (field === "allergens") return allergenWords(value);
  const form = FORM.find((one) => one.field === field);
  if (form?.kind === "yes-no" || form?.options) return OPTIONS[textOf(form, value)] ?? textOf(form, value);
  if (form) return textOf(form, value) || "nothing";
  if (field === "pictures" && Array.isArray(value)) return `numbers ${value.join(", ")}`;
  if (Array.isArray(value)) return value.join(", ") || "nothing";
  return typeof value === "object" ? JSON.stringify(value) : String(value) || "nothing";
}

/** What people call a field, "stock" among them. */
export function labelOf(field: string): string {
  const form = FORM.find((one) => one.field === field);
  return form?.label ?? NAMED[field] ?? field.charAt(0).toUpperCase() + field.slice(1);
}

/** What of a form differs from what holds. */
export function readForm(views: readonly FieldView[], typed: Form): Read {
  const messages: Record<string, string> = {};
  const set: Record<string, unknown> = {};
  for (const view of views) {
    const value = typedFor(view, typed);
    if (isDeepStrictEqual(value, view.value)) continue;
    const read = someProductFields.safeParse({ [view.field]: value });
    if (read.success) set[view.field] = read.data[view.field];
    else messages[view.field] = messageOf(view.field);
  }
  return Object.keys(messages).length > 0 ? { kind: "wrong", messages } : { kind: "read", set };
}

/** What somebody typed into a field, as the field would hold it; what can't be read stays text, and is refused as such. */
export function typedValue({ kind, field }: FormField, text: string): unknown {
  const typed = text.replaceAll("\r\n", "\n").trim();
  if (kind === "list") return typed.split(",").flatMap((one) => one.trim() || []);
  if (kind === "yes-no") return typed === "yes";
  if (typed === "" && (field === "gtin" || kind === "money" || kind === "number")) return null;
  if (kind === "money") return /^\d{1,6}([.,]\d{1,2})?$/.test(typed) ? Math.round(Number(typed.replace(",", ".")) * 100) : typed;
  return kind === "number" && /^\d{1,9}$/.test(typed) ? Number(typed) : typed;
}

/** What is wrong with a field, in words. */
export function messageOf(field: string): string {
  const form = FORM.find((one) => one.field === field);
  if (field === "nutrition") return "All eight amounts, as numbers like 3.2, or none of them.";
  if (form?.kind === "money") return `${form.label}: an amount like 4.20, up to 5,000.`;
  if (form?.kind === "number") return `${form.label}: a whole number above nought.`;
  if (form?.kind === "list") return `${form.label}: words of small letters, with commas between them.`;
  return `${form?.label ?? "This"} can’t be kept as it is: too long, empty, or with a wrong check digit.`;
}

function typedFor(view: FieldView, typed: Form): unknown {
  if (view.field === "allergens") return allergensOf(typed);
  if (view.field === "nutrition") return nutritionOf(typed);
  const form = FORM.find(({ field }) => field === view.field);
  return form && isTypedField(view.field) ? typedValue(form, typed[form.field] ?? "") : view.value;
}

function textOf({ kind }: FormField, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (kind === "money") return (Number(value) / 100).toFixed(2);
  if (kind === "yes-no") return value === true ? "yes" : "no";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

function allergenWords(value: unknown): string {
  const stated = someProductFields.safeParse({ allergens: value });
  const { contains = [], mayContain = [] } = (stated.success ? stated.data.allergens : null) ?? {};
  const parts = [contains.join(", "), mayContain.length > 0 ? `maybe ${mayContain.join(", ")}` : ""].filter(Boolean);
  return parts.join("; ") || "none of the fourteen";
}
