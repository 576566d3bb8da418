import { Temporal } from "temporal-polyfill";

/** A change of a zone's clocks: what they showed before, and by how much they were and are ahead of UTC. */
interface Change {
  readonly local: Temporal.PlainDateTime;
  readonly from: string;
  readonly to: string;
  readonly isSummer: boolean;
}

const written = new Map<string, readonly string[]>();
const MOST_KEPT = 500;
const FIRST_YEAR = 1970;

/**
 * A zone as calendars carry it (RFC 5545, 3.6.5), for programs that don't know it by its name: the changes of the year before the
 * first event, as rules that go on for ever. Programs that know the name, as all of today do, heed what they know of it.
 */
export function writeTimeZone(zone: string, year: number): readonly string[] {
  const from = Math.max(FIRST_YEAR, Math.min(year, 2100) - 1);
  const key = `${zone} ${from}`;
  const known = written.get(key);
  if (known) return known;
  if (written.size >= MOST_KEPT) written.clear();
  const lines = ["BEGIN:VTIMEZONE", `TZID:${zone}`, ...partsOf(zone, from), "END:VTIMEZONE"];
  written.set(key, lines);
  return lines;
}

function partsOf(zone: string, year: number): string[] {
  const changes = changesIn(zone, year);
  if (changes.length === 0) {
    const start = Temporal.PlainDateTime.from({ year, month: 1, day: 1 });
    const offset = offsetOf(start.toZonedDateTime(zone));
    return part("STANDARD", [`DTSTART:${clockOf(start)}`, `TZOFFSETFROM:${offset}`, `TZOFFSETTO:${offset}`]);
  }
  return changes.flatMap((change) =>
    part(change.isSummer ? "DAYLIGHT" : "STANDARD", [
      `DTSTART:${clockOf(change.local)}`,
      ...(changes.length > 1 ? [`RRULE:FREQ=YEARLY;BYMONTH=${change.local.month};BYDAY=${weekdayOf(change.local)}`] : []),
      `TZOFFSETFROM:${change.from}`,
      `TZOFFSETTO:${change.to}`,
    ]),
  );
}

const part = (name: string, lines: readonly string[]) => [`BEGIN:${name}`, ...lines, `END:${name}`];

function changesIn(zone: string, year: number): Change[] {
  const changes: Change[] = [];
  let at = Temporal.PlainDateTime.from({ year, month: 1, day: 1 }).toZonedDateTime(zone);
  for (
    let next = at.getTimeZoneTransition("next");
    next && next.year === year && changes.length < 12;
    next = at.getTimeZoneTransition("next")
  ) {
    const before = next.subtract({ nanoseconds: 1 });
    const local = next.toInstant().toZonedDateTimeISO("UTC").add({ nanoseconds: before.offsetNanoseconds }).toPlainDateTime();
    changes.push({ local, from: offsetOf(before), to: offsetOf(next), isSummer: next.offsetNanoseconds > before.offsetNanoseconds });
    at = next;
  }
  return changes;
}

function offsetOf({ offsetNanoseconds }: Temporal.ZonedDateTime): string {
  const minutes = Math.round(offsetNanoseconds / 60e9);
  const two = (number: number) => String(Math.trunc(number)).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}${two(Math.abs(minutes) % 60)}`;
}

const clockOf = (local: Temporal.PlainDateTime) => local.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "");
const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** "-1SU", or "2SU" where it is not in the month's last week. */
function weekdayOf({ day, daysInMonth, dayOfWeek }: Temporal.PlainDateTime): string {
  return `${day + 7 > daysInMonth ? -1 : Math.ceil(day / 7)}${DAYS[dayOfWeek - 1]}`;
}
