import type { Allergen } from "@rose-ash/shared/models/market.ts";
import { describe, expect, it } from "vitest";
import type { SeedProduct } from "./kinds.ts";
import { PRODUCTS } from "./products/index.ts";

/** Words of an ingredient list, in capitals as the law has it, and what they say the product contains. */
const STATED: readonly (readonly [RegExp, Allergen])[] = [
  [/WHEAT|RYE|SPELT|OATS|BARLEY/, "cereals-containing-gluten"],
  [/MILK/, "milk"],
  [/EGGS?\b/, "eggs"],
  [/SESAME/, "sesame"],
  [/MUSTARD/, "mustard"],
  [/CELERY/, "celery"],
  [/SULPHITES/, "sulphites"],
  [/ALMONDS|HAZELNUTS|WALNUTS|CASHEWS/, "nuts"],
  [/PEANUTS/, "peanuts"],
  [/SOYA/, "soya"],
  [/ANCHOVIES/, "fish"],
];
const FROM_ANIMALS: readonly Allergen[] = ["milk", "eggs", "fish", "crustaceans", "molluscs"];
const food = PRODUCTS.filter((product) => product.supplier !== "low-tide-soap");
const each = (products: readonly SeedProduct[]) => products.map((product) => [product.slug, product] as const);

describe("allergens and labels", () => {
  it.each(each(PRODUCTS))("%s: what stands in capitals is what it contains", (_, { ingredients, allergens }) => {
    const named = STATED.filter(([word]) => word.test(ingredients)).map(([, allergen]) => allergen);
    expect(allergens === "unknown" ? [] : allergens.contains.toSorted()).toEqual(named.toSorted());
    const capitals = ingredients.match(/\b[A-Z]{3,}\b/g) ?? [];
    for (const word of capitals) expect(STATED.some(([known]) => known.test(word))).toBe(true);
  });

  it.each(each(food.filter((product) => product.labels.includes("vegan"))))(
    "%s is vegan and so vegetarian, and nothing of an animal is in it",
    (_, product) => {
      expect(product.labels).toContain("vegetarian");
      if (product.allergens === "unknown") throw new Error("nobody knows what is in it");
      expect(product.allergens.contains.filter((allergen) => FROM_ANIMALS.includes(allergen))).toEqual([]);
      const inIt = product.ingredients.replace(/cocoa butter|butter beans|shea butter/gi, "");
      expect(inIt).not.toMatch(/honey|beeswax|milk|butter|egg|lard|gelatine/i);
    },
  );

  it.each(each(PRODUCTS.filter((product) => product.labels.includes("gluten-free"))))(
    "%s is gluten-free, traces too",
    (_, { allergens }) => {
      if (allergens === "unknown") throw new Error("nobody has stated its allergens");
      expect([...allergens.contains, ...allergens.mayContain]).not.toContain("cereals-containing-gluten");
    },
  );

  it.each(each(PRODUCTS))("%s does not say both that it contains and that it may contain", (_, { allergens }) => {
    const { contains, mayContain } = allergens === "unknown" ? { contains: [], mayContain: [] } : allergens;
    expect(contains.filter((allergen) => mayContain.includes(allergen))).toEqual([]);
  });

  it("leaves some products' allergens unknown, and prices in whole pence", () => {
    expect(PRODUCTS.filter((product) => product.allergens === "unknown").length).toBe(2);
    for (const { priceMinor, packAmount, stock } of PRODUCTS)
      for (const number of [priceMinor, packAmount, stock]) expect(Number.isInteger(number)).toBe(true);
  });
});
