import type { SeedShelf } from "../kinds.ts";

const MADE_BY_HAND = {
  brand: "Low Tide",
  supplier: "low-tide-soap",
  vatClass: "standard",
  origin: "Sandwater, 22 miles",
} as const;
const NONE = { contains: [], mayContain: [] } as const;

export const HOUSEHOLD: SeedShelf = {
  category: {
    slug: "household",
    name: "Household",
    description: "For washing up, scrubbing down and sitting by. Refills are at the back, left of the bread slicer.",
  },
  products: [
    {
      ...MADE_BY_HAND,
      slug: "washing-up-liquid",
      name: "Washing-up liquid",
      description:
        "Plain, strong and lightly scented with rosemary. Fill your own bottle from the drum, or take one of ours and bring it back for ever.",
      packAmount: 1000,
      packUnit: "ml",
      priceMinor: 320,
      ingredients: "Water, 5-15% anionic surfactants, under 5% non-ionic surfactants, salt, rosemary oil.",
      allergens: NONE,
      labels: ["vegan"],
      stock: 42,
    },
    {
      ...MADE_BY_HAND,
      slug: "oat-soap",
      name: "Oat and sea-salt soap",
      description:
        "A hard, slow bar that lasts a household a month. Coarse oats on one side for gardeners’ hands, smooth on the other for everybody else.",
      packAmount: 110,
      packUnit: "g",
      priceMinor: 450,
      ingredients: "Saponified rapeseed and coconut oils, colloidal OATS, sea salt.",
      allergens: { contains: ["cereals-containing-gluten"], mayContain: ["nuts"] },
      labels: ["vegan"],
      stock: 35,
    },
    {
      ...MADE_BY_HAND,
      slug: "beeswax-candles",
      name: "Beeswax candles, pair",
      description:
        "Two dipped candles, still joined by the wick as they came off the rack. Eight hours each, no drips if you keep them from the draught.",
      packAmount: 2,
      packUnit: "piece",
      priceMinor: 795,
      ingredients: "Beeswax, cotton wick.",
      allergens: NONE,
      labels: [],
      stock: 15,
    },
  ],
};
