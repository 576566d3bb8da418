import type { SeedShelf } from "../kinds.ts";

const MILLED = { brand: "Harrow Mill", supplier: "harrow-mill", vatClass: "zero", packUnit: "g", origin: "England" } as const;
const GLUTEN = "cereals-containing-gluten";
const PLANT = ["organic", "vegan", "vegetarian"] as const;

export const FLOUR_AND_GRAIN: SeedShelf = {
  category: {
    slug: "flour-and-grain",
    name: "Flour & grain",
    description: "Stone-ground on the upper Wend and milled within the month. The date of milling is on the sack.",
  },
  products: [
    {
      ...MILLED,
      slug: "strong-white-flour",
      name: "Strong white flour",
      description:
        "Bread flour sifted from stone-ground wheat, so it keeps a little colour and most of its taste. This is what the country loaf is made of: 12.6 % protein this harvest.",
      packAmount: 1500,
      priceMinor: 365,
      ingredients: "WHEAT flour.",
      allergens: { contains: [GLUTEN], mayContain: [] },
      labels: PLANT,
      stock: 46,
    },
    {
      ...MILLED,
      slug: "wholegrain-rye-flour",
      name: "Wholegrain rye flour",
      description:
        "The whole grain, nothing sifted out, ground slowly and cool. Feed a leaven with it, or swap a fifth of it into a white loaf for depth.",
      packAmount: 1000,
      priceMinor: 290,
      ingredients: "Wholegrain RYE flour.",
      allergens: { contains: [GLUTEN], mayContain: [] },
      labels: PLANT,
      stock: 28,
    },
    {
      ...MILLED,
      slug: "rolled-oats",
      name: "Jumbo rolled oats",
      description:
        "Fat oats from two farms below Harrow Down, steamed and rolled once. They hold their shape in flapjack and go creamy in a slow pan of porridge.",
      packAmount: 1000,
      priceMinor: 245,
      ingredients: "Wholegrain OATS.",
      allergens: { contains: [GLUTEN], mayContain: [] },
      labels: PLANT,
      stock: 52,
    },
    {
      ...MILLED,
      slug: "pearl-barley",
      name: "Pearl barley",
      description:
        "Polished only lightly, so it needs forty minutes and repays them. For broth, for a risotto without the rice, and for anyone who has a winter squash to stuff.",
      packAmount: 500,
      priceMinor: 175,
      ingredients: "BARLEY.",
      allergens: { contains: [GLUTEN], mayContain: [] },
      labels: PLANT,
      stock: 37,
    },
  ],
};
