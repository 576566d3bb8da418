import { eq, inArray, type SQL, sql } from "drizzle-orm";
import { type EntryCard, entryCard } from "../../contracts/events.ts";
import type { PublicUrl, ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendars, rooms } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import { media } from "../../models/media.ts";
import { entryOverrides, occurrences } from "../../models/occurrences.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import type { calendarLinkOf } from "./list-calendars.ts";

/** What one time of an entry says, or else the entry. */
const own = <T>(override: SQL | unknown, entry: unknown) => sql<T>`coalesce(${override}, ${entry})`;
const title = own<string>(entryOverrides.title, calendarEntries.title);
const place = sql<string>`coalesce(nullif(coalesce(${entryOverrides.place}, ${calendarEntries.place}), ''), ${rooms.name}, '')`;
const isSeries = sql<boolean>`${calendarEntries.recurrence} <> '{}'`;

/** What to select to make cards of times. */
export const entryColumns = {
  slug: calendarEntries.slug,
  key: occurrences.key,
  isSeries,
  title,
  startsAt: occurrences.startsAt,
  endsAt: occurrences.endsAt,
  zone: own<string>(entryOverrides.zone, calendarEntries.zone),
  isAllDay: own<boolean>(entryOverrides.isAllDay, calendarEntries.isAllDay),
  place,
  summary: own<string>(entryOverrides.summary, calendarEntries.summary),
  status: calendarEntries.status,
  isOff: occurrences.isCancelled,
  calendar: { name: calendars.name, slug: calendars.slug, colour: calendars.colour },
  picture: pictureColumns,
};

/** Entries that people may see: a proposed one is nobody's yet. */
export const isShown = inArray(calendarEntries.status, ["confirmed", "cancelled"]);

/** Times with all that a card says of them; the caller says which, and puts them in order. */
export function selectCards(db: Pick<ServiceDeps["db"], "select">) {
  return db
    .select(entryColumns)
    .from(occurrences)
    .innerJoin(calendarEntries, eq(calendarEntries.id, occurrences.entryId))
    .innerJoin(calendars, eq(calendars.id, calendarEntries.calendarId))
    .leftJoin(entryOverrides, eq(entryOverrides.id, occurrences.overrideId))
    .leftJoin(rooms, eq(rooms.id, occurrences.roomId))
    .leftJoin(media, eq(media.id, calendarEntries.pictureId));
}

type EntryRow = Omit<EntryCard, "url" | "calendar" | "picture" | "isCancelled"> & {
  key: string;
  isSeries: boolean;
  status: string;
  isOff: boolean;
  calendar: Parameters<typeof calendarLinkOf>[0];
  picture: Parameters<typeof pictureOf>[0];
};

/** The card of a row of entryColumns. */
export function entryCardOf(row: EntryRow, publicUrl: PublicUrl): EntryCard {
  return entryCard.parse(cardFields(row, publicUrl));
}

/** The same as it is given to what checks the whole page. */
export function cardFields(row: EntryRow, publicUrl: PublicUrl): EntryCard {
  const { slug, key, title: name, startsAt, endsAt, zone, isAllDay, place: where, summary, calendar, picture, status, isOff } = row;
  return {
    ...{ slug, title: name, startsAt, endsAt, zone, isAllDay, place: where, summary },
    url: publicUrl("events", `/entries/${slug}${row.isSeries ? `/${key}` : ""}`),
    calendar: { ...calendar, url: publicUrl("events", `/calendars/${calendar.slug}`) },
    picture: pictureOf(picture),
    isCancelled: status === "cancelled" || isOff,
  };
}
