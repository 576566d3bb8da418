import { createHash } from "node:crypto";
import type { ImportedEvent, ImportedSeries } from "@rose-ash/shared/contracts/calendar-files.ts";
import { type CalendarEvent, type Moment, readEvents, recurrenceLines, writeMoment } from "@rose-ash/shared/infrastructure/ical/index.ts";
import type { Temporal } from "temporal-polyfill";

/** What a file holds, by UID. troubles: what of it can't be understood, a sentence each. isCalendar: whether it is one at all. */
export interface ReadFile {
  readonly isCalendar: boolean;
  readonly series: readonly ImportedSeries[];
  readonly troubles: readonly string[];
}

/** More of a file is not taken. */
const MOST_SERIES = 5_000;
const MOST_OF_ONE = 500;
const MOST_LINES = 400;

/** The series of a calendar file, in plain values, the whole before its single times. Never throws. */
export function readSeries(bytes: Uint8Array): ReadFile {
  const { events, troubles } = readEvents(bytes);
  const isCalendar = /BEGIN:VCALENDAR/i.test(Buffer.from(bytes.subarray(0, 1_000)).toString("latin1"));
  const byUid = Map.groupBy(events, uidOf);
  const series = [...byUid].flatMap(([uid, those]) => seriesOf(uid, those));
  const cut = series.length > MOST_SERIES ? [`only the first ${MOST_SERIES} of ${series.length} events are taken`] : [];
  return { isCalendar, series: series.slice(0, MOST_SERIES), troubles: [...troubles, ...cut] };
}

/** One without a name of its own gets one from what it says, the same each time. */
function uidOf(event: CalendarEvent): string {
  if (event.uid !== "") return event.uid.slice(0, 500);
  const said = `${event.summary}\n${writeMoment(event.start)}`;
  return `unnamed-${createHash("sha256").update(said).digest("hex").slice(0, 32)}`;
}

/** The later of two that say the same; single times whose series is not there stand each for itself. */
function seriesOf(uid: string, events: readonly CalendarEvent[]): ImportedSeries[] {
  const latest = events.toSorted((one, other) => other.sequence - one.sequence);
  const master = latest.find(({ recurrenceId }) => recurrenceId === null);
  const singles = new Map<string, ImportedEvent>();
  for (const event of latest) {
    if (event.recurrenceId === null) continue;
    const one = importedOf(uid, event, master);
    const name = `${one.key} ${one.isFollowing}`;
    if (!singles.has(name)) singles.set(name, one);
  }
  const ordered = [...singles.values()].sort((one, other) => (one.planned < other.planned ? -1 : 1)).slice(0, MOST_OF_ONE);
  if (master) return [[importedOf(uid, master, undefined), ...ordered]];
  return ordered.map((one) => [{ ...one, uid: `${uid}/${one.key}`, key: null, planned: "", isFollowing: false }]);
}

function importedOf(uid: string, event: CalendarEvent, master: CalendarEvent | undefined): ImportedEvent {
  const { start, length, recurrenceId } = event;
  const organiser = (master ?? event).organiser; // of all times alike
  const planned = recurrenceId && plannedLike(recurrenceId, master?.start ?? start);
  return {
    uid,
    key: planned && keyOf(planned),
    planned: planned ? writeMoment(planned) : "",
    isFollowing: event.isThisAndFuture,
    title: event.summary.slice(0, 500),
    text: event.description,
    place: event.location.slice(0, 500),
    onlineUrl: /^https?:\/\//i.test(event.conference) ? event.conference.slice(0, 500) : "",
    tags: [...new Set(event.categories.map((tag) => tag.slice(0, 40)))].slice(0, 20),
    organiserName: organiser?.name ?? "",
    organiserAddress: organiser?.address ?? "",
    isCancelled: event.isCancelled,
    isTentative: event.isTentative,
    sequence: event.sequence,
    stampedAt: event.stampedAt && new Date(event.stampedAt.epochMilliseconds),
    extra: event.extra,
    zone: start.zone,
    isAllDay: start.isAllDay,
    startsLocal: start.local.toString({ smallestUnit: "second" }),
    duration: length.duration.toString(),
    isExact: length.kind === "exact",
    recurrence: recurrenceLines(event).slice(0, MOST_LINES),
  };
}

/** Programs name a time by another clock than the series has, or by its day: the series' own is meant. */
function plannedLike(named: Moment, start: Moment): Moment {
  if (start.isAllDay) return { ...named, local: named.local.toPlainDate().toPlainDateTime(), zone: null, isAllDay: true };
  if (named.isAllDay) return { ...start, local: named.local.toPlainDate().toPlainDateTime(start.local.toPlainTime()) };
  if (start.zone === null || named.zone === null) return { ...named, zone: start.zone };
  return { ...start, local: named.local.toZonedDateTime(named.zone).withTimeZone(start.zone).toPlainDateTime() };
}

/** As occurrences are named. */
function keyOf({ local, zone, isAllDay }: Moment): string {
  const compact = (at: Temporal.PlainDateTime) => at.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "");
  if (isAllDay) return compact(local).slice(0, 8);
  return zone === null ? compact(local) : `${compact(local.toZonedDateTime(zone).withTimeZone("UTC").toPlainDateTime())}Z`;
}
