import type { SeedShelf } from "../kinds.ts";

const FROM_ASHLEA = {
  brand: "Ashlea Dairy",
  supplier: "ashlea-dairy",
  vatClass: "zero",
  allergens: { contains: ["milk"], mayContain: [] },
  labels: ["vegetarian", "gluten-free"],
  origin: "Ashlea, 3 miles",
} as const;

export const DAIRY_AND_EGGS: SeedShelf = {
  category: {
    slug: "dairy-and-eggs",
    name: "Dairy & eggs",
    description: "One valley’s milk. Glass comes back to the crate by the door; 20p of the price of each bottle waits for you there.",
  },
  products: [
    {
      ...FROM_ASHLEA,
      slug: "whole-milk",
      name: "Whole milk in glass",
      description:
        "Pasteurised gently and not homogenised, so the cream comes to the top. Ayrshire cows, out on grass from March to November.",
      packAmount: 1000,
      packUnit: "ml",
      priceMinor: 195,
      ingredients: "Whole cows’ MILK.",
      stock: 48,
    },
    {
      ...FROM_ASHLEA,
      slug: "salted-butter",
      name: "Salted butter",
      description:
        "Churned on Mondays from ripened cream and worked by hand with sea salt. Yellow in May, paler at Christmas, as it should be.",
      packAmount: 250,
      packUnit: "g",
      priceMinor: 385,
      ingredients: "Cream (MILK), sea salt (1.5%).",
      stock: 31,
    },
    {
      ...FROM_ASHLEA,
      slug: "goats-yoghurt",
      name: "Goats’ yoghurt",
      description:
        "Set in the pot, clean and barely sharp, from this week’s goats’ milk. Good with quince, better with honey and a warm flatbread.",
      packAmount: 450,
      packUnit: "g",
      priceMinor: 310,
      ingredients: "Pasteurised goats’ MILK, live yoghurt cultures.",
      stock: 20,
    },
    {
      brand: "Wend Bank",
      supplier: "wend-bank-growers",
      vatClass: "zero",
      slug: "six-eggs",
      name: "Six eggs, mixed sizes",
      description:
        "From eighty hens that follow the cabbages round the field and eat what the slugs would have. Sizes differ; six of them weigh 360 g or more.",
      packAmount: 6,
      packUnit: "piece",
      priceMinor: 270,
      ingredients: "Hens’ EGGS.",
      allergens: { contains: ["eggs"], mayContain: [] },
      labels: ["organic", "vegetarian", "gluten-free"],
      origin: "Thornley Bridge, 1 mile",
      stock: 36,
    },
  ],
};
