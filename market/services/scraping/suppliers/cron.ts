/** The parts of a time as cron counts them, in UTC, with their least and greatest. */
const PARTS: readonly [least: number, most: number, of: (at: Date) => number][] = [
  [0, 59, (at) => at.getUTCMinutes()],
  [0, 23, (at) => at.getUTCHours()],
  [1, 31, (at) => at.getUTCDate()],
  [1, 12, (at) => at.getUTCMonth() + 1],
  [0, 7, (at) => at.getUTCDay()], // 7 is Sunday, too
];
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const FOUR_YEARS_MS = 4 * 366 * DAY_MS; // the 29th of February

/** Whether a text is five fields as cron writes them: numbers, "*", ranges, steps and lists of these. */
export function isCron(text: string): boolean {
  const fields = text.trim().split(/\s+/);
  return fields.length === PARTS.length && fields.every((field, index) => valuesOf(field, PARTS[index] ?? [0, 0]) !== null);
}

/** The last time at or before `now` that the text names, not before `from`; null: there is none. Where day and weekday are both named, either will do, as in cron. */
export function lastTime(text: string, from: Date, now: Date): Date | null {
  const { isDay, isMinute } = readCron(text);
  for (let time = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS; time >= from.getTime(); time -= MINUTE_MS) {
    const at = new Date(time);
    if (isMinute(at) && isDay(at)) return at;
  }
  return null;
}

/** The first time after `now` that the text names; null: there is none within four years. */
export function nextTime(text: string, now: Date): Date | null {
  const { isDay, isMinute } = readCron(text);
  const last = now.getTime() + FOUR_YEARS_MS;
  for (let time = (Math.floor(now.getTime() / MINUTE_MS) + 1) * MINUTE_MS; time < last; ) {
    const at = new Date(time);
    if (!isDay(at)) time = Math.floor(time / DAY_MS) * DAY_MS + DAY_MS;
    else if (isMinute(at)) return at;
    else time += MINUTE_MS;
  }
  return null;
}

/** Whether a time is on one of the days, and at one of the minutes, that the text names. */
function readCron(text: string): { isDay(at: Date): boolean; isMinute(at: Date): boolean } {
  const fields = text.trim().split(/\s+/);
  const sets = fields.map((field, index) => valuesOf(field, PARTS[index] ?? [0, 0]) ?? new Set<number>());
  const fits = (at: Date, index: number) => sets[index]?.has(PARTS[index]?.[2](at) ?? -1) ?? false;
  const isNamed = (index: number) => !fields[index]?.startsWith("*");
  return {
    isDay: (at) => fits(at, 3) && (isNamed(2) && isNamed(4) ? fits(at, 2) || fits(at, 4) : fits(at, 2) && fits(at, 4)),
    isMinute: (at) => fits(at, 0) && fits(at, 1),
  };
}

function valuesOf(field: string, [least, most]: readonly [number, number, ...unknown[]]): Set<number> | null {
  const values = new Set<number>();
  for (const piece of field.split(",")) {
    const [, star, first, last, step] = /^(?:(\*)|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(piece) ?? [];
    if (star === undefined && first === undefined) return null;
    const from = first === undefined ? least : Number(first);
    const to = first === undefined || (last === undefined && step !== undefined) ? most : Number(last ?? first);
    const by = step === undefined ? 1 : Number(step);
    if (by < 1 || from < least || to > most || from > to) return null;
    for (let value = from; value <= to; value += by) values.add(most === 7 && value === 7 ? 0 : value);
  }
  return values;
}
