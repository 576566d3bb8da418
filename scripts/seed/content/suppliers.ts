import type { SeedSupplier } from "./kinds.ts";

/** Who sells to the co-operative. */
export const SUPPLIERS: readonly SeedSupplier[] = [
  {
    slug: "rose-ash-bakehouse",
    name: "Rose Ash Bakehouse",
    place: "The Old Dairy, Thornley Bridge",
    description: "Our own oven, behind the shop: four bakers, one apprentice, and a fire that is lit five nights a week.",
  },
  {
    slug: "wend-bank-growers",
    name: "Wend Bank Growers",
    place: "Thornley Bridge, 1 mile",
    description:
      "Eleven certified organic acres on the river flats, worked by Carys Pugh with two part-timers and a second-hand seed drill.",
  },
  {
    slug: "ashlea-dairy",
    name: "Ashlea Dairy",
    place: "Ashlea, 3 miles",
    description: "Inês Carvalho’s forty goats and the Tranters’ Ayrshire cows, milked in the morning and in our fridge by noon.",
  },
  {
    slug: "harrow-mill",
    name: "Harrow Mill",
    place: "Harrow St Mary, 14 miles",
    description: "A water mill on the upper Wend that stone-grinds wheat, rye and spelt from six farms it names on every sack.",
  },
  {
    slug: "combe-orchards",
    name: "Combe Orchards",
    place: "Lower Combe, 6 miles",
    description: "Thirty acres of old standard trees, grazed by sheep until August; they press, ferment and store on the farm.",
  },
  {
    slug: "the-hedge-kitchen",
    name: "The Hedge Kitchen",
    place: "The Old Dairy, Thornley Bridge",
    description: "Léonie Baptiste and six volunteers, who turn what members bring from gardens and hedges into jars.",
  },
  {
    slug: "plain-harbour",
    ...{ orderEmail: "orders@plain-harbour.example", orderContact: "Meg" },
    name: "Plain Harbour Wholefoods",
    place: "Bristol",
    description:
      "A workers’ co-operative that brings pulses, oil, citrus and coffee from growers’ co-operatives and publishes what it paid.",
  },
  {
    slug: "saltmarsh-spices",
    ...{ orderEmail: "hello@saltmarsh.example", orderContact: "Joan Sandhu" },
    name: "Saltmarsh Spices",
    place: "Sandwater, 22 miles",
    description: "Amrit and Joan Sandhu buy whole spice and tea from smallholders twice a year, and grind and pack it on a Thursday.",
  },
  {
    slug: "cwm-cacao",
    name: "Cwm Cacao",
    place: "Hay-on-Wye",
    description:
      "Two sisters and a granite mill: chocolate from bean to bar, from four farms in Ghana and Peru that they have both slept at.",
  },
  {
    slug: "stonebridge-brewery",
    name: "Stonebridge Brewery",
    place: "Harrow St Mary, 14 miles",
    description: "A ten-barrel brewery in the old fire station. Harrow Down barley, its own well, and spent grain for the Tranters’ cows.",
  },
  {
    slug: "low-tide-soap",
    name: "Low Tide Soapworks",
    place: "Sandwater, 22 miles",
    description: "Three people in a former net loft who make soap, brushes and candles, and take every bottle back to fill it again.",
  },
];
