import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { EventsService } from "../../contracts/events.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendarEntries, calendars } from "../../models/events.ts";
import { media } from "../../models/media.ts";
import { entryCardOf, entryColumns, isShown } from "./entry-card.ts";

/** What is on now or comes next, of all calendars or of one. */
export function makeNextEntries({ db, clock, publicUrl }: ServiceDeps): Pick<EventsService, "listNextEntries" | "listNextEntriesOf"> {
  const next = (which: SQL | undefined) =>
    db
      .select(entryColumns)
      .from(calendarEntries)
      .innerJoin(calendars, eq(calendars.id, calendarEntries.calendarId))
      .leftJoin(media, eq(media.id, calendarEntries.pictureId))
      .where(and(isShown, gt(calendarEntries.endsAt, sql.placeholder("now")), which))
      .orderBy(asc(calendarEntries.startsAt), asc(calendarEntries.id))
      .limit(sql.placeholder("limit"));
  const ofAll = next(undefined).prepare("events_next_entries");
  const ofOne = next(eq(calendars.slug, sql.placeholder("calendarSlug"))).prepare("events_next_entries_of");
  return {
    listNextEntries: async (limit) => (await ofAll.execute({ now: clock.now(), limit })).map((row) => entryCardOf(row, publicUrl)),
    listNextEntriesOf: async (calendarSlug, limit) =>
      (await ofOne.execute({ now: clock.now(), limit, calendarSlug })).map((row) => entryCardOf(row, publicUrl)),
  };
}
