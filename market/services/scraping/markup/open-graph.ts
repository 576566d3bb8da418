import { availabilityNamed } from "../availability.ts";
import { candidate, type Findings } from "../candidates.ts";
import type { Page } from "../page/parse-page.ts";
import { parseCurrency } from "../price/parse-price.ts";
import { amountAndCurrency } from "./offers.ts";

/** What the page tells social networks: og:, product: and their like. */
export function readOpenGraph({ metas, country }: Page): Findings {
  const first = (...names: readonly string[]) => names.map((name) => metas.get(name)?.[0]).find((value) => value !== undefined) ?? null;
  const written = first("product:sale_price:amount", "product:price:amount", "og:price:amount", "og:price", "product:price");
  const code = first("product:sale_price:currency", "product:price:currency", "og:price:currency", "product:currency", "og:currency");
  const state = first("product:availability", "og:availability", "availability");
  const gtin = first("product:ean", "product:gtin", "product:upc", "product:isbn", "og:ean", "og:upc", "og:isbn", "book:isbn");
  return {
    candidates: [
      ...candidate("name", first("og:title", "twitter:title"), "open-graph", "title"),
      ...amountAndCurrency(written ?? "", code ? parseCurrency(code, { country }) : null, "open-graph", "price", country),
      ...candidate("sku", first("product:retailer_item_id", "product:sku", "og:sku"), "open-graph", "sku"),
      ...candidate("gtin", gtin, "open-graph", "gtin"),
      ...candidate("brand", first("product:brand", "og:brand", "brand"), "open-graph", "brand"),
      ...candidate("availability", availabilityNamed(state ?? ""), "open-graph", "availability"),
    ],
    images: [...(metas.get("og:image") ?? []), ...(metas.get("og:image:secure_url") ?? [])].slice(0, 20),
  };
}
