import { type ProductCard, productCard } from "../../contracts/market.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";
import { products } from "../../models/market.ts";
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
  stock: products.stock,
  picture: pictureColumns,
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
  });
}
