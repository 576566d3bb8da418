import { Temporal } from "temporal-polyfill";
import { type Moment, zoned } from "../ical/index.ts";
import { dayOf, dayOfYear, daysInMonth, fieldsOf, weekdayOf, weekOf, yearLength } from "./days.ts";
import type { Window } from "./window.ts";

/** The frequencies whose periods are made of days. */
export type DayFrequency = "YEARLY" | "MONTHLY" | "WEEKLY" | "DAILY";

/** A weekday, 0 is Monday; nth: which of its month or year, from its end where negative; null: each. */
export interface RuleDay {
  readonly weekday: number;
  readonly nth: number | null;
}

/** A rule of days, as numbers; an empty list says nothing. weekStart: 0 is Monday. seconds: of a day, at which it takes place. */
export interface DayRule {
  readonly frequency: DayFrequency;
  readonly interval: number;
  readonly count: number | null;
  readonly until: Temporal.Instant | null;
  readonly weekStart: number;
  readonly months: readonly number[];
  readonly weeks: readonly number[];
  readonly yearDays: readonly number[];
  readonly monthDays: readonly number[];
  readonly days: readonly RuleDay[];
  readonly seconds: readonly number[];
  readonly positions: readonly number[];
}

/** More days are not looked at: what did not come by then comes too seldom to wait for. */
const MOST_DAYS = 6_000_000;
/** More of a count are not counted through. */
const MOST_COUNTED = 200_000;

/**
 * The starts of a rule in a window, in order, no more than `most` of them; isWhole: whether those are all. A period is looked at as the
 * set of its days that every part of the rule lets stand (RFC 5545, 3.3.10), times that clocks skip are none, and positions are counted
 * among what is left.
 */
export function startsOfDayRule(
  rule: DayRule,
  start: Moment,
  { from, to }: Window,
  most: number,
): { starts: readonly Temporal.ZonedDateTime[]; isWhole: boolean } {
  const starts: Temporal.ZonedDateTime[] = [];
  const first = zoned(start).epochMilliseconds;
  const end = Math.min(to.epochMilliseconds, (rule.until?.epochMilliseconds ?? Number.POSITIVE_INFINITY) + 1);
  const matches = dayFilter(rule, start);
  let [looked, counted] = [0, 0];
  for (const days of periods(rule, start, rule.count === null ? from : null)) {
    const [begins = 0] = days;
    // a zone may be a day away from UTC
    if ((begins - 1) * DAY_MS >= end) return { starts, isWhole: true };
    looked += days.length;
    if (looked > MOST_DAYS || counted > MOST_COUNTED) return { starts, isWhole: false };
    for (const at of positioned(timesOn(days.filter(matches), rule, start), rule.positions)) {
      const instant = at.epochMilliseconds;
      if (instant < first) continue;
      counted += 1;
      if (instant >= end || (rule.count !== null && counted > rule.count)) return { starts, isWhole: true };
      if (instant < from.epochMilliseconds) continue;
      if (starts.length >= most) return { starts, isWhole: false };
      starts.push(at);
    }
    if (rule.count !== null && counted >= rule.count) return { starts, isWhole: true };
  }
  return { starts, isWhole: true };
}

const DAY_MS = 86_400_000;
/** 31 December 9999 is the last day that a calendar can name. */
const LAST_DAY = dayOf(9999, 12, 31);

