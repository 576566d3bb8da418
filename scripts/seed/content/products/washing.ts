import type { SeedShelf } from "../kinds.ts";
import { linesOf } from "./lines.ts";

const SOAPWORKS = {
  brand: "Low Tide",
  supplier: "low-tide-soap",
  vatClass: "standard",
  origin: "Sandwater, 22 miles",
  allergens: { contains: [], mayContain: [] },
  labels: ["vegan", "vegetarian"],
} as const;
const LAUNDRY = { group: "laundry-liquid", groupName: "Laundry liquid" } as const;

export const SOAP_AND_BODY: SeedShelf = {
  category: {
    slug: "soap-and-body",
    name: "Soap and body",
    description: "Cold-stirred, cut by wire and cured for six weeks on the racks of the net loft.",
  },
  products: linesOf({ ...SOAPWORKS, packUnit: "g" }, [
    [
      "rosemary-shampoo-bar",
      "Rosemary shampoo bar",
      80,
      650,
      21,
      "A bottle and a half of shampoo without the bottle.",
      "Coconut soap, rapeseed oil, rosemary oil.",
    ],
    ["seaweed-soap", "Seaweed soap", 100, 480, 18, "Grey-green, with a little scrub in it for gardeners.", "Olive soap, kelp, sea salt."],
    [
      "plain-hand-cream",
      "Plain hand cream",
      60,
      720,
      12,
      "For bakers, potters and people in January. No scent at all.",
      "Water, rapeseed oil, shea butter, plant wax.",
      { allergens: "unknown" },
    ],
    [
      "bamboo-toothbrush",
      "Wooden toothbrush",
      1,
      340,
      30,
      "Beech handle, plant bristles, paper sleeve.",
      "Beech wood, castor-oil bristles.",
      { packUnit: "piece" },
    ],
  ]),
};

export const CLEANING: SeedShelf = {
  category: {
    slug: "cleaning",
    name: "Cleaning",
    description: "Concentrated, refilled, and safe for a septic tank. Bring the bottle back.",
  },
  products: linesOf({ ...SOAPWORKS, packUnit: "ml" }, [
    [
      "laundry-liquid-1000",
      "Laundry liquid",
      1000,
      690,
      24,
      "Thirty washes at thirty degrees.",
      "Plant soap, water, lavender oil.",
      { variant: { ...LAUNDRY, name: "1 l bottle", isLead: true } },
    ],
    [
      "laundry-liquid-5000",
      "Laundry liquid",
      5000,
      2950,
      6,
      "A hundred and fifty washes, with a tap.",
      "Plant soap, water, lavender oil.",
      { membersPriceMinor: 2700, variant: { ...LAUNDRY, name: "5 l box", isLead: false } },
    ],
    [
      "surface-spray",
      "Surface spray",
      500,
      425,
      19,
      "Vinegar, alcohol and a little orange peel. Not for marble.",
      "Vinegar, plant alcohol, orange oil.",
    ],
    [
      "scrubbing-brush",
      "Scrubbing brush",
      1,
      560,
      15,
      "Tampico fibre in beech; it will outlast the floor.",
      "Beech wood, tampico fibre.",
      { packUnit: "piece" },
    ],
    [
      "cotton-dishcloths",
      "Cotton dishcloths",
      3,
      780,
      17,
      "Knitted thick, boiled often, composted in the end.",
      "Organic cotton.",
      { packUnit: "piece" },
    ],
  ]),
};
