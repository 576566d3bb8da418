import { wallClockOf } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import { monthAfter } from "../time/month.ts";
import { type PlannedEntry, planMonth } from "../time/plan-month.ts";
import { CALENDARS } from "./calendars.ts";
import { HALL_ENTRIES } from "./entries/hall.ts";
import { KITCHEN_ENTRIES } from "./entries/kitchen.ts";
import type { SeedEntry } from "./kinds.ts";

/** Where everything takes place. */
export const ZONE = "Europe/London";

/** A month of the calendars, by weekday and week. */
export const ENTRIES: readonly SeedEntry[] = [...KITCHEN_ENTRIES, ...HALL_ENTRIES];

/** The slug of the calendar in which an entry stands. */
export function calendarOf(entry: SeedEntry): string {
  return (KITCHEN_ENTRIES.includes(entry) ? CALENDARS[1] : CALENDARS[0])?.slug ?? "";
}

/** What is planned for the month that it is and for the next. */
export function plannedFrom(now: Date): PlannedEntry[] {
  const month = wallClockOf(now, ZONE);
  return [month, monthAfter(month)].flatMap((each) => planMonth(ENTRIES, each, ZONE));
}
