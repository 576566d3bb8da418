import { z } from "zod";
import type { ProductId, UserId } from "../models/ids.ts";
import { ALLERGENS, type Nutrition, PACK_UNITS } from "../models/market.ts";
import { link, picture } from "./dto.ts";
import type { Listing, ListingQuery, ShelfHead } from "./listing.ts";
import { type ProductCard, productCard } from "./product-card.ts";
import type { Searchable } from "./search.ts";
import type { Tx } from "./tx.ts";

export { type CycleOffer, type ProductCard, productCard, unitPrice } from "./product-card.ts";

/** A category in a list. productCount counts what can be seen under it and below. */
export const categoryCard = link.unwrap().extend({ slug: z.string(), description: z.string(), productCount: z.number().int() }).readonly();
export type CategoryCard = z.output<typeof categoryCard>;

/** The shop's home: the categories that are a part of no other and what came in last. */
export const shopFront = z.object({ categories: z.array(categoryCard).readonly(), newest: z.array(productCard).readonly() }).readonly();
export type ShopFront = z.output<typeof shopFront>;

/**
 * Everything a shopper may read of a product. pictures: beside that of its card. allergens null: nobody has stated them. variants: the same thing in other packs, and
 * this one; none where there is but one. isOnSale false: it is no longer sold, and only who has its address comes here. prices: what it cost from when, the newest first, where it ever cost something else.
 */
export const productPage = z
  .object({
    id: z.custom<ProductId>((id) => Number.isSafeInteger(id)),
    product: productCard,
    pictures: z.array(picture).readonly(),
    description: z.string(),
    ingredients: z.string(),
    allergens: z
      .object({ contains: z.array(z.enum(ALLERGENS)).readonly(), mayContain: z.array(z.enum(ALLERGENS)).readonly() })
      .readonly()
      .nullable(),
    origin: z.string(),
    supplier: z.object({ name: z.string(), description: z.string(), place: z.string() }).readonly(),
    vatClass: z.enum(["zero", "reduced", "standard"]),
    stock: z.number().int(),
    isOnSale: z.boolean(),
    packUnit: z.enum(PACK_UNITS),
    gtin: z.string().nullable(),
    caseSize: z.number().int().nullable(),
    likeCount: z.number().int(),
    nutrition: z.custom<Nutrition>().nullable(),
    variants: z
      .array(
        link
          .unwrap()
          .extend({ priceMinor: z.number().int(), isCurrent: z.boolean(), isAvailable: z.boolean(), isOrderable: z.boolean() })
          .readonly(),
      )
      .readonly(),
    prices: z.array(z.object({ at: z.date(), minor: z.number().int() }).readonly()).readonly(),
    categories: z.array(link).readonly(),
    alsoOnShelf: z.array(productCard).readonly(),
  })
  .readonly();
export type ProductPage = z.output<typeof productPage>;

/** What the shop answers. */
export interface MarketService extends Searchable {
  getShopFront(): Promise<ShopFront>;
  /** A page of a list with its facets. */
  getListing(query: ListingQuery): Promise<Listing>;
  getShelf(slug: string): Promise<ShelfHead>;
  /** The shelves that are a part of no other, in their order. */
  listShelves(): Promise<readonly z.output<typeof link>[]>;
  getProduct(slug: string): Promise<ProductPage>;
  /** Whether the member wants a mail when there is more of it. */
  isAwaitedBy(id: ProductId, userId: UserId): Promise<boolean>;
  /** A second time it changes nothing. */
  awaitStock(tx: Tx, id: ProductId, userId: UserId): Promise<void>;
  /** A second time it changes nothing. */
  stopAwaiting(tx: Tx, id: ProductId, userId: UserId): Promise<void>;
  /** Who waits for it, the longest first; nobody while there is none. */
  listAwaiting(id: ProductId): Promise<readonly { userId: UserId; name: string; email: string; product: string; url: string }[]>;
  /** Cards in the order of the slugs; slugs of nothing are left out. */
  listProductCards(slugs: readonly string[]): Promise<readonly ProductCard[]>;
  /** The same by ids. */
  listProductCardsById(ids: readonly ProductId[]): Promise<readonly ProductCard[]>;
}
