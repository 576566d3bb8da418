/** Where a value was read. The order is that of trust: where nothing else decides, the earlier one wins. */
export const SOURCES = ["site-rule", "json-ld", "microdata", "rdfa", "open-graph", "state", "page", "url", "assumed"] as const;
export type Source = (typeof SOURCES)[number];

/** schema.org's ItemAvailability, by its own words. */
export const AVAILABILITIES = [
  "InStock",
  "OutOfStock",
  "PreOrder",
  "BackOrder",
  "LimitedAvailability",
  "SoldOut",
  "Discontinued",
  "OnlineOnly",
  "InStoreOnly",
  "PreSale",
  "MadeToOrder",
  "Reserved",
] as const;
export type Availability = (typeof AVAILABILITIES)[number];

/** The fields that are chosen among candidates. Images are collected from all sources. */
export type Field = "name" | "price" | "currency" | "sku" | "gtin" | "brand" | "availability" | "ingredients";

/**
 * One reading of one field. kind: which feature of the source gave it, as "offer" or "labelled"; its weight is known by source and kind.
 * strength: 0..1, how well this reading fits where the feature itself can tell; 1 otherwise.
 */
export interface Candidate {
  readonly field: Field;
  readonly value: string;
  readonly source: Source;
  readonly kind: string;
  readonly strength: number;
  /** Speaks against the value: a price that the page shows as a former one. */
  readonly isAgainst?: boolean;
}

/** Where a field's value comes from, and how sure that is (0..1). */
export interface Provenance {
  readonly source: Source;
  readonly confidence: number;
}

/** Why a person should look before this is taken over. */
export type Doubt = "price-negative" | "price-zero" | "price-absurd" | "price-disputed" | "currency-unknown" | "page-cut";

/** One product as a page shows it; texts are plain, null is what the page does not say. price: a decimal string; currency: ISO 4217. */
export interface Product {
  readonly name: string | null;
  readonly price: string | null;
  readonly currency: string | null;
  readonly sku: string | null;
  readonly gtin: string | null;
  readonly brand: string | null;
  readonly availability: Availability | null;
  readonly images: readonly string[];
  readonly ingredients: string | null;
  readonly sources: Readonly<Partial<Record<Field | "images", Provenance>>>;
  readonly doubts: readonly Doubt[];
}
