import type { Temporal } from "temporal-polyfill";
import type { Moment } from "../ical/index.ts";
import type { DayFrequency, DayRule, RuleDay } from "./day-rule.ts";

const FREQUENCIES: Readonly<Record<string, DayFrequency>> = { YEARLY: "YEARLY", MONTHLY: "MONTHLY", WEEKLY: "WEEKLY", DAILY: "DAILY" };
const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/**
 * A rule of days by its parts (RFC 5545, 3.3.10); null: it is of another kind. until: its end, which is read already. Throws, with the
 * part, for what is none.
 */
export function readDayRule(parts: ReadonlyMap<string, string>, start: Moment, until: Temporal.Instant | null): DayRule | null {
  const frequency = FREQUENCIES[parts.get("FREQ") ?? ""];
  if (frequency === undefined || isOfOtherCalendar(parts)) return null;
  const whole = (name: string, range: readonly [number, number]) => numbersOf(parts, name, { range, isSigned: false });
  const signed = (name: string, most: number) => numbersOf(parts, name, { range: [1, most], isSigned: true });
  const most = Number.MAX_SAFE_INTEGER;
  return {
    ...{ frequency, until, interval: whole("INTERVAL", [1, most])[0] ?? 1, count: whole("COUNT", [1, most])[0] ?? null },
    ...{ weekStart: weekdayIn(parts.get("WKST") ?? "MO"), months: whole("BYMONTH", [1, 12]), weeks: signed("BYWEEKNO", 53) },
    ...{ yearDays: signed("BYYEARDAY", 366), monthDays: signed("BYMONTHDAY", 31), positions: signed("BYSETPOS", 50_000) },
    days: (parts.get("BYDAY")?.split(",") ?? []).map((day) => ruleDay(day, frequency)),
    seconds: secondsOf(parts, start),
  };
}

/** Whether years and months are another calendar's, or days that are skipped are moved (RFC 7529). */
function isOfOtherCalendar(parts: ReadonlyMap<string, string>): boolean {
  return !["GREGORIAN", "GREGORY"].includes(parts.get("RSCALE") ?? "GREGORIAN") || (parts.get("SKIP") ?? "OMIT") !== "OMIT";
}

/** At which seconds of a day it takes place, in order. A leap second is the one before it. What takes whole days knows no clock, whatever its rule says. */
function secondsOf(parts: ReadonlyMap<string, string>, { local, isAllDay }: Moment): readonly number[] {
  if (isAllDay) return [0];
  const given = (name: string, most: number, own: number) => {
    const numbers = numbersOf(parts, name, { range: [0, most], isSigned: false });
    return numbers.length === 0 ? [own] : numbers;
  };
  const hours = given("BYHOUR", 23, local.hour);
  const minutes = given("BYMINUTE", 59, local.minute);
  const seconds = given("BYSECOND", 60, local.second).map((second) => Math.min(second, 59));
  const all = hours.flatMap((hour) => minutes.flatMap((minute) => seconds.map((second) => (hour * 60 + minute) * 60 + second)));
  return [...new Set(all)].toSorted((one, other) => one - other);
}

interface Range {
  readonly range: readonly [number, number];
  /** It may count from the end. */
  readonly isSigned: boolean;
}

function numbersOf(parts: ReadonlyMap<string, string>, name: string, { range: [least, most], isSigned }: Range): readonly number[] {
  const text = parts.get(name);
  if (text === undefined) return [];
  return text.split(",").map((one) => {
    const number = /^[+-]?\d{1,15}$/.test(one) ? Number(one) : Number.NaN;
    const size = isSigned ? Math.abs(number) : number;
    if (!(size >= least && size <= most)) throw new Error(`${name}=${text}`);
    return number;
  });
}

function weekdayIn(text: string): number {
  const weekday = WEEKDAYS.indexOf(text);
  if (weekday < 0) throw new Error(`${text} is no day of the week`);
  return weekday;
}

/** Which of its month or year is said of those only: of a week there is one of each. */
function ruleDay(text: string, frequency: DayFrequency): RuleDay {
  const [, nth = "", day = ""] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text) ?? [];
  const number = nth === "" ? null : Number(nth);
  if (number !== null && (number === 0 || Math.abs(number) > 53)) throw new Error(`BYDAY=${text}`);
  return { weekday: weekdayIn(day || text), nth: frequency === "MONTHLY" || frequency === "YEARLY" ? number : null };
}
