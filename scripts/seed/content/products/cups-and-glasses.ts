import type { SeedShelf } from "../kinds.ts";
import { linesOf, NO_ALLERGENS, ORGANIC_PLANT } from "./lines.ts";

const GLUTEN = "cereals-containing-gluten";
const COFFEE = { group: "harbour-espresso", groupName: "Harbour espresso" } as const;

export const TEA_AND_COFFEE: SeedShelf = {
  category: {
    slug: "tea-and-coffee",
    name: "Tea and coffee",
    description: "Bought from growers’ co-operatives at a price that they publish and so do we.",
  },
  products: linesOf(
    {
      brand: "Saltmarsh",
      supplier: "saltmarsh-spices",
      vatClass: "zero",
      packUnit: "g",
      caseSize: 6,
      allergens: NO_ALLERGENS,
      labels: ["fair-trade", ...ORGANIC_PLANT],
      origin: "Nilgiris, India",
    },
    [
      [
        "breakfast-tea",
        "Breakfast tea, loose",
        125,
        420,
        39,
        "Brisk enough for milk and good enough without.",
        "Black tea.",
        { recipe: ["tea"] },
      ],
      ["green-tea", "Green tea, loose", 100, 465, 17, "Pan-fired, grassy, three pourings to a spoon.", "Green tea.", { recipe: ["tea"] }],
      [
        "mint-tea",
        "Wend Bank mint tea",
        40,
        325,
        22,
        "Our own mint, cut before it flowers and dried above the oven.",
        "Dried peppermint.",
        { brand: "Wend Bank", supplier: "wend-bank-growers", labels: ORGANIC_PLANT, origin: "Thornley Bridge, 1 mile", recipe: ["mint"] },
      ],
      [
        "espresso-250",
        "Harbour espresso, beans",
        250,
        725,
        28,
        "Chocolate and walnut; roasted on Tuesdays, here on Thursdays.",
        "Coffee beans.",
        {
          brand: "Plain Harbour",
          supplier: "plain-harbour",
          origin: "Chiapas, Mexico",
          recipe: ["coffee"],
          variant: { ...COFFEE, name: "250 g", isLead: true },
        },
      ],
      [
        "espresso-1000",
        "Harbour espresso, beans",
        1000,
        2650,
        9,
        "The same by the kilo, for kitchens that run on it.",
        "Coffee beans.",
        {
          brand: "Plain Harbour",
          supplier: "plain-harbour",
          origin: "Chiapas, Mexico",
          membersPriceMinor: 2450,
          recipe: ["coffee"],
          variant: { ...COFFEE, name: "1 kg", isLead: false },
        },
      ],
    ],
  ),
};

export const BEER_AND_CIDER: SeedShelf = {
  category: {
    slug: "beer-and-cider",
    name: "Beer and cider",
    description: "Brewed and pressed within fifteen miles. We ask for your age, and mean it kindly.",
  },
  products: linesOf(
    {
      brand: "Stonebridge",
      supplier: "stonebridge-brewery",
      vatClass: "standard",
      packUnit: "ml",
      caseSize: 12,
      allergens: { contains: [GLUTEN], mayContain: [] },
      labels: ["vegan", "vegetarian"],
      origin: "Harrow St Mary, 14 miles",
    },
    [
      [
        "fire-bell-bitter",
        "Fire Bell bitter",
        500,
        310,
        44,
        "3.9 %. Copper, dry, and gone before you have decided about it.",
        "Water, malted BARLEY, hops, yeast.",
        { recipe: ["water", "barley", "hops", "yeast"] },
      ],
      [
        "pump-house-porter",
        "Pump House porter",
        500,
        340,
        25,
        "5.2 %. Cocoa and burnt toast, for a night with rain in it.",
        "Water, malted BARLEY, OATS, hops, yeast.",
        { recipe: ["water", "barley", "oats", "hops", "yeast"] },
      ],
      [
        "harvest-pale",
        "Harvest pale",
        440,
        330,
        31,
        "4.4 %. Green hops from a garden in Lower Combe, once a year.",
        "Water, malted BARLEY, WHEAT, hops, yeast.",
        { recipe: ["water", "barley", "wheat_flour", "hops", "yeast"] },
      ],
      [
        "combe-perry",
        "Combe perry",
        750,
        780,
        12,
        "6 %. Pears too hard to eat, from trees too tall to climb. Fine bubbles.",
        "Perry pear juice, yeast (SULPHITES).",
        {
          brand: "Combe Orchards",
          supplier: "combe-orchards",
          allergens: { contains: ["sulphites"], mayContain: [] },
          labels: ["vegan", "vegetarian", "gluten-free"],
          origin: "Lower Combe, 6 miles",
        },
      ],
    ],
  ),
};
