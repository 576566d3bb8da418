const DAY_MS = 86_400_000;
const FIRST_MONTH = "2000-01";
const LAST_MONTH = "2099-12";
// making a format takes far longer than using it; there are only so many zones
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const formats = new Map<string, Intl.DateTimeFormat>();

/** A day of the grid: on as YYYY-MM-DD. */
interface GridDay {
  on: string;
  day: number;
  isInMonth: boolean;
}

/** A month as whole weeks from Monday. Days have no zone here. At either end of time previous or next is the month itself. */
export interface MonthGrid {
  month: string;
  label: string;
  previous: string;
  next: string;
  weeks: GridDay[][];
  firstOn: string;
  lastOn: string;
}

/** The grid of YYYY-MM; null for what is not a month of this century. */
export function monthGrid(month: string): MonthGrid | null {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (year === undefined || number === undefined || month < FIRST_MONTH || month > LAST_MONTH) return null;
  const first = Date.UTC(Number(year), Number(number) - 1, 1);
  const last = Date.UTC(Number(year), Number(number), 0);
  const monday = first - daysSinceMonday(first) * DAY_MS;
  const sunday = last + (6 - daysSinceMonday(last)) * DAY_MS;
  return {
    month,
    label: MONTH.format(first),
    previous: month === FIRST_MONTH ? month : dayOf(first - DAY_MS).slice(0, 7),
    next: month === LAST_MONTH ? month : dayOf(last + DAY_MS).slice(0, 7),
    weeks: weeksFrom(monday, sunday, month),
    firstOn: dayOf(monday),
    lastOn: dayOf(sunday),
  };
}

/** The day, YYYY-MM-DD, that it is in a zone at an instant. */
export function dayIn(zone: string, at: Date): string {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone }); // Sweden writes days as ISO 8601 does
    formats.set(zone, format);
  }
  return format.format(at);
}

/** Whether it is a day of this century, YYYY-MM-DD. */
export function isDay(on: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(on)) return false;
  const at = Date.parse(`${on}T00:00:00Z`);
  return !Number.isNaN(at) && dayOf(at) === on && on.slice(0, 7) >= FIRST_MONTH && on.slice(0, 7) <= LAST_MONTH;
}

function weeksFrom(monday: number, sunday: number, month: string): GridDay[][] {
  const weeks: GridDay[][] = [];
  for (let start = monday; start <= sunday; start += 7 * DAY_MS) {
    weeks.push(
      Array.from({ length: 7 }, (_, index) => {
        const on = dayOf(start + index * DAY_MS);
        return { on, day: Number(on.slice(8)), isInMonth: on.startsWith(month) };
      }),
    );
  }
  return weeks;
}

function daysSinceMonday(utc: number): number {
  return (new Date(utc).getUTCDay() + 6) % 7;
}

function dayOf(utc: number): string {
  return new Date(utc).toISOString().slice(0, 10);
}
