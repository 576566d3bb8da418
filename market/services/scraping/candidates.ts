import { parseDocument } from "htmlparser2";
import { textOf, tidy } from "./page/text.ts";
import type { Candidate, Field, Source } from "./product.ts";

/** What a reader of one source found: values for fields, and pictures. */
export interface Findings {
  readonly candidates: readonly Candidate[];
  readonly images: readonly string[];
}

const MAX_VALUE = 20_000;
const LONGEST: Readonly<Record<Field, number>> = {
  name: 500,
  price: 40,
  currency: 3,
  sku: 80,
  gtin: 14,
  brand: 120,
  availability: 40,
  ingredients: 10_000,
};

/** A candidate as plain text; none where nothing is left of the value, or where it is too long to be one. */
export function candidate(field: Field, value: string | null | undefined, source: Source, kind: string, strength = 1): Candidate[] {
  const plain = plainText(value ?? "");
  const isWordy = field === "sku" && source !== "site-rule" && plain.includes(" "); // a model's name rather than a number
  return plain && plain.length <= LONGEST[field]
    ? [{ field, value: plain, source, kind, strength: isWordy ? strength * 0.3 : strength }]
    : [];
}

/** Values come with entities and tags in them, even with scripts: what a reader would see of them is taken. */
function plainText(value: string): string {
  return /[<&]/.test(value) ? textOf(parseDocument(value.slice(0, MAX_VALUE)), MAX_VALUE) : tidy(value.slice(0, MAX_VALUE));
}
