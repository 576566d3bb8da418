import { Temporal } from "temporal-polyfill";
import { type Component, type ContentLine, readComponents, readLine, unescapeText } from "./content-lines.ts";
import { type Moment, readMoment, type ZoneOf } from "./moment.ts";
import { isZone, zonesOf } from "./zones.ts";

/** A VEVENT: a single one, a series, or one occurrence of a series that is otherwise (recurrenceId). Rules are as they stand there. */
export interface CalendarEvent {
  readonly uid: string;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  /** Where one takes part from afar: an address; else empty. */
  readonly conference: string;
  readonly categories: readonly string[];
  readonly organiser: { readonly name: string; readonly address: string } | null;
  readonly isCancelled: boolean;
  readonly isTentative: boolean;
  readonly sequence: number;
  /** When it was written, as its program says. */
  readonly stampedAt: Temporal.Instant | null;
  /** What else it says, line by line and unfolded, but for who comes, alarms, and what this site writes itself. */
  readonly extra: readonly string[];
  readonly start: Moment;
  readonly length: Length;
  readonly recurrenceId: Moment | null;
  /** It stands for all occurrences from recurrenceId on. */
  readonly isThisAndFuture: boolean;
  readonly rules: readonly string[];
  readonly exceptRules: readonly string[];
  readonly dates: readonly ListedDate[];
  readonly exceptDates: readonly Moment[];
}

/**
 * How long it takes (RFC 5545, 3.8.5.3): between start and end the same time passes at each occurrence, whatever the clocks do; a
 * stated duration is by the clock in its days and weeks.
 */
export type Length =
  | { readonly kind: "exact"; readonly duration: Temporal.Duration }
  | { readonly kind: "nominal"; readonly duration: Temporal.Duration };

/** A date beside the rules (RDATE); length: where it has one of its own. */
export interface ListedDate {
  readonly start: Moment;
  readonly length: Length | null;
}

/** What a calendar holds, and what of it can't be understood: a sentence each, with the event's UID. */
export interface CalendarRead {
  readonly events: readonly CalendarEvent[];
  readonly troubles: readonly string[];
}

/** The events of an iCalendar stream. What can't be read costs that event only. Never throws. */
export function readEvents(bytes: Uint8Array): CalendarRead {
  const events: CalendarEvent[] = [];
  const troubles: string[] = [];
  for (const calendar of readComponents(bytes)) {
    const zoneOf = zonesOf(calendar);
    for (const part of calendar.parts) {
      if (part.name !== "VEVENT") continue;
      const event = readEvent(part, zoneOf, (trouble) => troubles.push(`${uidOf(part) || "an event without a UID"}: ${trouble}`));
      if (event) events.push(event);
    }
  }
  return { events, troubles };
}

/** So many lines that we do not know are kept of an event, and none that is longer. */
const MOST_EXTRA = 40;
const LONGEST_EXTRA = 2_000;
const MOST_TEXT = 20_000;
const UNDERSTOOD = new Set(
  (
    "UID SUMMARY DESCRIPTION LOCATION CONFERENCE CATEGORIES ORGANIZER STATUS SEQUENCE DTSTAMP CREATED LAST-MODIFIED DTSTART DTEND DURATION " +
    "RECURRENCE-ID RRULE EXRULE RDATE EXDATE ATTENDEE REQUEST-STATUS METHOD"
  ).split(" "),
);

/** What repeats a series, as readRecurrence gives it. */
export type Recurrence = Pick<CalendarEvent, "rules" | "exceptRules" | "dates" | "exceptDates">;

/** Lines of RRULE, EXRULE, RDATE and EXDATE with zones by their IANA names; others are left out. Never throws. */
export function readRecurrence(lines: readonly string[]): Recurrence {
  return recurrenceIn(
    lines.map(readLine).filter((line) => line !== null),
    (tzid) => (isZone(tzid) ? tzid : null),
  );
}

function recurrenceIn(lines: readonly ContentLine[], zoneOf: ZoneOf): Recurrence {
  const all = (name: string) => lines.filter((line) => line.name === name);
  return {
    rules: all("RRULE").map(({ value }) => value),
    exceptRules: all("EXRULE").map(({ value }) => value),
    dates: all("RDATE").flatMap((line) => values(line).flatMap((value) => listedDate(value, line, zoneOf))),
    exceptDates: all("EXDATE").flatMap((line) => values(line).flatMap((value) => readMoment(value, line, zoneOf) ?? [])),
  };
}

