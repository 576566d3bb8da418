import { Temporal } from "temporal-polyfill";
import type { CalendarEvent, Length, Moment } from "../../infrastructure/ical/index.ts";
import { readRecurrence } from "../../infrastructure/ical/index.ts";
import type { calendarEntries } from "../../models/events.ts";
import type { entryOverrides } from "../../models/occurrences.ts";

export type EntryRow = Omit<typeof calendarEntries.$inferSelect, "search">;
export type OverrideRow = typeof entryOverrides.$inferSelect;

/** What an entry says with what is otherwise at single times: the series first. */
export interface EntryModel {
  readonly entry: EntryRow;
  readonly overrides: readonly OverrideRow[];
}

/** The same as a calendar file says it. roomNames: where no place is said, the room's name is the place. */
export function eventsOf({ entry, overrides }: EntryModel, roomNames: ReadonlyMap<number, string> = new Map()): readonly CalendarEvent[] {
  const placeOf = (place: string, roomId: number | null) => place || (roomId === null ? "" : (roomNames.get(roomId) ?? ""));
  const master: CalendarEvent = {
    uid: entry.uid,
    summary: entry.title,
    description: descriptionOf(entry.summary, entry.text),
    location: placeOf(entry.place, entry.roomId),
    conference: entry.onlineUrl,
    categories: entry.tags,
    organiser: entry.organiserAddress === "" ? null : { name: entry.organiserName, address: entry.organiserAddress },
    isCancelled: entry.status === "cancelled" || entry.status === "declined",
    isTentative: entry.isTentative || entry.status === "proposed",
    sequence: entry.sequence,
    stampedAt: Temporal.Instant.fromEpochMilliseconds(entry.stampedAt.getTime()),
    extra: entry.extra,
    start: momentOf(entry.startsLocal ?? localOf(entry), entry),
    length: lengthOf(entry.duration ?? durationOf(entry), entry),
    recurrenceId: null,
    isThisAndFuture: false,
    ...readRecurrence(entry.recurrence),
  };
  return [master, ...overrides.map((override) => overriddenOf(master, entry, override, placeOf))];
}

function overriddenOf(
  master: CalendarEvent,
  entry: EntryRow,
  override: OverrideRow,
  placeOf: (place: string, roomId: number | null) => string,
): CalendarEvent {
  return {
    ...master,
    summary: override.title ?? master.summary,
    description: descriptionOf(override.summary ?? entry.summary, override.text ?? entry.text),
    location: placeOf(override.place ?? entry.place, override.isElsewhere ? null : (override.roomId ?? entry.roomId)),
    conference: override.onlineUrl ?? master.conference,
    categories: override.tags ?? master.categories,
    isCancelled: master.isCancelled || override.isCancelled,
    isTentative: override.isTentative,
    sequence: override.sequence,
    stampedAt: Temporal.Instant.fromEpochMilliseconds(override.stampedAt.getTime()),
    extra: override.extra,
    start: momentOf(override.startsLocal, override),
    length: lengthOf(override.duration, override),
    recurrenceId: readPlanned(override.planned),
    isThisAndFuture: override.isFollowing,
    rules: [],
    exceptRules: [],
    dates: [],
    exceptDates: [],
  };
}

/** The lead and the text as one. */
function descriptionOf(summary: string, text: string): string {
  return [summary, text].filter((part) => part !== "").join("\n\n");
}

type Clock = Pick<EntryRow, "zone" | "isAllDay" | "isFloating">;

/** A wall clock of the database, "2026-11-20 18:30:00", as a calendar means it. */
export function momentOf(local: string, { zone, isAllDay, isFloating }: Clock): Moment {
  const at = Temporal.PlainDateTime.from(local.replace(" ", "T"));
  return { local: at, zone: isAllDay || isFloating ? null : zone, isAllDay };
}

export function lengthOf(duration: string, { isExact, isAllDay }: Pick<EntryRow, "isExact" | "isAllDay">): Length {
  return { kind: isExact && !isAllDay ? "exact" : "nominal", duration: Temporal.Duration.from(duration) };
}

/** What the clocks of its zone show at the start of one whose instants alone are known. */
function localOf({ startsAt, zone }: EntryRow): string {
  return Temporal.Instant.fromEpochMilliseconds(startsAt.getTime()).toZonedDateTimeISO(zone).toPlainDateTime().toString();
}

function durationOf({ startsAt, endsAt, zone, isAllDay }: EntryRow): string {
  const [start, end] = [startsAt, endsAt].map((at) => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone));
  if (!start || !end) return "PT0S";
  return (
    isAllDay
      ? end.toPlainDate().since(start.toPlainDate(), { largestUnit: "days" })
      : end.toInstant().since(start.toInstant(), { largestUnit: "hours" })
  ).toString();
}

/** The name of one time of a series, from the start that the series has for it: an instant, a day, or, where it floats, a clock. */
export function occurrenceKey({ local, zone, isAllDay }: Moment): string {
  if (isAllDay) return compact(local).slice(0, 8);
  if (zone === null) return compact(local);
  return `${compact(local.toZonedDateTime(zone).withTimeZone("UTC").toPlainDateTime())}Z`;
}

/** The planned start that a key names, by the clocks of an entry. Null: it names none. */
export function momentOfKey(key: string, { zone, isAllDay, isFloating }: Clock): Moment | null {
  const [, day, clock = "000000", utc] = KEY.exec(key) ?? [];
  if (day === undefined) return null;
  const local = Temporal.PlainDateTime.from(`${day}T${clock}`);
  if (isAllDay || isFloating || !utc) return { local, zone: null, isAllDay };
  return { local: local.toZonedDateTime("UTC").withTimeZone(zone).toPlainDateTime(), zone, isAllDay: false };
}

const KEY = /^(\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:T((?:[01]\d|2[0-3])[0-5]\d[0-5]\d)(Z)?)?$/;

const compact = (local: Temporal.PlainDateTime) => local.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "");

const PLANNED = /^(?:;TZID=([A-Za-z0-9_+/-]{1,64})|;VALUE=(DATE))?:(\d{8})(?:T(\d{6})(Z)?)?$/;

/** What writeMoment wrote. */
export function readPlanned(planned: string): Moment {
  const [, zone, date, day = "", clock = "000000", utc] = PLANNED.exec(planned) ?? [];
  const local = Temporal.PlainDateTime.from(`${day}T${clock}`);
  return { local, zone: utc ? "UTC" : (zone ?? null), isAllDay: date !== undefined };
}
