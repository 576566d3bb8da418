import { instantOf } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import type { SeedEntry } from "../content/kinds.ts";
import { daysOf, type Month } from "./month.ts";

/** An entry on its day. slug ends in the day, so that no two months share one. */
export interface PlannedEntry {
  slug: string;
  entry: SeedEntry;
  startsAt: Date;
  endsAt: Date;
  isAllDay: boolean;
}

/** Every entry of the month with its instants, soonest first. */
export function planMonth(entries: readonly SeedEntry[], month: Month, zone: string): PlannedEntry[] {
  return entries
    .flatMap((entry) => daysOf(month, entry.weekday, entry.weeks).map((day) => plan(entry, month, day, zone)))
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.slug.localeCompare(b.slug));
}

function plan(entry: SeedEntry, { year, month }: Month, day: number, zone: string): PlannedEntry {
  const slug = `${entry.slug}-${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const at = (days: number, hour: number, minute: number) => instantOf({ year, month, day: day + days, hour, minute }, zone);
  if ("allDays" in entry.time) return { slug, entry, startsAt: at(0, 0, 0), endsAt: at(entry.time.allDays, 0, 0), isAllDay: true };
  const [hour = 0, minute = 0] = entry.time.startsAt.split(":").map(Number);
  return { slug, entry, startsAt: at(0, hour, minute), endsAt: at(0, hour, minute + entry.time.minutes), isAllDay: false };
}
