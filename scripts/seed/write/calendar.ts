import { calendarEntries, calendars, ticketTypes } from "@rose-ash/shared/models/events.ts";
import type { CalendarEntryId, CalendarId, UserId } from "@rose-ash/shared/models/ids.ts";
import { eq, inArray } from "drizzle-orm";
import { CALENDAR, plannedFrom } from "../content/calendar.ts";
import type { SeedContext } from "../context.ts";
import { htmlOf } from "../html.ts";
import { type Ids, idOf, idsOf } from "../keyed.ts";
import type { PlannedEntry } from "../time/plan-month.ts";

/** What is planned for this month and the next, and the ids of the entries that were not there before. */
export interface WrittenCalendar {
  planned: readonly PlannedEntry[];
  announced: Ids<CalendarEntryId>;
}

/** Makes the calendar and the entries of this month and the next that are not there. */
export async function writeCalendar(context: SeedContext, people: Ids<UserId>): Promise<WrittenCalendar> {
  const planned = plannedFrom(context.now);
  const slugs = planned.map((entry) => entry.slug);
  const known = await context.tx.select({ slug: calendarEntries.slug }).from(calendarEntries).where(inArray(calendarEntries.slug, slugs));
  const isKnown = new Set(known.map((row) => row.slug));
  const missing = planned.filter((entry) => !isKnown.has(entry.slug));
  if (missing.length === 0) return { planned, announced: new Map() };
  const calendarId = await writeCalendarRow(context);
  const rows = missing.map((entry) => toRow(entry, calendarId, context, people));
  const announced = idsOf(
    await context.tx.insert(calendarEntries).values(rows).returning({ key: calendarEntries.slug, id: calendarEntries.id }),
  );
  const types = missing.flatMap(({ slug, entry }) =>
    entry.ticketTypes.map((type, position) => ({ ...type, position, entryId: idOf(announced, slug) })),
  );
  if (types.length > 0) await context.tx.insert(ticketTypes).values(types);
  return { planned, announced };
}

async function writeCalendarRow({ tx }: SeedContext): Promise<CalendarId> {
  await tx
    .insert(calendars)
    .values({ ...CALENDAR, position: 0 })
    .onConflictDoNothing();
  const found = await tx.select({ key: calendars.slug, id: calendars.id }).from(calendars).where(eq(calendars.slug, CALENDAR.slug));
  return idOf(idsOf(found), CALENDAR.slug);
}

function toRow(
  { slug, entry, startsAt, endsAt, isAllDay }: PlannedEntry,
  calendarId: CalendarId,
  { pictures }: SeedContext,
  people: Ids<UserId>,
): typeof calendarEntries.$inferInsert {
  return {
    ...{ calendarId, slug, startsAt, endsAt, isAllDay, zone: CALENDAR.zone, status: "confirmed" },
    ...{ title: entry.title, summary: entry.summary, place: entry.place, html: htmlOf(entry.body) },
    organiserId: idOf(people, entry.organiser),
    pictureId: entry.picture === null ? null : idOf(pictures, entry.picture),
  };
}
