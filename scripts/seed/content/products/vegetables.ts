import type { SeedShelf } from "../kinds.ts";

const GROWN = {
  brand: "Wend Bank",
  supplier: "wend-bank-growers",
  vatClass: "zero",
  packUnit: "g",
  allergens: { contains: [], mayContain: [] },
  labels: ["organic", "vegan", "vegetarian", "gluten-free"],
  origin: "Thornley Bridge, 1 mile",
} as const;

export const VEGETABLES: SeedShelf = {
  category: {
    slug: "vegetables",
    name: "Vegetables",
    description: "What Wend Bank pulled this morning. Mostly muddy, always weighed without the mud.",
  },
  products: [
    {
      ...GROWN,
      slug: "bunched-carrots",
      name: "Bunched carrots",
      description:
        "Pulled with their tops on, so you can see how fresh they are. The tops make a good green sauce with garlic and vinegar.",
      packAmount: 500,
      priceMinor: 185,
      ingredients: "Carrots.",
      stock: 30,
    },
    {
      ...GROWN,
      slug: "leeks",
      name: "Leeks",
      description:
        "Long-shanked winter leeks, earthed up by hand three times. Split them lengthways and rinse well: the river flats are sandy.",
      packAmount: 600,
      priceMinor: 220,
      ingredients: "Leeks.",
      stock: 26,
    },
    {
      ...GROWN,
      slug: "beetroot",
      name: "Beetroot",
      description:
        "Fist-sized and sweet after the first frosts. Wrap them in foil and ask nicely: there is usually room at the oven’s mouth after eleven.",
      packAmount: 750,
      priceMinor: 195,
      ingredients: "Beetroot.",
      stock: 34,
    },
    {
      ...GROWN,
      slug: "savoy-cabbage",
      name: "Savoy cabbage",
      description:
        "Crinkled, deep green and heavier than it looks. One head feeds four with butter and caraway, or two for three days in soup.",
      packAmount: 1,
      packUnit: "piece",
      priceMinor: 170,
      ingredients: "Savoy cabbage.",
      stock: 19,
    },
    {
      ...GROWN,
      slug: "pink-fir-potatoes",
      name: "Pink Fir Apple potatoes",
      description: "Knobbly, waxy and impossible to peel, so nobody does. They taste of chestnuts and stay whole in a salad.",
      packAmount: 1000,
      priceMinor: 260,
      ingredients: "Potatoes.",
      stock: 41,
    },
  ],
};
