import { z } from "zod";
import { ALLERGENS, PACK_UNITS } from "../models/market.ts";

/** No price of one thing in a food shop is above this: what is, is a mistake. In minor units. */
export const MAX_PRICE_MINOR = 500_000;

const text = (longest: number) => z.string().trim().max(longest);
const amount = z.number().int().nonnegative().max(1_000_000);
/** A word as relations and addresses write it: "gluten-free", "milk_solids". */
const key = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/);
const keys = z
  .array(key)
  .max(60)
  .transform((list) => [...new Set(list)]);
const allergenList = z.array(z.enum(ALLERGENS)).transform((list) => [...new Set(list)].sort());

/** GTIN-8, -12, -13 or -14 with its check digit (GS1 General Specifications §7.9). */
const gtin = z
  .string()
  .regex(/^(?:\d{8}|\d{12,14})$/)
  .refine(hasCheckDigit, "The last digit does not fit the others.");

/**
 * What can be said of a product, by its supplier or by staff; each field alone. Prices are in minor units with VAT; costMinor is
 * what the supplier takes for a pack, without VAT. isOnSale false: nobody can find or buy it. allergens null: not known. recipe: keys of ingredients as relations name them. nutrition: in 100 g or 100 ml.
 */
export const productFields = z.object({
  name: text(200).min(1),
  brand: text(100),
  description: text(5_000),
  packAmount: z.number().int().positive().max(1_000_000),
  packUnit: z.enum(PACK_UNITS),
  costMinor: z.number().int().nonnegative().max(MAX_PRICE_MINOR).nullable(),
  priceMinor: z.number().int().nonnegative().max(MAX_PRICE_MINOR),
  membersPriceMinor: z.number().int().nonnegative().max(MAX_PRICE_MINOR).nullable(),
  caseSize: z.number().int().positive().max(10_000).nullable(),
  vatClass: z.enum(["zero", "reduced", "standard"]),
  gtin: gtin.nullable(),
  ingredients: text(5_000),
  allergens: z.object({ contains: allergenList, mayContain: allergenList }).nullable(),
  labels: keys,
  recipe: keys,
  isRecipeWhole: z.boolean(),
  origin: text(200),
  nutrition: z
    .object({
      energyKj: amount,
      fatMg: amount,
      saturatesMg: amount,
      carbohydrateMg: amount,
      sugarsMg: amount,
      fibreMg: amount,
      proteinMg: amount,
      saltMg: amount,
    })
    .nullable(),
  isOnSale: z.boolean(),
});
export type ProductFields = z.output<typeof productFields>;
export type ProductField = keyof ProductFields;

/** Some of them: what one supplier says, or one edit changes. What is not known by this name is refused. */
export const someProductFields = productFields.partial().strict().transform(withoutAbsent);
export type SomeProductFields = Partial<ProductFields>;

/** Every field, in the order in which forms and histories show them. */
export const PRODUCT_FIELDS = Object.keys(productFields.shape) as readonly ProductField[];

function withoutAbsent(given: object): SomeProductFields {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function hasCheckDigit(digits: string): boolean {
  const weighted = [...digits].reverse().map((digit, place) => Number(digit) * (place % 2 === 0 ? 1 : 3));
  return weighted.reduce((sum, value) => sum + value, 0) % 10 === 0;
}
