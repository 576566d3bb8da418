import type { SeedShelf } from "../kinds.ts";

const FRUIT_IS = {
  vatClass: "zero",
  packUnit: "g",
  allergens: { contains: [], mayContain: [] },
} as const;
const ORCHARD = { ...FRUIT_IS, brand: "Combe Orchards", supplier: "combe-orchards", origin: "Lower Combe, 6 miles" } as const;
const PLANT = ["vegan", "vegetarian", "gluten-free"] as const;

export const FRUIT: SeedShelf = {
  category: {
    slug: "fruit",
    name: "Fruit",
    description: "Orchard fruit from store and, in the cold half of the year, citrus from people we know by name.",
  },
  products: [
    {
      ...ORCHARD,
      slug: "bramley-apples",
      name: "Bramley apples",
      description:
        "Big green cookers, picked in October and kept in the dark on straw. They collapse to a white froth in ten minutes; go easy with the sugar.",
      packAmount: 1000,
      priceMinor: 240,
      ingredients: "Apples.",
      labels: PLANT,
      stock: 38,
    },
    {
      ...ORCHARD,
      slug: "conference-pears",
      name: "Conference pears",
      description: "Sold hard, on purpose. Three days on a windowsill and the neck gives under your thumb; that is the day.",
      packAmount: 800,
      priceMinor: 275,
      ingredients: "Pears.",
      labels: PLANT,
      stock: 22,
    },
    {
      ...ORCHARD,
      slug: "quinces",
      name: "Quinces",
      description:
        "From one tree, older than the farmhouse. Too hard to bite, but two of them will scent a whole kitchen and turn pink as they cook.",
      packAmount: 2,
      packUnit: "piece",
      priceMinor: 190,
      ingredients: "Quinces.",
      labels: PLANT,
      stock: 9,
    },
    {
      ...FRUIT_IS,
      brand: "Plain Harbour",
      supplier: "plain-harbour",
      slug: "sicilian-lemons",
      name: "Sicilian lemons",
      description:
        "Unwaxed, with a leaf or two still on, from the Aci growers’ co-operative. Thick skins full of oil: grate first, then squeeze.",
      packAmount: 500,
      priceMinor: 230,
      ingredients: "Lemons.",
      labels: ["organic", ...PLANT],
      origin: "Acireale, Sicily",
      stock: 44,
    },
  ],
};
