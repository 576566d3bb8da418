import type { SeedShelf } from "../kinds.ts";

const CHEESE_IS = {
  brand: "Ashlea Dairy",
  supplier: "ashlea-dairy",
  vatClass: "zero",
  packUnit: "g",
  allergens: { contains: ["milk"], mayContain: [] },
  labels: ["vegetarian", "gluten-free"],
  origin: "Ashlea, 3 miles",
} as const;

export const CHEESE: SeedShelf = {
  category: {
    slug: "cheese",
    name: "Cheese",
    description: "Made by Inês from the milk of one valley, with vegetable rennet. We cut to order on Fridays and Saturdays.",
  },
  products: [
    {
      ...CHEESE_IS,
      slug: "harrow-hard",
      name: "Harrow Hard",
      description:
        "A firm, clothbound cows’ cheese aged eleven months on ash boards. Nutty at the heart, a little wild towards the rind. It grates well and travels well.",
      packAmount: 250,
      priceMinor: 595,
      ingredients: "Cows’ MILK, sea salt, starter culture, vegetable rennet.",
      stock: 23,
    },
    {
      ...CHEESE_IS,
      slug: "rose-ash-log",
      name: "Rose Ash",
      description:
        "The cheese that carries our name: a small goats’ log rolled in fine wood ash, soft under the rind and chalky in the middle. Eat it at room temperature, within ten days.",
      packAmount: 150,
      priceMinor: 540,
      ingredients: "Goats’ MILK, sea salt, vegetable ash, starter culture, vegetable rennet.",
      stock: 14,
    },
    {
      ...CHEESE_IS,
      slug: "wend-blue",
      name: "Wend Blue",
      description: "A mellow blue with a natural crust, pierced at three weeks and sold at ten. Crumble it on leeks, or give it a pear.",
      packAmount: 200,
      priceMinor: 520,
      ingredients: "Cows’ MILK, sea salt, starter culture, Penicillium roqueforti, vegetable rennet.",
      stock: 17,
    },
  ],
};
