import { and, asc, eq, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import { type EntryCard, type EventsService, type MonthPage, monthPage } from "../../contracts/events.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendarEntries, calendars } from "../../models/events.ts";
import { media } from "../../models/media.ts";
import { entryCardOf, entryColumns, isShown } from "./entry-card.ts";
import { calendarLinkOf, prepareCalendars } from "./list-calendars.ts";
import { dayIn, type MonthGrid, monthGrid } from "./month-grid.ts";

/** A month of one calendar in its zone, or of all in the co-operative's. */
export function makeGetMonth({ db, clock, publicUrl, timeZone }: ServiceDeps): EventsService["getMonth"] {
  const all = prepareCalendars(db);
  const between = prepareEntriesBetween(db);
  return async (calendarSlug, month) => {
    const rows = await all.execute();
    const shown = rows.find(({ slug }) => slug === calendarSlug);
    if (calendarSlug !== null && shown === undefined) throw new CodedError("not-found", "There is no calendar at this address.");
    const zone = shown?.zone ?? timeZone;
    const today = dayIn(zone, clock.now());
    const grid = monthGrid(month ?? today.slice(0, 7));
    if (grid === null) throw new CodedError("not-found", "There is no such month in the calendar.", { month });
    const entries = await between.execute({ from: grid.firstOn, to: grid.lastOn, zone, calendarId: shown?.id ?? null });
    const cards = entries.map((entry) => entryCardOf(entry, publicUrl));
    const url = publicUrl("events", shown === undefined ? "/" : `/calendars/${shown.slug}`);
    return monthPage.parse({
      label: grid.label,
      month: grid.month,
      calendar: shown === undefined ? null : calendarLinkOf(shown, publicUrl),
      calendars: rows.map((row) => calendarLinkOf(row, publicUrl)),
      previousUrl: `${url}?month=${grid.previous}`,
      nextUrl: `${url}?month=${grid.next}`,
      todayUrl: url,
      weeks: weeksWithEntries(grid, cards, zone, today),
    });
  };
}

/**
 * What touches the days `from`..`to` of a zone, and a little more: a day of slack on both sides, as an all-day
 * entry keeps the days of its own zone. Entries of the whole day come first, long ones before short ones.
 */
function prepareEntriesBetween(db: ServiceDeps["db"]) {
  const midnight = (day: "from" | "to", shift: string) =>
    sql`((${sql.placeholder(day)}::date + ${sql.raw(shift)})::timestamp at time zone ${sql.placeholder("zone")}::text)`;
  return db
    .select(entryColumns)
    .from(calendarEntries)
    .innerJoin(calendars, eq(calendars.id, calendarEntries.calendarId))
    .leftJoin(media, eq(media.id, calendarEntries.pictureId))
    .where(
      and(
        isShown,
        sql`${calendarEntries.startsAt} < ${midnight("to", "2")}`,
        sql`${calendarEntries.endsAt} > ${midnight("from", "-1")}`,
        sql`(${sql.placeholder("calendarId")}::bigint is null or ${calendarEntries.calendarId} = ${sql.placeholder("calendarId")}::bigint)`,
      ),
    )
    .orderBy(
      sql`${calendarEntries.isAllDay} desc`,
      asc(calendarEntries.startsAt),
      sql`${calendarEntries.endsAt} desc`,
      asc(calendarEntries.id),
    )
    .prepare("events_month");
}

function weeksWithEntries(grid: MonthGrid, cards: readonly EntryCard[], zone: string, today: string): MonthPage["weeks"] {
  const spans = cards.map((card) => ({ card, ...daysOf(card, zone) }));
  return grid.weeks.map((week) =>
    week.map((day) => ({
      ...day,
      isToday: day.on === today,
      entries: spans.filter(({ firstOn, lastOn }) => firstOn <= day.on && day.on <= lastOn).map(({ card }) => card),
    })),
  );
}

/** First and last day that an entry touches; its end is exclusive, so what ends at midnight does not touch the day after. */
function daysOf(card: EntryCard, zone: string): { firstOn: string; lastOn: string } {
  const kept = card.isAllDay ? card.zone : zone;
  return { firstOn: dayIn(kept, card.startsAt), lastOn: dayIn(kept, new Date(card.endsAt.getTime() - 1)) };
}
