import type { ProductPage } from "@rose-ash/shared/contracts/market.ts";

const FEW = 5;

/** How much is there, as a badge says it. */
export function stockWords(stock: number): { text: string; tone: "leaf" | "amber" | "brick" } {
  if (stock <= 0) return { text: "Sold out for now", tone: "brick" };
  if (stock <= FEW) return { text: `Only ${stock} left`, tone: "amber" };
  return { text: "In stock", tone: "leaf" };
}

/** Stated allergens, first what is in it for certain, in the words of a label: "cereals containing gluten". */
export function allergenLines({ contains, mayContain }: NonNullable<ProductPage["allergens"]>) {
  return [
    ...contains.map((allergen) => ({ name: allergen.replaceAll("-", " "), state: "contains" as const })),
    ...mayContain.map((allergen) => ({ name: allergen.replaceAll("-", " "), state: "may-contain" as const })),
  ];
}
