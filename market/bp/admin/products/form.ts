import type { ProductField } from "@rose-ash/shared/contracts/product-fields.ts";

/** A form as it was sent, by the names of its controls. */
export type Form = Readonly<Record<string, string>>;

/** How a field is typed: money in pounds, a list with commas. */
type Kind = "line" | "text" | "money" | "number" | "choice" | "list" | "yes-no";

/** Fields that are one control each; allergens and nutrition have rows of their own. */
type TypedField = Exclude<ProductField, "allergens" | "nutrition">;

export interface FormField {
  field: TypedField;
  label: string;
  kind: Kind;
  hint?: string;
  options?: readonly string[];
}

/** What choices are called. */
export const OPTIONS: Readonly<Record<string, string>> = {
  ...{ zero: "Zero, 0 %", reduced: "Reduced, 5 %", standard: "Standard, 20 %" },
  ...{ g: "Grams", ml: "Millilitres", piece: "Pieces", yes: "Yes", no: "No" },
};

const YES_NO = ["yes", "no"];
const COMMAS = "With commas between them.";

/** All fields with one control, by the sections of the form, in its order. */
export const SECTIONS: readonly { title: string; fields: readonly FormField[] }[] = [
  {
    title: "In the shop",
    fields: [
      { field: "name", label: "Name", kind: "line" },
      { field: "brand", label: "Brand", kind: "line" },
      { field: "description", label: "What it is", kind: "text" },
      {
        ...{ field: "isOnSale", label: "On sale", kind: "yes-no", options: YES_NO },
        hint: "What is off sale stands in no list and can’t be bought; its page says so, and everything said of it is kept.",
      },
    ],
  },
  {
    title: "Price",
    fields: [
      { field: "costMinor", label: "What a pack costs us, without VAT", kind: "money" },
      { field: "priceMinor", label: "Price, with VAT", kind: "money" },
      { field: "membersPriceMinor", label: "Price for members", kind: "money", hint: "Below the price." },
      { field: "vatClass", label: "VAT", kind: "choice", options: ["zero", "reduced", "standard"] },
    ],
  },
  {
    title: "Pack",
    fields: [
      { field: "packAmount", label: "Pack holds", kind: "number" },
      { field: "packUnit", label: "Measured in", kind: "choice", options: ["g", "ml", "piece"] },
      { field: "caseSize", label: "Packs in a case", kind: "number" },
      { field: "gtin", label: "Number on the packet", kind: "line", hint: "EAN or GTIN, with its check digit." },
    ],
  },
  {
    title: "What is in it",
    fields: [
      { field: "ingredients", label: "Ingredients, as printed", kind: "text" },
      { field: "recipe", label: "Recipe", kind: "list", hint: `Ingredients as the rules name them. ${COMMAS}` },
      { field: "isRecipeWhole", label: "The recipe names everything in it", kind: "yes-no", options: YES_NO },
      { field: "labels", label: "Labels", kind: "list", hint: COMMAS },
      { field: "origin", label: "Origin", kind: "line" },
    ],
  },
];

/** Whether the form has one control for it. */
export function isTypedField(field: string): field is TypedField {
  return SECTIONS.some(({ fields }) => fields.some((one) => one.field === field));
}
