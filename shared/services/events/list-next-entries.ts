import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { EventsService } from "../../contracts/events.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendars } from "../../models/calendars.ts";
import { occurrences } from "../../models/occurrences.ts";
import { entryCardOf, isShown, selectCards } from "./entry-card.ts";

/** What is not over; nothing takes longer than 400 days, so that an index finds where to begin. */
export const isAhead = and(
  gt(occurrences.endsAt, sql.placeholder("now")),
  gt(occurrences.startsAt, sql`${sql.placeholder("now")}::timestamptz - interval '401 days'`),
);

/** What is on now or comes next, of all calendars or of one. */
export function makeNextEntries({ db, clock, publicUrl }: ServiceDeps): Pick<EventsService, "listNextEntries" | "listNextEntriesOf"> {
  const next = (which: SQL | undefined) =>
    selectCards(db)
      .where(and(isShown, isAhead, which))
      .orderBy(asc(occurrences.startsAt), asc(occurrences.id))
      .limit(sql.placeholder("limit"));
  const ofAll = next(undefined).prepare("events_next_entries");
  const ofOne = next(eq(calendars.slug, sql.placeholder("calendarSlug"))).prepare("events_next_entries_of");
  return {
    listNextEntries: async (limit) => (await ofAll.execute({ now: clock.now(), limit })).map((row) => entryCardOf(row, publicUrl)),
    listNextEntriesOf: async (calendarSlug, limit) =>
      (await ofOne.execute({ now: clock.now(), limit, calendarSlug })).map((row) => entryCardOf(row, publicUrl)),
  };
}
