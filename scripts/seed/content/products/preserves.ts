import type { SeedShelf } from "../kinds.ts";

const IN_JARS = {
  brand: "The Hedge Kitchen",
  supplier: "the-hedge-kitchen",
  vatClass: "zero",
  packUnit: "g",
  origin: "Made in Thornley Bridge",
} as const;
const NONE = { contains: [], mayContain: [] } as const;
const PLANT = ["vegan", "vegetarian", "gluten-free"] as const;

export const PRESERVES: SeedShelf = {
  category: {
    slug: "preserves",
    name: "Preserves",
    description: "Cooked in the hall kitchen in pans of six kilos, never more. Bring the empty jars back; we boil and use them.",
  },
  products: [
    {
      ...IN_JARS,
      slug: "blackberry-jam",
      name: "Blackberry jam",
      description:
        "Picked along the old railway by the Sunday walkers, with a few windfalls for the set. Two parts fruit to one of sugar, so keep it cold once open.",
      packAmount: 340,
      priceMinor: 395,
      ingredients: "Blackberries (60%), sugar, apples, lemon juice.",
      allergens: NONE,
      labels: PLANT,
      stock: 40,
    },
    {
      ...IN_JARS,
      slug: "seville-marmalade",
      name: "Seville marmalade",
      description:
        "Made in three weeks of January from Plain Harbour’s oranges, cut by hand at long tables with the radio on. Bitter, dark and loose enough to spread.",
      packAmount: 340,
      priceMinor: 410,
      ingredients: "Seville oranges (45%), sugar, water, lemon juice.",
      allergens: NONE,
      labels: PLANT,
      stock: 29,
    },
    {
      ...IN_JARS,
      slug: "garden-piccalilli",
      name: "Garden piccalilli",
      description:
        "Cauliflower, beans and onions in a loud yellow mustard sauce that holds to the fork. Made from August’s gluts and left alone until November.",
      packAmount: 300,
      priceMinor: 385,
      ingredients:
        "Vegetables (cauliflower, runner beans, onions, CELERY) (55%), cider vinegar (SULPHITES), sugar, MUSTARD, WHEAT flour, turmeric, sea salt.",
      allergens: { contains: ["celery", "cereals-containing-gluten", "mustard", "sulphites"], mayContain: [] },
      labels: ["vegan", "vegetarian"],
      stock: 21,
    },
    {
      ...IN_JARS,
      slug: "heather-honey",
      name: "Heather honey",
      description:
        "From Hamish’s brother’s hives on the top of the Down, thick as marmalade and smelling of August. We have asked about allergens at the bottling shed and will print them when we know.",
      packAmount: 227,
      priceMinor: 680,
      ingredients: "Heather honey.",
      allergens: "unknown",
      labels: ["vegetarian"],
      origin: "Harrow Down, 12 miles",
      stock: 12,
    },
  ],
};
