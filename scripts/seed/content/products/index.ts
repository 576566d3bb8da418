import type { SeedProduct, SeedShelf } from "../kinds.ts";
import { BREAD } from "./bread.ts";
import { CHEESE } from "./cheese.ts";
import { CAKES_AND_BISCUITS, CHOCOLATE, PLANT_DRINKS, SAUCES_AND_SPREADS } from "./cooked.ts";
import { BEER_AND_CIDER, TEA_AND_COFFEE } from "./cups-and-glasses.ts";
import { DAIRY_AND_EGGS } from "./dairy-and-eggs.ts";
import { DRINKS } from "./drinks.ts";
import { NUTS_AND_SEEDS, PASTA_AND_RICE, PULSES } from "./dry-goods.ts";
import { FLOUR_AND_GRAIN } from "./flour-and-grain.ts";
import { FRUIT } from "./fruit.ts";
import { HERBS_AND_SALAD, MORE_FRUIT, MORE_VEGETABLES } from "./garden.ts";
import { HOUSEHOLD } from "./household.ts";
import { PANTRY } from "./pantry.ts";
import { PRESERVES } from "./preserves.ts";
import { HERBS_AND_SPICES, OILS_AND_VINEGARS } from "./spices-and-oils.ts";
import { VEGETABLES } from "./vegetables.ts";
import { CLEANING, SOAP_AND_BODY } from "./washing.ts";

const whole = (slug: string, name: string, description: string, parts: readonly string[]): SeedShelf => ({
  category: { slug, name, description, parts },
  products: [],
});
const withParts = (shelf: SeedShelf, parts: readonly string[]): SeedShelf => ({ ...shelf, category: { ...shelf.category, parts } });
const withMore = (shelf: SeedShelf, more: readonly SeedProduct[]): SeedShelf => ({ ...shelf, products: [...shelf.products, ...more] });

/** The shelves in the order in which one walks along them: first those that have others for parts. */
export const SHELVES: readonly SeedShelf[] = [
  whole("bakery", "Bakery", "Everything that comes out of our oven, and what goes with it.", ["bread", "cakes-and-biscuits"]),
  whole("fresh", "Fresh", "From the fields along the Wend, in the order in which they ripen.", ["vegetables", "fruit", "herbs-and-salad"]),
  withParts(DAIRY_AND_EGGS, ["cheese", "plant-drinks"]),
  whole("larder", "Larder", "What keeps: in sacks, jars, tins and bottles.", [
    ...["pantry", "flour-and-grain", "pulses", "pasta-and-rice", "nuts-and-seeds", "herbs-and-spices", "oils-and-vinegars"],
    ...["sauces-and-spreads", "preserves", "chocolate"],
  ]),
  withParts(DRINKS, ["tea-and-coffee", "beer-and-cider", "plant-drinks"]),
  withParts(HOUSEHOLD, ["soap-and-body", "cleaning"]),
  BREAD,
  CAKES_AND_BISCUITS,
  FLOUR_AND_GRAIN,
  withMore(VEGETABLES, MORE_VEGETABLES),
  withMore(FRUIT, MORE_FRUIT),
  HERBS_AND_SALAD,
  CHEESE,
  PLANT_DRINKS,
  PANTRY,
  PULSES,
  PASTA_AND_RICE,
  NUTS_AND_SEEDS,
  HERBS_AND_SPICES,
  OILS_AND_VINEGARS,
  SAUCES_AND_SPREADS,
  PRESERVES,
  CHOCOLATE,
  TEA_AND_COFFEE,
  BEER_AND_CIDER,
  SOAP_AND_BODY,
  CLEANING,
];

export const PRODUCTS: readonly SeedProduct[] = SHELVES.flatMap((shelf) => shelf.products);

/** How long ago a product came to its shelf: in strides, so that what is new comes from every shelf. */
export function daysOnShelf(product: SeedProduct): number {
  return 4 + 3 * ((PRODUCTS.indexOf(product) * STRIDE) % PRODUCTS.length);
}

const STRIDE = 17; // shares no divisor with the number of products
