import { HALL_ENTRIES } from "./entries/hall.ts";
import { KITCHEN_ENTRIES } from "./entries/kitchen.ts";
import type { SeedEntry } from "./kinds.ts";

export const CALENDAR = {
  slug: "old-dairy",
  name: "The Old Dairy",
  description: "What is on in the hall, the bakehouse, the loft and the yard.",
  colour: "leaf",
  zone: "Europe/London",
} as const;

/** A month of the calendar, by weekday and week. */
export const ENTRIES: readonly SeedEntry[] = [...KITCHEN_ENTRIES, ...HALL_ENTRIES];
