import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { EventsService } from "../../contracts/events.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendarEntries, calendars } from "../../models/events.ts";
import { media } from "../../models/media.ts";
import { entryCardOf, entryColumns, isShown } from "./entry-card.ts";

/** What is on now or comes next, of all calendars. */
export function makeListNextEntries({ db, clock, publicUrl }: ServiceDeps): EventsService["listNextEntries"] {
  const next = db
    .select(entryColumns)
    .from(calendarEntries)
    .innerJoin(calendars, eq(calendars.id, calendarEntries.calendarId))
    .leftJoin(media, eq(media.id, calendarEntries.pictureId))
    .where(and(isShown, gt(calendarEntries.endsAt, sql.placeholder("now"))))
    .orderBy(asc(calendarEntries.startsAt), asc(calendarEntries.id))
    .limit(sql.placeholder("limit"))
    .prepare("events_next_entries");
  return async (limit) => (await next.execute({ now: clock.now(), limit })).map((row) => entryCardOf(row, publicUrl));
}
