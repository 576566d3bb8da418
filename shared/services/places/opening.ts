import type { OpenDay, Opening, OpeningTimes } from "../../contracts/places.ts";
import { instantOf, wallClockOf } from "../../infrastructure/zoned-time.ts";

/** So far ahead an opening is looked for: a place that is closed for longer does not say when it opens. */
const HORIZON_DAYS = 400;
/** Who stays open longer than this from now on does not say when it closes. */
const LONGEST_OPEN_MS = 8 * 86_400_000;
const DAY_MS = 86_400_000;

/**
 * Whether a place is open at this moment, and until when it stays so, by the clocks of its zone: on the day of a change to summer
 * time it opens at the hour on the door, and is open for longer or shorter. Hours that touch are one.
 */
export function openingAt(times: OpeningTimes, now: Date): Opening {
  const today = dayAt(times, now);
  const midnight = startOf(dayAfter(today.on, 1), times.zone);
  const { isOpen, changesAt } = stateAt(times, now, today.on);
  const goodUntil = changesAt !== null && changesAt < midnight ? changesAt : midnight;
  return { isOpen, changesAt, note: today.note, asOf: now, goodUntil };
}

/** The day at the place at this moment, with its hours. */
export function dayAt(times: OpeningTimes, now: Date): OpenDay {
  return dayOf(times, dayIn(now, times.zone));
}

/** So many days from the one that it is at the place. */
export function daysFrom(times: OpeningTimes, now: Date, count: number): OpenDay[] {
  const today = dayIn(now, times.zone);
  return Array.from({ length: count }, (_, n) => dayOf(times, dayAfter(today, n)));
}

/** A day, YYYY-MM-DD, with the hours that hold on it. */
export function dayOf({ week, exceptions }: OpeningTimes, on: string): OpenDay {
  const weekday = new Date(on).getUTCDay() || 7;
  const exception = exceptions.find(({ day }) => day === on);
  const hours = exception?.hours ?? week.filter((period) => period.weekday === weekday);
  const sorted = hours.map(({ opensMinute, closesMinute }) => ({ opensMinute, closesMinute }));
  sorted.sort((a, b) => a.opensMinute - b.opensMinute);
  return { on, weekday, hours: sorted, note: exception?.note ?? "", isException: exception !== undefined };
}

/** The day so many days after another, YYYY-MM-DD. */
export function dayAfter(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** What day it is there. */
export function dayIn(instant: Date, zone: string): string {
  const { year, month, day } = wallClockOf(instant, zone);
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

function stateAt(times: OpeningTimes, now: Date, today: string): Pick<Opening, "isOpen" | "changesAt"> {
  let closesAt: Date | null = null;
  for (const period of periodsFrom(times, dayAfter(today, -1))) {
    if (period.closesAt <= now) continue;
    if (closesAt === null) {
      if (period.opensAt > now) return { isOpen: false, changesAt: period.opensAt };
      closesAt = period.closesAt;
    } else if (period.opensAt > closesAt) break;
    else if (period.closesAt > closesAt) closesAt = period.closesAt;
    if (closesAt.getTime() - now.getTime() > LONGEST_OPEN_MS) return { isOpen: true, changesAt: null };
  }
  return { isOpen: closesAt !== null, changesAt: closesAt };
}

/** In their order, from those of a day on; made one by one, as most askers need but the first. */
function* periodsFrom(times: OpeningTimes, day: string): Generator<{ opensAt: Date; closesAt: Date }> {
  const { zone, week, exceptions } = times;
  const last =
    exceptions
      .map(({ day }) => day)
      .sort()
      .at(-1) ?? "";
  for (let n = 0; n < HORIZON_DAYS; n++) {
    const on = dayAfter(day, n);
    if (week.length === 0 && on > last) return;
    for (const { opensMinute, closesMinute } of dayOf(times, on).hours) {
      const [opensAt, closesAt] = [instantAt(on, opensMinute, zone), instantAt(on, closesMinute, zone)];
      if (opensAt < closesAt) yield { opensAt, closesAt }; // an hour that a change of clocks leaves out is none
    }
  }
}

function startOf(day: string, zone: string): Date {
  return instantAt(day, 0, zone);
}

function instantAt(on: string, minuteOfDay: number, zone: string): Date {
  const [year = 0, month = 0, day = 0] = on.split("-").map(Number);
  return instantOf({ year, month, day, hour: Math.floor(minuteOfDay / 60), minute: minuteOfDay % 60 }, zone);
}
