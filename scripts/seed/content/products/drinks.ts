import type { SeedShelf } from "../kinds.ts";

const PLANT = ["vegan", "vegetarian", "gluten-free"] as const;
const PRESSED = {
  brand: "Combe Orchards",
  supplier: "combe-orchards",
  vatClass: "standard",
  packUnit: "ml",
  origin: "Lower Combe, 6 miles",
} as const;

export const DRINKS: SeedShelf = {
  category: {
    slug: "drinks",
    name: "Drinks",
    description: "Pressed, brewed or roasted close by where we can. Bottles come back here too.",
  },
  products: [
    {
      ...PRESSED,
      slug: "cloudy-apple-juice",
      name: "Cloudy apple juice",
      description:
        "Cox and Bramley, two to one, pressed the day they are sorted and pasteurised in the bottle. Shake it; the cloud is the apple.",
      packAmount: 750,
      priceMinor: 385,
      ingredients: "Apple juice (99.9%), ascorbic acid.",
      allergens: { contains: [], mayContain: [] },
      labels: PLANT,
      stock: 45,
    },
    {
      ...PRESSED,
      slug: "orchard-cider",
      name: "Orchard cider, still",
      description:
        "Bone-dry farm cider from Dabinett and Kingston Black, fermented by its own yeasts over a winter. 6.2 % alcohol; for members and guests over eighteen.",
      packAmount: 500,
      priceMinor: 340,
      ingredients: "Apple juice, sodium metabisulphite (SULPHITES).",
      allergens: { contains: ["sulphites"], mayContain: [] },
      labels: PLANT,
      stock: 54,
    },
    {
      brand: "The Hedge Kitchen",
      supplier: "the-hedge-kitchen",
      vatClass: "standard",
      packUnit: "ml",
      slug: "elderflower-cordial",
      name: "Elderflower cordial",
      description:
        "Heads picked before noon in the second week of June, steeped overnight with lemon. One part to eight of water, or a spoon on stewed gooseberries.",
      packAmount: 500,
      priceMinor: 450,
      ingredients: "Sugar, water, elderflower infusion (20%), lemons, citric acid.",
      allergens: { contains: [], mayContain: [] },
      labels: PLANT,
      origin: "Made in Thornley Bridge",
      stock: 16,
    },
    {
      brand: "Plain Harbour",
      supplier: "plain-harbour",
      vatClass: "zero",
      packUnit: "g",
      slug: "mill-lane-coffee",
      name: "Mill Lane coffee, whole bean",
      description:
        "A medium roast from the Sidama growers’ union: chocolate, a little orange peel, no bitterness worth mentioning. We grind it while you wait.",
      packAmount: 250,
      priceMinor: 725,
      ingredients: "Roasted coffee beans.",
      allergens: { contains: [], mayContain: [] },
      labels: ["organic", ...PLANT],
      origin: "Sidama, Ethiopia",
      stock: 30,
    },
  ],
};
