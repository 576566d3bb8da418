import { type ProductField, productFields, type SomeProductFields, someProductFields } from "@rose-ash/shared/contracts/product-fields.ts";
import type { NewProductGuess } from "@rose-ash/shared/contracts/scrape-review.ts";
import type { NewProduct } from "@rose-ash/shared/contracts/shelf.ts";
import type { CategoryId } from "@rose-ash/shared/models/ids.ts";

/** The form for a new product as it was typed. */
export interface TypedProduct {
  readonly texts: Readonly<Record<string, string>>;
  readonly shelves: readonly string[];
}

/** What came of it: what is to be made, or what is wrong, by field. */
export type ReadProduct =
  | { kind: "read"; slug: string; fields: NewProduct["fields"]; stock: number; categoryIds: readonly CategoryId[] }
  | { kind: "wrong"; messages: Readonly<Record<string, string>> };

const SAY: Readonly<Record<string, string>> = {
  name: "It needs a name, of at most 200 letters.",
  slug: "Small letters, digits and hyphens, as rye-flour-1kg.",
  priceMinor: "A price as 3.40.",
  packAmount: "A whole number above 0.",
  packUnit: "One of the three.",
  vatClass: "One of the three.",
  gtin: "8, 12, 13 or 14 digits, as printed; the last one does not fit the others.",
  stock: "A whole number, 0 if none is here yet.",
  shelves: "On which shelf will people find it?",
};

/** A form filled in by a guess. */
export function typedOf({ slug, fields, categoryIds }: NewProductGuess): TypedProduct {
  const { name = "", brand = "", priceMinor, packAmount, packUnit = "g", vatClass = "zero", gtin, ingredients = "" } = fields;
  const texts = {
    ...{ slug, name, brand, packUnit, vatClass, ingredients, gtin: gtin ?? "", stock: "0" },
    priceMinor: priceMinor === undefined ? "" : (priceMinor / 100).toFixed(2),
    packAmount: packAmount === undefined ? "" : String(packAmount),
  };
  return { texts, shelves: categoryIds.map(String) };
}

/** What of a form is to be made. categories: those that there are. */
export function readProduct({ texts, shelves }: TypedProduct, categories: readonly { id: CategoryId }[]): ReadProduct {
  const messages: Record<string, string> = {};
  const refuse = (field: string) => {
    messages[field] = SAY[field] ?? "This can’t stand in the shop.";
  };
  const given: Readonly<Record<string, unknown>> = {
    ...{
      name: texts["name"],
      brand: texts["brand"],
      ingredients: texts["ingredients"],
      packUnit: texts["packUnit"],
      vatClass: texts["vatClass"],
    },
    ...{ priceMinor: minorOf(texts["priceMinor"]), packAmount: wholeOf(texts["packAmount"]), gtin: texts["gtin"]?.trim() || null },
  };
  const read: SomeProductFields = {};
  for (const [field, value] of Object.entries(given)) {
    const one = someProductFields.safeParse({ [field]: value });
    if (one.success && Object.hasOwn(one.data, field)) Object.assign(read, one.data);
    else refuse(field);
  }
  const slug = texts["slug"]?.trim() ?? "";
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || slug.length > 100) refuse("slug");
  const stock = wholeOf(texts["stock"]);
  if (stock === null || stock > 99_999) refuse("stock");
  const categoryIds = categories.map(({ id }) => id).filter((id) => shelves.includes(String(id)));
  if (categoryIds.length === 0) refuse("shelves");
  const whole = WHOLE.safeParse(read);
  if (Object.keys(messages).length > 0 || !whole.success) return { kind: "wrong", messages };
  return { kind: "read", slug, stock: stock ?? 0, categoryIds, fields: { ...UNSAID, ...whole.data } };
}

const NEEDED = {
  name: true,
  brand: true,
  priceMinor: true,
  packAmount: true,
  packUnit: true,
  vatClass: true,
  gtin: true,
  ingredients: true,
} as const satisfies Partial<Record<ProductField, true>>;
const WHOLE = productFields.pick(NEEDED);
/** Nobody has stated allergens yet. */
const UNSAID = { description: "", allergens: null, labels: [], origin: "" };

function minorOf(text = ""): number | null {
  const plain = text.trim().replace(",", ".");
  return /^\d{1,6}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : null;
}

function wholeOf(text = ""): number | null {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}
