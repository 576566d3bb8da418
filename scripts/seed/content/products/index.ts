import type { SeedProduct, SeedShelf } from "../kinds.ts";
import { BREAD } from "./bread.ts";
import { CHEESE } from "./cheese.ts";
import { DAIRY_AND_EGGS } from "./dairy-and-eggs.ts";
import { DRINKS } from "./drinks.ts";
import { FLOUR_AND_GRAIN } from "./flour-and-grain.ts";
import { FRUIT } from "./fruit.ts";
import { HOUSEHOLD } from "./household.ts";
import { PANTRY } from "./pantry.ts";
import { PRESERVES } from "./preserves.ts";
import { VEGETABLES } from "./vegetables.ts";

/** The shelves in the order in which one walks along them. */
export const SHELVES: readonly SeedShelf[] = [
  BREAD,
  FLOUR_AND_GRAIN,
  VEGETABLES,
  FRUIT,
  DAIRY_AND_EGGS,
  CHEESE,
  PANTRY,
  PRESERVES,
  DRINKS,
  HOUSEHOLD,
];

export const PRODUCTS: readonly SeedProduct[] = SHELVES.flatMap((shelf) => shelf.products);

/** How long ago a product came to its shelf: in strides, so that what is new comes from every shelf. */
export function daysOnShelf(product: SeedProduct): number {
  return 4 + 3 * ((PRODUCTS.indexOf(product) * STRIDE) % PRODUCTS.length);
}

const STRIDE = 17; // shares no divisor with the forty products
