import { sql } from "drizzle-orm";
import { type ProductCard, productCard } from "../../contracts/market.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";
import { products } from "../../models/market.ts";
import { soldToJson } from "../cart/sold-to.ts";
import { isOpen, type OfferRow, offerJson, offerOf, sells } from "../cycles/sql.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import { type Pack, packSizeOf, unitPriceOf } from "./unit-price.ts";

/** The columns to select for productCardOf, from products left joined with media. */
export const productCardColumns = {
  slug: products.slug,
  name: products.name,
  brand: products.brand,
  priceMinor: products.priceMinor,
  currency: products.currency,
  packAmount: products.packAmount,
  packUnit: products.packUnit,
  labels: products.labels,
  stock: products.forSale,
  picture: pictureColumns,
  membersPriceMinor: products.membersPriceMinor,
  packs: sql<ProductCardRow["packs"]>`(
    select json_build_object('count', count(*), 'fromMinor', min(price_minor), 'isAvailable', bool_or(for_sale > 0),
      'isOrderable', bool_or(exists (select from order_cycles as cycle where ${isOpen("cycle")} and ${sells("cycle", "pack")})))
    from products as pack where pack.group_id = ${products.groupId} and is_on_sale having count(*) > 1)`,
  order: offerJson("products"),
  soldTo: soldToJson,
};

/** A product as productCardColumns select it. */
export interface ProductCardRow extends Pack {
  slug: string;
  name: string;
  brand: string;
  currency: string;
  labels: string[];
  stock: number;
  picture: Parameters<typeof pictureOf>[0];
  membersPriceMinor: number | null;
  packs: { count: number; fromMinor: number; isAvailable: boolean; isOrderable: boolean } | null;
  order: OfferRow | null;
  soldTo: string[] | null;
}

/** A product as lists show it. */
export function productCardOf(row: ProductCardRow, publicUrl: PublicUrl): ProductCard {
  return productCard.parse({
    ...row,
    url: publicUrl("market", `/products/${row.slug}`),
    unitPrice: unitPriceOf(row),
    packSize: packSizeOf(row),
    picture: pictureOf(row.picture),
    isAvailable: row.stock > 0,
    order: row.order && offerOf(row.order),
  });
}
