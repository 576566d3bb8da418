import type { Temporal } from "temporal-polyfill";
import { type Moment, zoned } from "./moment.ts";
import type { CalendarEvent, Length, ListedDate } from "./read-events.ts";
import { writeTimeZone } from "./write-time-zone.ts";

/** What a calendar says of itself. method: of an invitation (RFC 5546); refreshHours: how often it is worth asking again. */
export interface CalendarHead {
  readonly name: string;
  readonly method: "PUBLISH" | "REQUEST" | "CANCEL";
  readonly refreshHours: number;
}

/** Somebody who is asked to come; address: "mailto:…". */
export interface Guest {
  readonly name: string;
  readonly address: string;
  readonly answer: "NEEDS-ACTION" | "ACCEPTED" | "DECLINED" | "TENTATIVE";
}

/** An event with what only its writer knows: url, the page about it, where it names no other. */
export type WrittenEvent = CalendarEvent & { readonly url: string; readonly guests: readonly Guest[] };

const PRODUCT = "-//Rose Ash//Calendars//EN";

/** A calendar file (RFC 5545, 7986), in lines of 75 octets. The same events give the same bytes. */
export function writeCalendar(head: CalendarHead, events: readonly WrittenEvent[]): string {
  const zones = zonesIn(events);
  const earliest = Math.min(...events.map(({ start }) => start.local.year));
  const lines = [
    ...["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:${PRODUCT}`, "CALSCALE:GREGORIAN", `METHOD:${head.method}`],
    ...(head.method === "PUBLISH" ? namesOf(head) : []),
    ...zones.flatMap((zone) => writeTimeZone(zone, earliest)),
    ...events.flatMap(linesOf),
    "END:VCALENDAR",
  ];
  return `${lines.map(fold).join("\r\n")}\r\n`;
}

function namesOf({ name, refreshHours }: CalendarHead): string[] {
  const every = `PT${refreshHours}H`;
  return [
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:${every}`,
    `X-PUBLISHED-TTL:${every}`,
  ];
}

function zonesIn(events: readonly CalendarEvent[]): string[] {
  const moments = events.flatMap((event) => [
    event.start,
    ...(event.recurrenceId ? [event.recurrenceId] : []),
    ...event.dates.map(({ start }) => start),
    ...event.exceptDates,
  ]);
  const named = moments.flatMap(({ zone }) => (zone === null || zone === "UTC" ? [] : [zone]));
  return [...new Set(named)].sort();
}

function linesOf(event: WrittenEvent): string[] {
  const text = (name: string, value: string) => (value === "" ? [] : [`${name}:${escapeText(value)}`]);
  const has = (name: string) => event.extra.some((line) => new RegExp(`^${name}[;:]`, "i").test(line));
  const { start, length, recurrenceId, organiser } = event;
  return [
    ...["BEGIN:VEVENT", `UID:${escapeText(event.uid)}`],
    ...(event.stampedAt ? [`DTSTAMP:${utcOf(event.stampedAt)}`] : []),
    ...(recurrenceId ? [`RECURRENCE-ID${event.isThisAndFuture ? ";RANGE=THISANDFUTURE" : ""}${writeMoment(recurrenceId)}`] : []),
    ...[`DTSTART${writeMoment(start)}`, ...endOf(start, length)],
    ...(event.sequence > 0 ? [`SEQUENCE:${event.sequence}`] : []),
    ...recurrenceLines(event),
    ...text("SUMMARY", event.summary),
    ...text("DESCRIPTION", event.description),
    ...text("LOCATION", event.location),
    ...(event.conference === "" ? [] : [`CONFERENCE;VALUE=URI:${oneLine(event.conference)}`]),
    ...(event.categories.length > 0 ? [`CATEGORIES:${event.categories.map(escapeText).join(",")}`] : []),
    ...(organiser ? [`ORGANIZER${organiser.name ? `;CN=${quote(organiser.name)}` : ""}:${oneLine(organiser.address)}`] : []),
    ...event.guests.map((guest) => attendeeOf(guest)),
    `STATUS:${event.isCancelled ? "CANCELLED" : event.isTentative ? "TENTATIVE" : "CONFIRMED"}`,
    ...(event.url === "" || has("URL") ? [] : [`URL:${oneLine(event.url)}`]),
    ...event.extra.map(oneLine),
    "END:VEVENT",
  ];
}

/** What repeats a series, as lines that readRecurrence reads again. */
export function recurrenceLines({
  rules,
  exceptRules,
  dates,
  exceptDates,
}: Pick<CalendarEvent, "rules" | "exceptRules" | "dates" | "exceptDates">) {
  return [
    ...rules.map((rule) => `RRULE:${oneLine(rule)}`),
    ...exceptRules.map((rule) => `EXRULE:${oneLine(rule)}`),
    ...dates.map((date) => `RDATE${writeListed(date)}`),
    ...exceptDates.map((date) => `EXDATE${writeMoment(date)}`),
  ];
}

function writeListed({ start, length }: ListedDate): string {
  if (length === null) return writeMoment(start);
  const [params, value] = partsOf(start);
  return `;VALUE=PERIOD${params.replace(";VALUE=DATE", "")}:${value}/${length.duration.toString()}`;
}

/** A time as the rest of a line: ";TZID=Europe/London:20261120T183000". */
export function writeMoment(moment: Moment): string {
  const [params, value] = partsOf(moment);
  return `${params}:${value}`;
}

function partsOf({ local, zone, isAllDay }: Moment): [string, string] {
  const text = local.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "");
  if (isAllDay) return [";VALUE=DATE", text.slice(0, 8)];
  if (zone === null) return ["", text];
  return zone === "UTC" ? ["", `${text}Z`] : [`;TZID=${zone}`, text];
}

/** As its source had it: an end where it had one, a duration where it had that (RFC 5545, 3.8.5.3). */
function endOf(start: Moment, { kind, duration }: Length): string[] {
  if (start.isAllDay) return [`DTEND${writeMoment({ ...start, local: start.local.add(duration) })}`];
  if (kind === "nominal") return duration.blank ? [] : [`DURATION:${duration.toString()}`];
  const end = zoned(start).add({ nanoseconds: duration.total("nanoseconds") });
  return [`DTEND${writeMoment({ ...start, local: end.toPlainDateTime() })}`];
}

function attendeeOf({ name, address, answer }: Guest): string {
  return `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=${answer};RSVP=TRUE${name ? `;CN=${quote(name)}` : ""}:${oneLine(address)}`;
}

const utcOf = (instant: Temporal.Instant) => instant.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "");

/** A value of type TEXT (RFC 5545, 3.3.11). */
function escapeText(value: string): string {
  return value
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll(/\r\n|\r|\n/g, String.raw`\n`)
    .replaceAll(CONTROL, "");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what no line may hold (RFC 5545, 3.1)
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/g;

/** Nothing that somebody gave begins a line of its own. */
function oneLine(value: string): string {
  return value.replaceAll(CONTROL, "");
}

function quote(value: string): string {
  return `"${oneLine(value).replaceAll('"', "'")}"`;
}

const LINE_OCTETS = 75;

/** In lines of 75 octets, cut between characters. */
function fold(line: string): string {
  if (Buffer.byteLength(line) <= LINE_OCTETS) return line;
  const lines: string[] = [];
  let [piece, octets] = ["", 0];
  for (const character of line) {
    const more = Buffer.byteLength(character);
    if (octets + more > LINE_OCTETS) {
      lines.push(piece);
      [piece, octets] = [" ", 1];
    }
    piece += character;
    octets += more;
  }
  return [...lines, piece].join("\r\n");
}
