/** The year, the month from 1 and the day from 1 of a day. */
export interface DayFields {
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
}

/** The number of a day that there is, of the years 1 to 9999: days since 1 January 1970. */
export function dayOf(year: number, month: number, dayOfMonth: number): number {
  const years = year - 1;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leapDays + daysBefore(year, month) + dayOfMonth - 1 - DAYS_TO_1970;
}

export function fieldsOf(day: number): DayFields {
  const date = new Date(day * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, dayOfMonth: date.getUTCDate() };
}

/** 0 is Monday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** From 1. */
export function dayOfYear(day: number): number {
  return day - dayOf(fieldsOf(day).year, 1, 1) + 1;
}

export function yearLength(year: number): number {
  return isLeap(year) ? 366 : 365;
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (MONTHS[month - 1] ?? 0);
}

/**
 * The week of a day, and how many its year has, the first being the first with four days of its year (RFC 5545, 3.3.10). weekStart: 0 is
 * Monday.
 */
export function weekOf(day: number, weekStart: number): { week: number; count: number } {
  const { year } = fieldsOf(day);
  const first = [year + 1, year, year - 1].find((one) => firstWeek(one, weekStart) <= day) ?? year;
  const begins = firstWeek(first, weekStart);
  return { week: Math.floor((day - begins) / 7) + 1, count: Math.round((firstWeek(first + 1, weekStart) - begins) / 7) };
}

/** The day on which the first week of a year begins. */
function firstWeek(year: number, weekStart: number): number {
  const fourth = dayOf(year, 1, 4);
  return fourth - ((weekdayOf(fourth) - weekStart + 7) % 7);
}

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_TO_1970 = 719_162;

function daysBefore(year: number, month: number): number {
  const days = MONTHS.slice(0, month - 1).reduce((sum, length) => sum + length, 0);
  return month > 2 && isLeap(year) ? days + 1 : days;
}
