import type { Week, Weekday } from "../content/kinds.ts";

export interface Month {
  year: number;
  month: number;
}

/** The days of the month (1..31) that are this weekday in these weeks, ascending. */
export function daysOf({ year, month }: Month, weekday: Weekday, weeks: readonly Week[]): number[] {
  const first = 1 + ((weekday - isoWeekday(year, month, 1) + 7) % 7);
  const all = [0, 1, 2, 3, 4].map((week) => first + 7 * week).filter((day) => day <= lengthOf(year, month));
  const isWanted = (day: number, index: number) =>
    weeks.some((week) => week === "every" || week === index + 1 || (week === "last" && day === all.at(-1)));
  return all.filter(isWanted);
}

export function monthAfter({ year, month }: Month): Month {
  return month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
}

function lengthOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isoWeekday(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
}