/** Days since 1970 of each period, from the one in which the series starts, or that in which the window does where nothing is counted. */
function* periods({ frequency, interval, weekStart }: DayRule, start: Moment, from: Temporal.Instant | null): Generator<number[]> {
  const { year, month, day } = start.local;
  const begun = dayOf(year, month, day);
  const wanted = from === null ? begun : Math.max(begun, Math.floor(from.epochMilliseconds / DAY_MS) - 2);
  const skipped = (periodsBetween: number) => Math.max(0, Math.floor(periodsBetween / interval) - 1);
  const at = fieldsOf(wanted);
  switch (frequency) {
    case "YEARLY":
      for (let its = year + skipped(at.year - year) * interval; its <= 9999; its += interval)
        yield daysFrom(dayOf(its, 1, 1), yearLength(its));
      return;
    case "MONTHLY": {
      const months = (of: { year: number; month: number }) => of.year * 12 + of.month - 1;
      const own = months({ year, month });
      for (let its = own + skipped(months(at) - own) * interval; its < 120_000; its += interval) {
        const of = { year: Math.floor(its / 12), month: (its % 12) + 1 };
        yield daysFrom(dayOf(of.year, of.month, 1), daysInMonth(of.year, of.month));
      }
      return;
    }
    case "WEEKLY": {
      const monday = begun - ((weekdayOf(begun) - weekStart + 7) % 7);
      for (let its = monday + skipped((wanted - monday) / 7) * interval * 7; its <= LAST_DAY; its += interval * 7) yield daysFrom(its, 7);
      return;
    }
    case "DAILY":
      for (let its = begun + skipped(wanted - begun) * interval; its <= LAST_DAY; its += interval) yield [its];
  }
}

function daysFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => first + at);
}

/** Whether all parts of a rule let a day stand. What none of them says is as the series starts. */
function dayFilter(rule: DayRule, start: Moment): (day: number) => boolean {
  const { frequency, months, weeks, yearDays, monthDays, days, weekStart } = filled(rule, start);
  const isNthOfMonth = frequency === "MONTHLY" || (frequency === "YEARLY" && months.length > 0);
  const isOfWeeks = (day: number) => {
    const { week, count } = weekOf(day, weekStart);
    return isCounted(weeks, week, count);
  };
  return (day) => {
    const { year, month, dayOfMonth } = fieldsOf(day);
    if (months.length > 0 && !months.includes(month)) return false;
    if (monthDays.length > 0 && !isCounted(monthDays, dayOfMonth, daysInMonth(year, month))) return false;
    if (yearDays.length > 0 && !isCounted(yearDays, dayOfYear(day), yearLength(year))) return false;
    if (weeks.length > 0 && !isOfWeeks(day)) return false;
    if (days.length === 0) return true;
    const [its, length] = isNthOfMonth ? [dayOfMonth, daysInMonth(year, month)] : [dayOfYear(day), yearLength(year)];
    const nth = Math.ceil(its / 7);
    const last = -Math.ceil((length - its + 1) / 7);
    return days.some((one) => one.weekday === weekdayOf(day) && (one.nth === null || one.nth === nth || one.nth === last));
  };
}

/** What a rule leaves open; a week by its number is the whole week. */
function filled(rule: DayRule, { local }: Moment): DayRule {
  const { frequency, months, weeks, yearDays, monthDays, days } = rule;
  if (weeks.length + yearDays.length + monthDays.length + days.length > 0 || frequency === "DAILY") return rule;
  if (frequency === "WEEKLY") return { ...rule, days: [{ weekday: local.dayOfWeek - 1, nth: null }] };
  const isOfMonths = frequency === "MONTHLY" || months.length > 0;
  return { ...rule, monthDays: [local.day], months: isOfMonths ? months : [local.month] };
}

/** Whether a number, from 1 to `count`, is among some that may count from the end. */
function isCounted(among: readonly number[], number: number, count: number): boolean {
  return among.includes(number) || among.includes(number - count - 1);
}

function timesOn(days: readonly number[], { seconds }: DayRule, start: Moment): readonly Temporal.ZonedDateTime[] {
  return days.flatMap((day) => {
    const { year, month, dayOfMonth } = fieldsOf(day);
    return seconds.flatMap((second) => {
      const clock = { hour: Math.floor(second / 3_600), minute: Math.floor(second / 60) % 60, second: second % 60 };
      const local = Temporal.PlainDateTime.from({ year, month, day: dayOfMonth, ...clock });
      const at = zoned({ ...start, local });
      return at.hour === clock.hour && at.minute === clock.minute ? [at] : []; // a time that clocks skip is none
    });
  });
}

function positioned(times: readonly Temporal.ZonedDateTime[], positions: readonly number[]): readonly Temporal.ZonedDateTime[] {
  if (positions.length === 0) return times;
  return times.filter((_, at) => isCounted(positions, at + 1, times.length));
}
