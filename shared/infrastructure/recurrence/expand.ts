import type { Temporal } from "temporal-polyfill";
import { type CalendarEvent, type Length, type Moment, zoned } from "../ical/index.ts";
import { byStart, keyOf, type Planned, plannedStarts } from "./planned-starts.ts";
import type { Window } from "./window.ts";

/** One time at which an event takes place. start and end by the clock of its zone; for what floats (zone null), as if that were UTC. */
export interface Occurrence {
  readonly uid: string;
  readonly summary: string;
  readonly start: Temporal.ZonedDateTime;
  readonly end: Temporal.ZonedDateTime;
  readonly zone: string | null;
  readonly isAllDay: boolean;
  readonly isCancelled: boolean;
  /** The start that its series has for it, which names it (RFC 5545, 3.8.4.4). */
  readonly planned: Moment;
  /** What says so: the series, or what was changed of it. */
  readonly event: CalendarEvent;
}

/** What takes place in a window, by start, and what can't be told: a sentence each. */
export interface Expansion {
  readonly occurrences: readonly Occurrence[];
  readonly troubles: readonly string[];
}

/**
 * All occurrences that lie in the window or reach into it: rules and dates without the exceptions, single occurrences as they were
 * changed ("this", "this and following"), none that were cancelled (RFC 5545, 3.8.4.4 and 3.8.5). Never throws.
 */
export function expand(events: readonly CalendarEvent[], window: Window): Expansion {
  const { occurrences, troubles } = expandWithCancelled(events, window);
  return { occurrences: occurrences.filter(({ isCancelled }) => !isCancelled), troubles };
}

/** The same with those that were cancelled, for whoever still tells people. */
export function expandWithCancelled(events: readonly CalendarEvent[], window: Window): Expansion {
  const troubles: string[] = [];
  const occurrences = [...bySeries(events).values()].flatMap((series) => {
    const name = series[0]?.uid || "an event without a UID";
    return expandSeries(series, window, (trouble) => troubles.push(`${name}: ${trouble}`));
  });
  return { occurrences: occurrences.sort(byStart), troubles };
}

/** Events of one UID belong together; without one each stands alone. */
function bySeries(events: readonly CalendarEvent[]): Map<unknown, readonly CalendarEvent[]> {
  return Map.groupBy(events, (event) => event.uid || event) as Map<unknown, readonly CalendarEvent[]>;
}

function expandSeries(series: readonly CalendarEvent[], window: Window, tell: (trouble: string) => void): Occurrence[] {
  const latest = series.toSorted((one, other) => other.sequence - one.sequence);
  const master = latest.find(({ recurrenceId }) => recurrenceId === null);
  const changes = changesOf(latest);
  const lengths = series.map(({ length }) => length);
  const planned = master ? plannedStarts(master, reaching(window, lengths), tell) : [];
  const kept = planned.filter(({ start }) => !isChanged(changes.single, start));
  const followed = master ? kept.map((one) => follow(one, master, changes.following)) : [];
  const own = [...changes.single.values(), ...changes.following.filter(({ recurrenceId }) => !master || !has(planned, recurrenceId))];
  const alone = own.map((event) => occurrenceOf(event, { planned: idOf(event), start: event.start, length: event.length }));
  return [...followed, ...alone].filter(({ start, end }) => touches(window, start, end));
}

/** single: by the start that they had. following: the earliest first. */
function changesOf(latest: readonly CalendarEvent[]): { single: Map<string, CalendarEvent>; following: CalendarEvent[] } {
  const single = new Map<string, CalendarEvent>();
  const following: CalendarEvent[] = [];
  for (const event of latest) {
    if (event.recurrenceId === null) continue;
    if (event.isThisAndFuture) following.push(event);
    else if (!single.has(keyOf(event.recurrenceId))) single.set(keyOf(event.recurrenceId), event);
  }
  return { single, following: following.sort((one, other) => compare(idOf(one), idOf(other))) };
}

const idOf = ({ recurrenceId, start }: CalendarEvent): Moment => recurrenceId ?? start;
const compare = (one: Moment, other: Moment) => zoned(one).epochMilliseconds - zoned(other).epochMilliseconds;
const has = (planned: readonly Planned[], at: Moment | null) => at !== null && planned.some(({ start }) => keyOf(start) === keyOf(at));

/** By its instant, or by its day where a program wrote only that. */
function isChanged(single: ReadonlyMap<string, CalendarEvent>, start: Moment): boolean {
  return single.has(keyOf(start)) || single.has(keyOf({ ...start, isAllDay: true }));
}

/** As the last change before it says, moved as far as that one was moved. */
function follow(one: Planned, master: CalendarEvent, following: readonly CalendarEvent[]): Occurrence {
  const change = following.findLast((event) => compare(idOf(event), one.start) <= 0);
  const planned = one.start;
  if (change === undefined) return occurrenceOf(master, { planned, start: planned, length: one.length ?? master.length });
  const moved = change.start.local.since(idOf(change).local, { largestUnit: "days" });
  return occurrenceOf(change, { planned, start: { ...change.start, local: planned.local.add(moved) }, length: change.length });
}

function occurrenceOf(event: CalendarEvent, at: { planned: Moment; start: Moment; length: Length }): Occurrence {
  const { planned, start, length } = at;
  const from = zoned(start);
  const { uid, summary, isCancelled } = event;
  return { uid, summary, start: from, end: endOf(from, length), zone: start.zone, isAllDay: start.isAllDay, isCancelled, planned, event };
}

function endOf(start: Temporal.ZonedDateTime, { kind, duration }: Length): Temporal.ZonedDateTime {
  return kind === "exact" ? start.toInstant().add(duration).toZonedDateTimeISO(start.timeZoneId) : start.add(duration);
}

/** A window for starts: what begins before it may reach into it, and its zone may be a day away. */
function reaching({ from, to }: Window, lengths: readonly Length[]): Window {
  const longest = Math.max(0, ...lengths.map(({ duration }) => hoursIn(duration)));
  return { from: from.subtract({ hours: longest + 48 }), to: to.add({ hours: 48 }) };
}

const MOST_HOURS = 24 * 400;

function hoursIn(duration: Temporal.Duration): number {
  const whole = duration.total({ unit: "hours", relativeTo: "2026-01-01" });
  return Math.min(Math.ceil(whole), MOST_HOURS);
}

function touches({ from, to }: Window, start: Temporal.ZonedDateTime, end: Temporal.ZonedDateTime): boolean {
  const [begins, ends] = [start.epochMilliseconds, end.epochMilliseconds];
  return begins < to.epochMilliseconds && (ends > from.epochMilliseconds || (begins === ends && begins >= from.epochMilliseconds));
}
