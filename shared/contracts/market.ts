import { z } from "zod";
import type { ProductId } from "../models/ids.ts";
import { ALLERGENS, PACK_UNITS } from "../models/market.ts";
import { link, picture } from "./dto.ts";
import type { Searchable } from "./search.ts";

/** Price of a kilogram, a litre or a piece, in minor units, rounded half up. */
export const unitPrice = z.object({ minor: z.number().int(), per: z.enum(["kg", "l", "piece"]) }).readonly();

/** A product in a list. priceMinor includes VAT; packSize is in words: "500 g". */
export const productCard = z
  .object({
    url: z.string(),
    slug: z.string(),
    name: z.string(),
    brand: z.string(),
    priceMinor: z.number().int(),
    currency: z.string(),
    unitPrice: unitPrice.nullable(),
    packSize: z.string(),
    labels: z.array(z.string()).readonly(),
    picture: picture.nullable(),
    isAvailable: z.boolean(),
  })
  .readonly();
export type ProductCard = z.output<typeof productCard>;

/** A category in a list. productCount counts what can be seen under it and below. */
export const categoryCard = link.unwrap().extend({ slug: z.string(), description: z.string(), productCount: z.number().int() }).readonly();
export type CategoryCard = z.output<typeof categoryCard>;

/** The shop's home: the categories and what came in last. */
export const shopFront = z.object({ categories: z.array(categoryCard).readonly(), newest: z.array(productCard).readonly() }).readonly();
export type ShopFront = z.output<typeof shopFront>;

/** A category with its products, and all categories to go on to. */
export const categoryPage = z
  .object({ category: categoryCard, products: z.array(productCard).readonly(), categories: z.array(categoryCard).readonly() })
  .readonly();
export type CategoryPage = z.output<typeof categoryPage>;

/** Everything a shopper may read of a product. allergens null: nobody has stated them. */
export const productPage = z
  .object({
    id: z.custom<ProductId>((id) => Number.isSafeInteger(id)),
    product: productCard,
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
    packUnit: z.enum(PACK_UNITS),
    categories: z.array(link).readonly(),
    alsoOnShelf: z.array(productCard).readonly(),
  })
  .readonly();
export type ProductPage = z.output<typeof productPage>;

/** What the shop answers. */
export interface MarketService extends Searchable {
  getShopFront(): Promise<ShopFront>;
  listCategories(): Promise<readonly CategoryCard[]>;
  getCategory(slug: string): Promise<CategoryPage>;
  getProduct(slug: string): Promise<ProductPage>;
  /** Cards in the order of the slugs; slugs of nothing are left out. */
  listProductCards(slugs: readonly string[]): Promise<readonly ProductCard[]>;
  /** The same by ids. */
  listProductCardsById(ids: readonly ProductId[]): Promise<readonly ProductCard[]>;
}
