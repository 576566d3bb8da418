import { Temporal } from "temporal-polyfill";
import type { CalendarEvent } from "../../infrastructure/ical/index.ts";

/** Events with the page about each. */
export type WrittenEvents = readonly (CalendarEvent & { readonly url: string; readonly guests: readonly [] })[];

/** Something at one time, by instants. */
interface AtOneTime {
  readonly uid: string;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly zone: string;
  readonly isAllDay: boolean;
  readonly isCancelled: boolean;
  readonly isTentative: boolean;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly stampedAt: string;
}

/** The same as an event of a calendar file that does not come again. */
export function eventOfTime(
  { uid, summary, description, location, zone, isAllDay, isCancelled, isTentative, ...time }: AtOneTime,
  url: string,
): WrittenEvents[number] {
  const [start, end] = [time.startsAt, time.endsAt].map((at) => instantOf(at).toZonedDateTimeISO(zone));
  if (start === undefined || end === undefined) throw new TypeError("an event has two ends");
  const duration = isAllDay
    ? end.toPlainDate().since(start.toPlainDate(), { largestUnit: "days" })
    : end.toInstant().since(start.toInstant(), { largestUnit: "hours" });
  return {
    ...{ uid, summary, description, location, url, guests: [], conference: "", categories: [], organiser: null, extra: [] },
    ...{ isCancelled, isTentative, sequence: 0, stampedAt: instantOf(time.stampedAt), recurrenceId: null, isThisAndFuture: false },
    start: { local: start.toPlainDateTime(), zone: isAllDay ? null : zone, isAllDay },
    length: { kind: isAllDay ? "nominal" : "exact", duration },
    ...{ rules: [], exceptRules: [], dates: [], exceptDates: [] },
  };
}

function instantOf(at: string): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(new Date(at).getTime());
}
