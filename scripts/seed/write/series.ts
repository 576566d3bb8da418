import { htmlOfLightText } from "@rose-ash/shared/infrastructure/light-text.ts";
import { instantOf, wallClockOf } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import { calendarEntries } from "@rose-ash/shared/models/events.ts";
import type { CalendarId, RoomId, UserId } from "@rose-ash/shared/models/ids.ts";
import { keepOccurrences, lockEntry } from "@rose-ash/shared/services/calendars/keep-occurrences.ts";
import { inArray } from "drizzle-orm";
import { ZONE } from "../content/calendar.ts";
import { SERIES, type SeedSeries } from "../content/calendars.ts";
import type { SeedContext } from "../context.ts";
import { type Ids, idOf } from "../keyed.ts";
import { daysOf } from "../time/month.ts";

/** Where entries are put. */
export interface Places {
  rooms: Ids<RoomId>;
  calendars: Ids<CalendarId>;
  people: Ids<UserId>;
}

/** Makes the series that are not there, with their times. */
export async function writeSeries({ tx, now }: SeedContext, places: Places): Promise<void> {
  const slugs = SERIES.map(({ slug }) => slug);
  const known = await tx.select({ slug: calendarEntries.slug }).from(calendarEntries).where(inArray(calendarEntries.slug, slugs));
  const missing = SERIES.filter(({ slug }) => !known.some((row) => row.slug === slug));
  if (missing.length === 0) return;
  const rows = missing.map((series) => toRow(series, now, places));
  const made = await tx.insert(calendarEntries).values(rows).returning({ id: calendarEntries.id });
  for (const { id } of made) {
    const model = await lockEntry(tx, id);
    if (model) await keepOccurrences(tx, model, now);
  }
}

function toRow(series: SeedSeries, now: Date, { rooms, calendars, people }: Places): typeof calendarEntries.$inferInsert {
  const { title, summary, body, place, onlineUrl, tags, slug, status } = series;
  const { year, month } = wallClockOf(now, ZONE);
  const [hour = 0, minute = 0] = series.startsAt.split(":").map(Number);
  // the second Sunday is the first of a rule that asks for it
  const day = daysOf({ year, month }, series.weekday, [series.rule.includes("2SU") ? 2 : 1])[0] ?? 1;
  const startsAt = instantOf({ year, month, day, hour, minute }, ZONE);
  return {
    ...{ title, summary, text: body, html: htmlOfLightText(body), place, onlineUrl, tags: [...tags], slug, status, zone: ZONE, startsAt },
    ...{ endsAt: new Date(startsAt.getTime() + series.minutes * 60_000), recurrence: [`RRULE:${series.rule}`] },
    roomId: series.room === null ? null : idOf(rooms, series.room),
    calendarId: idOf(calendars, series.calendar),
    organiserId: idOf(people, series.organiser),
  };
}
