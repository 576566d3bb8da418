import { LISTING_SORTS, type ListingQuery, PRICE_STEPS } from "@rose-ash/shared/contracts/listing.ts";
import { MAX_SEARCH_CHARACTERS } from "@rose-ash/shared/contracts/search.ts";
import { ALLERGENS } from "@rose-ash/shared/models/market.ts";
import { z } from "zod";

const MOST_CHOSEN = 20;
const MAX_PAGE = 5_000;

/** One value or several under one name, each once and in order; what is none of the known ones is passed over. */
function several<Value extends string>(value: z.ZodType<Value>) {
  const all = z.union([z.array(z.string()), z.string().transform((one) => [one])]).catch([]);
  return all.default([]).transform((given) => {
    const known = given.flatMap((one) => {
      const read = value.safeParse(one);
      return read.success ? [read.data] : [];
    });
    return [...new Set(known)].sort().slice(0, MOST_CHOSEN);
  });
}

const word = z.string().regex(/^[\p{L}\p{N}][^\p{Cc}]{0,99}$/u);
const steps = PRICE_STEPS.map((_, step) => String(step));

/** What an address of a list may ask. Nothing that somebody types is an error: what makes no sense is passed over. */
export const listingQuery = z.object({
  q: z.string().trim().max(MAX_SEARCH_CHARACTERS).catch("").default(""),
  brand: several(word),
  supplier: several(z.string().regex(/^[a-z0-9-]{1,100}$/)),
  label: several(z.string().regex(/^[a-z0-9_-]{1,60}$/)),
  free: several(z.enum(ALLERGENS)),
  price: several(z.enum(steps)),
  stock: z.enum(["in"]).or(z.literal("")).catch("").default(""),
  sort: z.enum(LISTING_SORTS).catch("best").default("best"),
  page: z.coerce.number().int().min(1).max(MAX_PAGE).catch(1).default(1),
});
export type AskedListing = z.output<typeof listingQuery>;

/** The question to the shop. */
export function questionOf(asked: AskedListing, shelf: string | null): ListingQuery {
  return {
    ...{ shelf, words: asked.q, brands: asked.brand, suppliers: asked.supplier, labels: asked.label, freeFrom: asked.free },
    ...{ priceSteps: asked.price.map(Number), isInStock: asked.stock === "in", sort: asked.sort, page: asked.page },
  };
}

/** The one address of a list: names in one order, defaults left out. */
export function addressOf(path: string, asked: AskedListing): string {
  const params = new URLSearchParams();
  if (asked.q !== "") params.append("q", asked.q);
  for (const name of ["brand", "supplier", "label", "free", "price"] as const) for (const value of asked[name]) params.append(name, value);
  if (asked.stock === "in") params.append("stock", "in");
  const isByName = asked.sort === "best" || (asked.sort === "name" && asked.q === "");
  if (!isByName) params.append("sort", asked.sort);
  if (asked.page > 1) params.append("page", String(asked.page));
  const text = params.toString();
  return text === "" ? path : `${path}?${text}`;
}
