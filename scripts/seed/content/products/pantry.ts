import type { SeedShelf } from "../kinds.ts";

const IMPORTED = { brand: "Plain Harbour", supplier: "plain-harbour", vatClass: "zero", packUnit: "g" } as const;
const PLANT = ["organic", "vegan", "vegetarian"] as const;

export const PANTRY: SeedShelf = {
  category: {
    slug: "pantry",
    name: "Pantry",
    description: "What stands in the cupboard and saves a Tuesday. Most of it also comes loose: bring a jar, we weigh it first.",
  },
  products: [
    {
      ...IMPORTED,
      slug: "green-lentils",
      name: "Green lentils",
      description: "Small slate-green lentils that keep their shape. Twenty-five minutes, no soaking, a bay leaf and the end of a leek.",
      packAmount: 500,
      priceMinor: 210,
      ingredients: "Green lentils.",
      allergens: { contains: [], mayContain: ["cereals-containing-gluten"] },
      labels: PLANT,
      origin: "Puy-de-Dôme, France",
      stock: 58,
    },
    {
      brand: "Harrow Mill",
      supplier: "harrow-mill",
      vatClass: "zero",
      packUnit: "ml",
      slug: "rapeseed-oil",
      name: "Cold-pressed rapeseed oil",
      description: "Pressed once from seed grown on the Down, golden and grassy. It takes a hot pan and makes a soft mayonnaise.",
      packAmount: 500,
      priceMinor: 480,
      ingredients: "Rapeseed oil.",
      allergens: { contains: [], mayContain: ["mustard"] },
      labels: ["vegan", "vegetarian", "gluten-free"],
      origin: "Harrow Down, 12 miles",
      stock: 27,
    },
    {
      ...IMPORTED,
      slug: "tahini",
      name: "Whole sesame tahini",
      description:
        "Nothing but toasted sesame, hulls and all, stone-ground until it pours. Stir it from the bottom; the oil is meant to rise.",
      packAmount: 280,
      priceMinor: 415,
      ingredients: "Toasted whole SESAME seeds.",
      allergens: { contains: ["sesame"], mayContain: ["nuts"] },
      labels: [...PLANT, "gluten-free"],
      origin: "Nablus, Palestine",
      stock: 25,
    },
    {
      brand: "The Hedge Kitchen",
      supplier: "the-hedge-kitchen",
      vatClass: "zero",
      packUnit: "g",
      slug: "wholegrain-mustard",
      name: "Wholegrain mustard",
      description:
        "Brown and yellow seeds soaked for a week in Combe cider vinegar, then left half crushed. Hot on the day it is made, round after a month; we sell it after a month.",
      packAmount: 190,
      priceMinor: 325,
      ingredients: "Cider vinegar (SULPHITES), MUSTARD seeds (34%), water, sugar, sea salt, turmeric.",
      allergens: { contains: ["mustard", "sulphites"], mayContain: ["celery"] },
      labels: ["vegan", "vegetarian", "gluten-free"],
      origin: "Made in Thornley Bridge",
      stock: 33,
    },
  ],
};
