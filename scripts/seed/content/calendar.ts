import { wallClockOf } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import { monthAfter } from "../time/month.ts";
import { type PlannedEntry, planMonth } from "../time/plan-month.ts";
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

/** What is planned for the month that it is and for the next. */
export function plannedFrom(now: Date): PlannedEntry[] {
  const month = wallClockOf(now, CALENDAR.zone);
  return [month, monthAfter(month)].flatMap((each) => planMonth(ENTRIES, each, CALENDAR.zone));
}
