import type { Allergen, Nutrition, PackUnit } from "@rose-ash/shared/models/market.ts";

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
  /** Where our orders go, and whom they are written to. */
  orderEmail?: string;
  orderContact?: string;
}

/** parts: slugs of shelves that are a part of it. */
export interface SeedCategory {
  slug: string;
  name: string;
  description: string;
  parts?: readonly string[];
}

/** "unknown": nobody has stated the allergens, so the product is never free from anything. */
export type StatedAllergens = { contains: readonly Allergen[]; mayContain: readonly Allergen[] } | "unknown";

export type Label = "organic" | "vegan" | "vegetarian" | "gluten-free" | "fair-trade";

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
  membersPriceMinor?: number;
  caseSize?: number;
  gtin?: string;
  /** Keys of ingredients, all of them: named by the facts of ingredients.ts where they bring an allergen or come from an animal. */
  recipe?: readonly string[];
  nutrition?: Nutrition;
  /** One of several packs of the same thing. */
  variant?: { group: string; groupName: string; name: string; isLead: boolean };
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
  perPerson?: number;
  code?: string;
  isForMembers?: boolean;
  isDonation?: boolean;
}

/** How places of an entry are given out, where it is not as usual. */
export interface SeedTicketBox {
  capacity?: number;
  refundHours?: number;
  questions?: readonly { key: string; label: string; options: readonly string[]; isRequired: boolean }[];
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
  /** What it is about, in a word each. */
  tags?: readonly string[];
  ticketTypes: readonly SeedTicketType[];
  ticketBox?: SeedTicketBox;
}
