import type { Candidate } from "./product.ts";

/** How often each feature is right, 0..1, by "field/source/kind". */
export type Weights = Readonly<Record<string, number>>;

/** What is believed of a feature before it was measured, by field and source, and by kind where that says more. */
// biome-ignore format: a table
const PRIORS: Weights = {
  "name/json-ld": 0.9, "name/microdata": 0.8, "name/rdfa": 0.8, "name/open-graph": 0.5, "name/state": 0.6, "name/page": 0.7, "name/page/title": 0.2, "name/state/addressed": 0.4,
  "price/json-ld": 0.85, "price/json-ld/aggregate": 0.7, "price/microdata": 0.8, "price/microdata/stray": 0.6, "price/rdfa": 0.7, "price/open-graph": 0.7, "price/state": 0.4, "price/state/both": 0.6, "price/state/shopify": 0.9, "price/page": 0.7, "price/page/former": 0.8, "price/page/unseen": 0.6,
  "currency/json-ld": 0.9, "currency/microdata": 0.9, "currency/rdfa": 0.9, "currency/open-graph": 0.9, "currency/state": 0.7, "currency/page": 0.6,
  "sku/json-ld": 0.7, "sku/json-ld/product-id": 0.6, "sku/microdata": 0.7, "sku/microdata/product-id": 0.6, "sku/rdfa": 0.6, "sku/open-graph": 0.6, "sku/state": 0.4, "sku/state/id-both": 0.6, "sku/state/id-named": 0.2, "sku/state/shopify": 0.8, "sku/page/labelled": 0.8, "sku/page/labelled-loosely": 0.5, "sku/page/named": 0.7, "sku/page/input": 0.6, "sku/page/attribute": 0.5, "sku/url": 0.3, "sku/url/segment-used": 0.7, "sku/url/query-used": 0.6,
  "gtin/json-ld": 0.9, "gtin/microdata": 0.9, "gtin/rdfa": 0.9, "gtin/open-graph": 0.9, "gtin/state": 0.7, "gtin/page": 0.8,
  "brand/json-ld": 0.9, "brand/json-ld/manufacturer": 0.6, "brand/microdata": 0.85, "brand/rdfa": 0.85, "brand/open-graph": 0.8, "brand/state": 0.6, "brand/page": 0.4, "brand/page/labelled": 0.6,
  "availability/json-ld": 0.9, "availability/microdata": 0.9, "availability/rdfa": 0.9, "availability/open-graph": 0.8, "availability/state": 0.6, "availability/page": 0.4, "availability/page/named-no": 0.9, "availability/page/button-no": 0.8, "availability/page/short-no": 0.6, "availability/page/sentence-no": 0.3,  "availability/assumed": 0.3,
  "ingredients/json-ld": 0.9, "ingredients/microdata": 0.9, "ingredients/page": 0.7,
};

/** The weight of the feature that gave this candidate. */
export function weightOf({ field, source, kind }: Candidate, weights: Weights): number {
  return weights[`${field}/${source}/${kind}`] ?? priorOf(field, source, kind);
}

/** What is believed of a feature that was never measured. */
export function priorOf(field: string, source: string, kind: string): number {
  if (source === "site-rule") return 0.99;
  return PRIORS[`${field}/${source}/${kind}`] ?? PRIORS[`${field}/${source}`] ?? 0.3;
}
