import type { OpeningTimes, OpenPeriod } from "@rose-ash/shared/contracts/places.ts";
import { nameOfDay } from "../../places/opening-words.ts";
import type { AnyForm, FormError } from "./fields.ts";

const MINUTES_OF_DAY = 1440;
/** Rows of times that a day has in a form: a morning and an afternoon. */
const PERIODS_OF_DAY = 2;

/** The fields of a day's times as a form shows them: opens-<key>-<n>, closes-<key>-<n>. */
export function periodFields(key: string, hours: readonly OpenPeriod[], form: AnyForm | null) {
  const count = Math.max(PERIODS_OF_DAY, hours.length);
  return Array.from({ length: count }, (_, n) => ({
    opensName: `opens-${key}-${n}`,
    closesName: `closes-${key}-${n}`,
    opens: form ? (form[`opens-${key}-${n}`] ?? "") : clockOf(hours[n]?.opensMinute),
    closes: form ? (form[`closes-${key}-${n}`] ?? "") : clockOf(hours[n]?.closesMinute),
  }));
}

/** What a form says of a day. label: what the day is called in a message. */
export function readPeriods(form: AnyForm, key: string, label: string): { hours: OpenPeriod[]; errors: FormError[] } {
  const hours: OpenPeriod[] = [];
  const errors: FormError[] = [];
  for (let n = 0; n < MAX_PERIODS; n++) {
    const [opens = "", closes = ""] = [form[`opens-${key}-${n}`], form[`closes-${key}-${n}`]];
    if (opens === "" && closes === "") continue;
    const period = periodOf(opens, closes);
    if (period === null)
      errors.push({ field: `opens-${key}-${n}`, message: `${label}: from when until when, both of them and not the same.` });
    else hours.push(period);
  }
  hours.sort((a, b) => a.opensMinute - b.opensMinute);
  const isApart = hours.every((period, at) => at === 0 || period.opensMinute >= (hours[at - 1]?.closesMinute ?? 0));
  if (!isApart) errors.push({ field: `opens-${key}-0`, message: `${label}: one begins before the other has ended.` });
  return { hours, errors };
}

/** The whole week of a form. */
export function readWeek(form: AnyForm): { week: OpeningTimes["week"]; errors: readonly FormError[] } {
  const days = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...readPeriods(form, String(weekday), nameOfDay(weekday)) }));
  return {
    week: days.flatMap(({ weekday, hours }) => hours.map((period) => ({ weekday, ...period }))),
    errors: days.flatMap(({ errors }) => errors),
  };
}

const MAX_PERIODS = 6;

/** What closes at an earlier time than it opens closes the next day; midnight to midnight is the whole day. */
function periodOf(opens: string, closes: string): OpenPeriod | null {
  const [opensMinute, closesMinute] = [minuteOf(opens), minuteOf(closes)];
  if (opensMinute === null || closesMinute === null) return null;
  if (closesMinute > opensMinute) return { opensMinute, closesMinute };
  if (closesMinute === opensMinute && opensMinute !== 0) return null;
  return { opensMinute, closesMinute: closesMinute + MINUTES_OF_DAY };
}

function minuteOf(clock: string): number | null {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)(?::\d\d)?$/.exec(clock) ?? [];
  return hour === undefined ? null : Number(hour) * 60 + Number(minute);
}

function clockOf(minuteOfDay: number | undefined): string {
  if (minuteOfDay === undefined) return "";
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(minuteOfDay / 60) % 24)}:${two(minuteOfDay % 60)}`;
}
