import type { Allergen, PackUnit } from "@rose-ash/shared/models/market.ts";

export interface SeedPerson {
  handle: string;
  name: string;
  /** One or two sentences, first what they do for the co-operative. */
  bio: string;
  joinedDaysAgo: number;
}

export interface SeedSupplier {
  slug: string;
  name: string;
  place: string;
  description: string;
}

export interface SeedCategory {
  slug: string;
  name: string;
  description: string;
}

/** "unknown": nobody has stated the allergens, so the product is never free from anything. */
export type StatedAllergens = { contains: readonly Allergen[]; mayContain: readonly Allergen[] } | "unknown";

export type Label = "organic" | "vegan" | "vegetarian" | "gluten-free";

/** Its picture has the product's slug for a name. Prices in pence with VAT. */
export interface SeedProduct {
  slug: string;
  name: string;
  brand: string;
  supplier: string;
  description: string;
  packAmount: number;
  packUnit: PackUnit;
  priceMinor: number;
  vatClass: "zero" | "standard";
  ingredients: string;
  allergens: StatedAllergens;
  labels: readonly Label[];
  origin: string;
  stock: number;
}

export interface SeedShelf {
  category: SeedCategory;
  products: readonly SeedProduct[];
}

/** heading gathers tags in the list of all; posts that share a distinctive one are related. */
export interface SeedTag {
  slug: string;
  name: string;
  description: string;
  heading: string;
  isDistinctive: boolean;
}

export interface SeedSeries {
  slug: string;
  title: string;
  description: string;
}

/** 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Which of a weekday's days in a month: the first to the fourth, the last, or all of them. */
export type Week = 1 | 2 | 3 | 4 | "last" | "every";

export interface SeedTicketType {
  name: string;
  priceMinor: number;
  capacity: number;
}

/** Something that happens in the month by weekday and week. body is markdown; startsAt is London's wall clock. */
export interface SeedEntry {
  slug: string;
  title: string;
  summary: string;
  body: string;
  place: string;
  organiser: string;
  picture: string | null;
  weekday: Weekday;
  weeks: readonly Week[];
  time: { startsAt: `${number}:${number}`; minutes: number } | { allDays: number };
  ticketTypes: readonly SeedTicketType[];
}