function readEvent(part: Component, zoneOf: ZoneOf, tell: (trouble: string) => void): CalendarEvent | null {
  const find = (name: string) => part.lines.find((line) => line.name === name);
  const all = (name: string) => part.lines.filter((line) => line.name === name);
  const textOf = (name: string) => unescapeText(find(name)?.value ?? "").slice(0, MOST_TEXT);
  const status = find("STATUS")?.value.trim().toUpperCase();
  const start = momentOf(find("DTSTART"), zoneOf);
  if (start === null) {
    tell("has no start that can be read");
    return null;
  }
  const tzid = find("DTSTART")?.params["TZID"];
  if (tzid !== undefined && start.zone === null && !start.isAllDay) tell(`its zone “${tzid}” is not known: its times float`);
  const recurrenceId = momentOf(find("RECURRENCE-ID"), zoneOf);
  return {
    uid: uidOf(part),
    summary: textOf("SUMMARY"),
    description: textOf("DESCRIPTION"),
    location: textOf("LOCATION"),
    conference: textOf("CONFERENCE"),
    categories: all("CATEGORIES").flatMap(({ value }) => listOfTexts(value)),
    organiser: organiserOf(find("ORGANIZER")),
    isCancelled: status === "CANCELLED",
    isTentative: status === "TENTATIVE",
    sequence: sequenceOf(find("SEQUENCE")?.value),
    stampedAt: stampOf(find("DTSTAMP")),
    extra: part.lines
      .filter(({ name, text }) => !UNDERSTOOD.has(name) && text.length <= LONGEST_EXTRA)
      .map(({ text }) => text)
      .slice(0, MOST_EXTRA),
    start,
    length: lengthOf(start, momentOf(find("DTEND"), zoneOf), find("DURATION")?.value, tell),
    recurrenceId,
    isThisAndFuture: find("RECURRENCE-ID")?.params["RANGE"]?.toUpperCase() === "THISANDFUTURE",
    ...recurrenceIn(part.lines, zoneOf),
  };
}

/** Texts with commas between them, which a backslash makes part of a text. */
function listOfTexts(value: string): readonly string[] {
  return (value.match(/(?:\\.|[^\\,])+/g) ?? []).map(unescapeText).filter((text) => text !== "");
}

function organiserOf(line: ContentLine | undefined): CalendarEvent["organiser"] {
  if (line === undefined) return null;
  return { name: (line.params["CN"] ?? "").slice(0, 200), address: line.value.trim().slice(0, 500) };
}

const MOST_SEQUENCE = 2_000_000_000;

function sequenceOf(value: string | undefined): number {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? Math.min(number, MOST_SEQUENCE) : 0;
}

function stampOf(line: ContentLine | undefined): Temporal.Instant | null {
  const moment = momentOf(line, () => null);
  return moment === null ? null : moment.local.toZonedDateTime("UTC").toInstant();
}

function uidOf(part: Component): string {
  return unescapeText(part.lines.find(({ name }) => name === "UID")?.value ?? "");
}

function momentOf(line: ContentLine | undefined, zoneOf: ZoneOf): Moment | null {
  return line ? readMoment(line.value, line, zoneOf) : null;
}

const values = (line: ContentLine) => line.value.split(",");

/** Without end or duration a day takes its day, and a time takes none (RFC 5545, 3.6.1). */
function lengthOf(start: Moment, end: Moment | null, duration: string | undefined, tell: (trouble: string) => void): Length {
  const stated = duration === undefined ? null : readDuration(duration);
  if (stated) return { kind: "nominal", duration: stated };
  const day = Temporal.Duration.from({ days: start.isAllDay ? 1 : 0 });
  if (end === null) return { kind: "nominal", duration: day };
  if (Temporal.PlainDateTime.compare(end.local, start.local) < 0 && end.zone === start.zone)
    tell("ends before it starts: it takes no time");
  const length = between(start, end);
  return length.duration.sign < 0 ? { kind: "nominal", duration: day } : length;
}

function between(start: Moment, end: Moment): Length {
  if (start.isAllDay) return { kind: "nominal", duration: end.local.since(start.local, { largestUnit: "days" }) };
  const zone = start.zone ?? end.zone ?? "UTC";
  const from = start.local.toZonedDateTime(zone).toInstant();
  return {
    kind: "exact",
    duration: end.local
      .toZonedDateTime(end.zone ?? zone)
      .toInstant()
      .since(from, { largestUnit: "hours" }),
  };
}

/** A time, or a period with its end or its duration. */
function listedDate(value: string, line: ContentLine, zoneOf: ZoneOf): readonly ListedDate[] {
  const [from = "", to] = value.split("/");
  const start = readMoment(from, line, zoneOf);
  if (start === null) return [];
  const end = to === undefined ? null : readMoment(to, line, zoneOf);
  const stated = to === undefined ? null : readDuration(to);
  return [{ start, length: end ? between(start, end) : stated ? { kind: "nominal", duration: stated } : null }];
}

/** RFC 5545, 3.3.6; one that is negative is none. */
function readDuration(value: string): Temporal.Duration | null {
  try {
    const duration = Temporal.Duration.from(value.trim().toUpperCase());
    return duration.sign < 0 ? null : duration;
  } catch {
    return null;
  }
}
