import type { Nutrition } from "@rose-ash/shared/models/market.ts";
import type { SeedProduct, StatedAllergens } from "../kinds.ts";

/** A product as a line of a table: slug, name, pack, pence, stock, what it is, what is in it, and what differs from its neighbours. */
export type Line = readonly [
  slug: string,
  name: string,
  packAmount: number,
  priceMinor: number,
  stock: number,
  description: string,
  ingredients: string,
  more?: Partial<SeedProduct>,
];

type Usual = Omit<SeedProduct, "slug" | "name" | "packAmount" | "priceMinor" | "stock" | "description" | "ingredients">;

/** The products of a table; usual: what its lines have in common. */
export function linesOf(usual: Usual, lines: readonly Line[]): SeedProduct[] {
  return lines.map(([slug, name, packAmount, priceMinor, stock, description, ingredients, more]) => ({
    ...usual,
    ...{ slug, name, packAmount, priceMinor, stock, description, ingredients },
    ...more,
  }));
}

export const NO_ALLERGENS: StatedAllergens = { contains: [], mayContain: [] };
export const PLANT = ["vegan", "vegetarian", "gluten-free"] as const;
export const ORGANIC_PLANT = ["organic", ...PLANT] as const;

/** In 100 g or ml: kilojoules, then grams of fat, saturates, carbohydrate, sugars, fibre, protein and salt. */
export function per100(energyKj: number, ...grams: readonly [number, number, number, number, number, number, number]): Nutrition {
  const [fatMg, saturatesMg, carbohydrateMg, sugarsMg, fibreMg, proteinMg, saltMg] = grams.map((gram) => Math.round(gram * 1000));
  return Object.fromEntries(
    Object.entries({ energyKj, fatMg, saturatesMg, carbohydrateMg, sugarsMg, fibreMg, proteinMg, saltMg }).map(([key, mg]) => [
      key,
      mg ?? 0,
    ]),
  ) as Nutrition;
}
