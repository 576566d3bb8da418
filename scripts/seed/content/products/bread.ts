import type { SeedShelf } from "../kinds.ts";

const BAKED_HERE = {
  brand: "Rose Ash",
  supplier: "rose-ash-bakehouse",
  vatClass: "zero",
  packUnit: "g",
  origin: "Baked in Thornley Bridge, English grain",
} as const;
const GLUTEN = "cereals-containing-gluten";

export const BREAD: SeedShelf = {
  category: {
    slug: "bread",
    name: "Bread",
    description: "From our own wood oven, Tuesday to Saturday. Whole loaves are on the shelf from half past seven; ask for a half.",
  },
  products: [
    {
      ...BAKED_HERE,
      slug: "rye-sourdough",
      name: "Rye sourdough",
      description:
        "Dark, close and a little sour, raised for eighteen hours in round baskets with nothing but our own leaven. It is at its best on the second day and still good on the sixth. Slice it thinner than you think.",
      packAmount: 800,
      priceMinor: 420,
      ingredients: "Wholegrain RYE flour (62%), water, sea salt.",
      allergens: { contains: [GLUTEN], mayContain: ["sesame", "milk"] },
      labels: ["organic", "vegan", "vegetarian"],
      stock: 24,
    },
    {
      ...BAKED_HERE,
      slug: "country-loaf",
      name: "Country loaf",
      description:
        "Our everyday white sourdough with a fifth of wholemeal, long-proved, with one deep cut and a proper ear. Open crumb, chewy crust, mild enough for children and toast.",
      packAmount: 900,
      priceMinor: 390,
      ingredients: "WHEAT flour, water, wholemeal WHEAT flour (19%), sea salt.",
      allergens: { contains: [GLUTEN], mayContain: ["sesame", "milk"] },
      labels: ["organic", "vegan", "vegetarian"],
      stock: 40,
    },
    {
      ...BAKED_HERE,
      slug: "wholemeal-tin",
      name: "Wholemeal tin loaf",
      description:
        "A square, honest sandwich loaf from Harrow Mill wholemeal, softened with a spoon of rapeseed oil. It fits the toaster, which members asked for at two general meetings running.",
      packAmount: 800,
      priceMinor: 340,
      ingredients: "Wholemeal WHEAT flour (60%), water, rapeseed oil, yeast, sea salt.",
      allergens: { contains: [GLUTEN], mayContain: ["sesame", "milk"] },
      labels: ["organic", "vegan", "vegetarian"],
      stock: 32,
    },
    {
      ...BAKED_HERE,
      slug: "spelt-rolls",
      name: "Seeded spelt rolls",
      description:
        "Four soft rolls rolled in sesame and sunflower seeds while still wet. Baked last, in the falling heat, so the seeds toast without burning.",
      packAmount: 4,
      packUnit: "piece",
      priceMinor: 280,
      ingredients: "SPELT flour (WHEAT) (58%), water, SESAME seeds (6%), sunflower seeds (5%), rapeseed oil, yeast, sea salt.",
      allergens: { contains: [GLUTEN, "sesame"], mayContain: ["milk"] },
      labels: ["vegan", "vegetarian"],
      stock: 18,
    },
    {
      ...BAKED_HERE,
      slug: "saffron-buns",
      name: "Saturday saffron buns",
      description:
        "Two knotted buns, yellow with real saffron and shiny with butter, made on Friday night for Saturday’s market. When they are gone they are gone; Kit keeps a list.",
      packAmount: 2,
      packUnit: "piece",
      priceMinor: 360,
      ingredients: "WHEAT flour, MILK, butter (MILK) (12%), EGG, currants, sugar, yeast, saffron, sea salt.",
      allergens: { contains: [GLUTEN, "milk", "eggs"], mayContain: ["sesame"] },
      labels: ["vegetarian"],
      stock: 0,
    },
  ],
};
