import type { SeedProduct, SeedShelf } from "../kinds.ts";
import { linesOf, NO_ALLERGENS, ORGANIC_PLANT, PLANT } from "./lines.ts";

const WEND_BANK = {
  brand: "Wend Bank",
  supplier: "wend-bank-growers",
  vatClass: "zero",
  packUnit: "g",
  allergens: NO_ALLERGENS,
  labels: ORGANIC_PLANT,
  origin: "Thornley Bridge, 1 mile",
} as const;

export const HERBS_AND_SALAD: SeedShelf = {
  category: {
    slug: "herbs-and-salad",
    name: "Herbs and salad",
    description: "Cut in the morning, in the crate by nine. What is left at closing time is soup.",
  },
  products: linesOf(WEND_BANK, [
    ["winter-salad", "Winter salad leaves", 120, 240, 18, "Mizuna, claytonia and a little mustard leaf, from the tunnel.", "Salad leaves."],
    ["watercress", "Watercress", 100, 195, 14, "From the chalk spring above the mill; peppery to the stalk.", "Watercress."],
    ["flat-parsley", "Flat parsley", 60, 130, 27, "A bunch as thick as a wrist.", "Parsley."],
    ["bunched-thyme", "Thyme", 30, 120, 20, "From the dry bank that nothing else likes.", "Thyme."],
    [
      "celery-heads",
      "Celery",
      500,
      185,
      16,
      "Earthed up by hand, so that it is pale, and tastes of something.",
      "CELERY.",
      { allergens: { contains: ["celery"], mayContain: [] } },
    ],
  ]),
};

/** For the shelf of vegetables. */
export const MORE_VEGETABLES: readonly SeedProduct[] = linesOf(WEND_BANK, [
  ["yellow-onions", "Yellow onions", 1000, 165, 62, "Cured on the glasshouse benches until they rustle.", "Onions."],
  ["cavolo-nero", "Cavolo nero", 250, 210, 19, "Sweeter since the frost.", "Cavolo nero."],
  [
    "crown-prince-squash",
    "Crown Prince squash",
    1500,
    395,
    9,
    "Steel blue outside and as orange as a life jacket within. It keeps until March.",
    "Squash.",
  ],
  ["hardneck-garlic", "Hardneck garlic", 90, 150, 35, "Four fat cloves and a stalk to hang it by.", "Garlic."],
]);

/** For the shelf of fruit. */
export const MORE_FRUIT: readonly SeedProduct[] = linesOf(
  { ...WEND_BANK, brand: "Plain Harbour", supplier: "plain-harbour", labels: ["fair-trade", ...ORGANIC_PLANT] },
  [
    [
      "bananas",
      "Bananas",
      1000,
      230,
      41,
      "From a co-operative of small farms that owns its own packing shed.",
      "Bananas.",
      { origin: "Urabá, Colombia" },
    ],
    [
      "clementines",
      "Clementines",
      800,
      340,
      26,
      "With their leaves, picked a week ago and never waxed.",
      "Clementines.",
      { origin: "Calabria, Italy", labels: ORGANIC_PLANT },
    ],
    [
      "egremont-russet",
      "Egremont Russet apples",
      1000,
      310,
      22,
      "Rough skin, dry flesh, and the taste of a good pear that is an apple.",
      "Apples.",
      { brand: "Combe Orchards", supplier: "combe-orchards", labels: PLANT, origin: "Lower Combe, 6 miles" },
    ],
  ],
);
