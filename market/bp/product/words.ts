import type { CycleOffer, ProductPage } from "@rose-ash/shared/contracts/market.ts";

const FEW = 5;

/** How much is there, or how else it can be had, as a badge says it. */
export function stockWords(stock: number, offer: CycleOffer | null): { text: string; tone: "leaf" | "amber" | "brick" } {
  if (stock <= 0 && offer !== null) return { text: offer.isOpen ? "By order" : "Soon by order", tone: "amber" };
  if (stock <= 0) return { text: "Sold out for now", tone: "brick" };
  if (stock <= FEW) return { text: `Only ${stock} left`, tone: "amber" };
  return { text: "In stock", tone: "leaf" };
}

/**
 * Allergens in the words of a label, "cereals containing gluten", first what is in it for certain. stated null: nobody has stated
 * them, and only what its ingredients bring is known. why: by allergen, where that comes from.
 */
export function allergenLines(stated: ProductPage["allergens"], why: ReadonlyMap<string, string>) {
  const { contains, mayContain } = stated ?? { contains: [], mayContain: [] };
  const found = [...why.keys()].filter((allergen) => ![...contains, ...mayContain].some((one) => one === allergen));
  const line = (state: "contains" | "may-contain") => (allergen: string) => ({
    ...{ name: allergen.replaceAll("-", " "), state, why: why.get(allergen) ?? "" },
  });
  return [...[...contains, ...found].map(line("contains")), ...mayContain.map(line("may-contain"))];
}

const NUTRIENTS = [
  ["Fat", "fatMg"],
  ["of which saturates", "saturatesMg"],
  ["Carbohydrate", "carbohydrateMg"],
  ["of which sugars", "sugarsMg"],
  ["Fibre", "fibreMg"],
  ["Protein", "proteinMg"],
  ["Salt", "saltMg"],
] as const;

/** The table of a packet, in 100 g or 100 ml: kilojoules with kilocalories, then grams. */
export function nutritionRows(nutrition: ProductPage["nutrition"]) {
  if (nutrition === null) return [];
  const grams = NUTRIENTS.map(([name, key]) => ({ name, amount: `${Number((nutrition[key] / 1000).toFixed(2))} g` }));
  return [{ name: "Energy", amount: `${nutrition.energyKj} kJ / ${Math.round(nutrition.energyKj / 4.184)} kcal` }, ...grams];
}
