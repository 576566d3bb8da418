import { z } from "zod";
import { ALLERGENS, type Allergen } from "../models/market.ts";
import { link, paging } from "./dto.ts";
import { productCard } from "./product-card.ts";

/** In what order a list is shown; best: what fits the words best, by name where there are none. */
export const LISTING_SORTS = ["best", "name", "price", "price-down", "newest"] as const;
export type ListingSort = (typeof LISTING_SORTS)[number];

/** Prices in steps, in minor units; a step reaches to the next one, the last has no end. */
export const PRICE_STEPS = [0, 200, 500, 1000, 2000] as const;

/** Products on a page of a list. */
export const LISTING_PAGE_SIZE = 24;

/**
 * What somebody looks for. shelf: a slug, with all shelves below it. Several brands, suppliers or price steps: one of them is
 * enough; labels and freeFrom: all of them. priceSteps: indexes of PRICE_STEPS. page: from 1.
 */
export interface ListingQuery {
  shelf: string | null;
  words: string;
  brands: readonly string[];
  suppliers: readonly string[];
  labels: readonly string[];
  freeFrom: readonly Allergen[];
  priceSteps: readonly number[];
  isInStock: boolean;
  sort: ListingSort;
  page: number;
}

const facetOf = <Value extends z.ZodType>(value: Value) =>
  z.array(z.object({ value, name: z.string(), count: z.number().int(), isChosen: z.boolean() }).readonly()).readonly();

/**
 * A page of a list, with what else could be chosen. A count says how many there would be: of brands, suppliers and prices beside
 * what else is chosen, of labels and allergens together with all that is chosen. likeNames: names spelt alike, when there is nothing.
 */
export const listing = z
  .object({
    products: z.array(productCard).readonly(),
    total: z.number().int(),
    paging,
    shelves: z.array(link.unwrap().extend({ slug: z.string(), count: z.number().int() }).readonly()).readonly(),
    brands: facetOf(z.string()),
    suppliers: facetOf(z.string()),
    labels: facetOf(z.string()),
    freeFrom: facetOf(z.enum(ALLERGENS)),
    priceSteps: facetOf(z.number().int()),
    likeNames: z.array(z.string()).readonly(),
  })
  .readonly();
export type Listing = z.output<typeof listing>;

/** A shelf, and the ones that it is a part of. */
export const shelfHead = z
  .object({ name: z.string(), slug: z.string(), url: z.string(), description: z.string(), wholes: z.array(link).readonly() })
  .readonly();
export type ShelfHead = z.output<typeof shelfHead>;
