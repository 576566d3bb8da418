import type { ProductFields, SomeProductFields } from "../../contracts/product-fields.ts";
import type { products } from "../../models/market.ts";

/** A row of products. */
export type ProductRow = typeof products.$inferSelect;

/** The fields as a row holds them. */
export function fieldsOf(row: ProductRow): ProductFields {
  const { areAllergensStated, contains, mayContain, nutrition } = row;
  return {
    name: row.name,
    brand: row.brand,
    description: row.description,
    packAmount: row.packAmount,
    packUnit: row.packUnit,
    costMinor: row.costMinor,
    priceMinor: row.priceMinor,
    membersPriceMinor: row.membersPriceMinor,
    caseSize: row.caseSize,
    vatClass: row.vatClass,
    gtin: row.gtin,
    ingredients: row.ingredients,
    allergens: areAllergensStated ? { contains: contains.toSorted(), mayContain: mayContain.toSorted() } : null,
    labels: row.labels,
    recipe: row.recipe,
    isRecipeWhole: row.isRecipeWhole,
    origin: row.origin,
    nutrition: nutrition && { ...nutrition },
    isOnSale: row.isOnSale,
  };
}

/** The columns of a row that fields are written to. */
export function columnsOf({ allergens, ...fields }: SomeProductFields): Partial<typeof products.$inferInsert> {
  if (allergens === undefined) return fields;
  const { contains, mayContain } = allergens ?? { contains: [], mayContain: [] };
  return { ...fields, areAllergensStated: allergens !== null, contains, mayContain };
}
