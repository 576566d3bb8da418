/** A wall clock reading; month counts from 1. hour may be 24 or more: it runs on into the next days. */
export interface WallClock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/**
 * The instant at which clocks in the IANA zone show this. A reading that a change to summer time skips means the instant
 * as far after the change; of a reading that comes twice, the first is meant.
 */
export function instantOf(wall: WallClock, zone: string): Date {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  const before = asUtc - offsetAt(asUtc - DAY_MS, zone);
  const after = asUtc - offsetAt(asUtc + DAY_MS, zone);
  // both offsets are tried, since the day around the reading may hold a change of clocks
  return new Date(offsetAt(before, zone) === asUtc - before ? before : offsetAt(after, zone) === asUtc - after ? after : before);
}

/** What a calendar on the wall in the zone shows at this instant. */
export function wallClockOf(instant: Date, zone: string): WallClock {
  const parts = new Map(
    formatter(zone)
      .formatToParts(instant)
      .map((part) => [part.type, Number(part.value)]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return { year: read("year"), month: read("month"), day: read("day"), hour: read("hour"), minute: read("minute") };
}

/** The instant that a form's datetime-local control means in the zone: "2026-12-24T18:00". null: that is no such time. */
export function readLocal(text: string, zone: string): Date | null {
  const [, ...parts] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::\d\d)?$/.exec(text) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.map(Number);
  const isReal = new Date(Date.UTC(year, month - 1, day, hour, minute)).toISOString().startsWith(text.slice(0, 16));
  return parts.length > 0 && year > 0 && isReal ? instantOf({ year, month, day, hour, minute }, zone) : null;
}

/** An instant as a datetime-local control shows it in the zone. */
export function writeLocal(instant: Date, zone: string): string {
  const { year, month, day, hour, minute } = wallClockOf(instant, zone);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

const DAY_MS = 86_400_000;

/** The day so many days after another, both YYYY-MM-DD; what is no day stays what it is. */
export function addDays(on: string, days: number): string {
  const at = Date.parse(`${on}T00:00:00Z`);
  return Number.isNaN(at) ? on : new Date(at + days * DAY_MS).toISOString().slice(0, 10);
}

/** The Monday of its week; what is no day stays what it is. */
export function mondayOf(on: string): string {
  const at = new Date(`${on}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? on : addDays(on, -((at.getUTCDay() + 6) % 7));
}

/** Milliseconds that the zone's clocks are ahead of UTC. */
function offsetAt(epochMs: number, zone: string): number {
  const { year, month, day, hour, minute } = wallClockOf(new Date(epochMs), zone);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(epochMs / 60_000) * 60_000;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  formatters.set(zone, made);
  return made;
}
