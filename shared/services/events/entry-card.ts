import { inArray } from "drizzle-orm";
import { type EntryCard, entryCard } from "../../contracts/events.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";
import { calendarEntries, calendars } from "../../models/events.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import { calendarLinkOf } from "./list-calendars.ts";

/** What to select, from entries joined with their calendar and left-joined with their picture, to make cards. */
export const entryColumns = {
  slug: calendarEntries.slug,
  title: calendarEntries.title,
  startsAt: calendarEntries.startsAt,
  endsAt: calendarEntries.endsAt,
  zone: calendarEntries.zone,
  isAllDay: calendarEntries.isAllDay,
  place: calendarEntries.place,
  summary: calendarEntries.summary,
  status: calendarEntries.status,
  calendar: { name: calendars.name, slug: calendars.slug, colour: calendars.colour },
  picture: pictureColumns,
};

/** Entries that people may see: a proposed one is nobody's yet. */
export const isShown = inArray(calendarEntries.status, ["confirmed", "cancelled"]);

type EntryRow = Pick<
  typeof calendarEntries.$inferSelect,
  "slug" | "title" | "startsAt" | "endsAt" | "zone" | "isAllDay" | "place" | "summary" | "status"
> & { calendar: Parameters<typeof calendarLinkOf>[0]; picture: Parameters<typeof pictureOf>[0] };

/** The card of a row of entryColumns. */
export function entryCardOf(row: EntryRow, publicUrl: PublicUrl): EntryCard {
  return entryCard.parse({
    ...row,
    url: publicUrl("events", `/entries/${row.slug}`),
    calendar: calendarLinkOf(row.calendar, publicUrl),
    picture: pictureOf(row.picture),
    isCancelled: row.status === "cancelled",
  });
}
