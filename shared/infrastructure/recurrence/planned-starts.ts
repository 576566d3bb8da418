import type { Temporal } from "temporal-polyfill";
import { type CalendarEvent, type Length, type ListedDate, type Moment, zoned } from "../ical/index.ts";
import { startsOf } from "./rule.ts";
import type { Window } from "./window.ts";

/** A start as the series has it, before single ones are changed. length: where a date of the list has its own. */
export interface Planned {
  readonly start: Moment;
  readonly length: Length | null;
}

/** One start: an instant; for days and what floats, what the clock shows. */
export function keyOf(start: Moment): string {
  return start.isAllDay ? start.local.toPlainDate().toString() : String(zoned(start).epochMilliseconds);
}

export function byStart(
  one: { start: Temporal.ZonedDateTime; uid: string },
  other: { start: Temporal.ZonedDateTime; uid: string },
): number {
  return one.start.epochMilliseconds - other.start.epochMilliseconds || (one.uid < other.uid ? -1 : Number(one.uid > other.uid));
}

/** What rules and dates give in the window, without what exceptions take away. The start itself counts where no rule speaks of it. */
export function plannedStarts(event: CalendarEvent, window: Window, tell: (trouble: string) => void): readonly Planned[] {
  const given = (rules: readonly string[]) =>
    rules.flatMap((rule) => {
      const { starts, trouble } = startsOf(rule, event.start, window);
      if (trouble !== null) tell(trouble);
      return starts.map((at) => ({ ...event.start, local: at.toPlainDateTime() }));
    });
  const own: ListedDate[] = event.rules.length === 0 ? [{ start: event.start, length: null }] : [];
  const planned = new Map<string, Planned>();
  for (const start of given(event.rules)) planned.set(keyOf(start), { start, length: null });
  for (const { start, length } of [...own, ...event.dates]) planned.set(keyOf(start), { start: likeSeries(start, event.start), length });
  for (const start of [...given(event.exceptRules), ...event.exceptDates]) remove(planned, start, event.start);
  return [...planned.values()];
}

/** A date of the list without a clock is meant at the time of the series. */
function likeSeries(start: Moment, series: Moment): Moment {
  return start.isAllDay && !series.isAllDay
    ? { ...series, local: start.local.toPlainDate().toPlainDateTime(series.local.toPlainTime()) }
    : start;
}

/** An exception that names a day takes away what starts on it, as old programs mean it. */
function remove(planned: Map<string, Planned>, exception: Moment, series: Moment): void {
  planned.delete(keyOf(exception));
  if (!exception.isAllDay || series.isAllDay) return;
  for (const [key, { start }] of planned) if (keyOf({ ...start, isAllDay: true }) === keyOf(exception)) planned.delete(key);
}
