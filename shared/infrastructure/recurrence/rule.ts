import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import { type Moment, zoned } from "../ical/index.ts";
import { startsOfDayRule } from "./day-rule.ts";
import { readDayRule } from "./read-day-rule.ts";
import type { Window } from "./window.ts";

/** The starts that a rule gives in a window, in order; trouble: why there are fewer than it says, in words that follow its name. */
export interface RuleStarts {
  readonly starts: readonly Temporal.ZonedDateTime[];
  readonly trouble: string | null;
}

/** More in one window is no calendar: a rule of every second has 86,400 a day. */
const MOST_STARTS = 10_000;
/** Periods that are looked at before a rule counts as one that never comes again. */
const PERIODS = 10_000;
const MOST_PERIODS = 50_000;
const MOST_CANDIDATES = 100_000;

/**
 * The starts of one RRULE (RFC 5545, 3.3.10; RFC 7529) of a series that starts at `start`: rules of days are reckoned here, those of hours
 * and less, and of other calendars, by a library. Bounded whatever the rule is: 30 February never comes, and every second comes too
 * often. Never throws.
 */
export function startsOf(rule: string, start: Moment, { from, to }: Window): RuleStarts {
  const starts: Temporal.ZonedDateTime[] = [];
  const parts = partsOf(rule);
  if (isNever(parts)) return { starts, trouble: null };
  try {
    const until = parts.get("UNTIL");
    const end = until === undefined ? null : instantOf(untilOf(until, start));
    const ofDays = readDayRule(parts, start, end);
    if (ofDays !== null) {
      const found = startsOfDayRule(ofDays, start, { from, to }, MOST_STARTS);
      return { starts: found.starts, trouble: found.isWhole ? null : `its rule “${rule}” comes too often, or never again` };
    }
    endByCount(parts, start);
    const text = normalised(parts, start);
    if (isTooOften(parts, start, { from, to })) return { starts, trouble: `its rule “${rule}” comes too often` };
    const series = new RRuleTemporal({ rruleString: text, dtstart: zoned(start), temporal: Temporal, ...boundsOf(parts) });
    if (!parts.has("COUNT"))
      return { starts: limited(series.between(from.toZonedDateTimeISO("UTC"), justBefore(to), true)), trouble: null };
    series.all((at) => {
      if (Temporal.Instant.compare(at.toInstant(), to) >= 0 || starts.length >= MOST_STARTS) return false;
      if (Temporal.Instant.compare(at.toInstant(), from) >= 0) starts.push(at);
      return true;
    });
    return { starts, trouble: null };
  } catch (error) {
    return { starts, trouble: troubleOf(error, rule) };
  }
}

const SECONDS: Readonly<Record<string, number>> = { HOURLY: 3_600, MINUTELY: 60, SECONDLY: 1 };
const LAST = Temporal.Instant.from("9999-12-31T23:59:59Z");

/** Where every so many hours, minutes or seconds one comes, the last of them is reckoned and not counted: nobody waits for a milliard. */
function endByCount(parts: Map<string, string>, start: Moment): void {
  const [count, seconds, interval] = [Number(parts.get("COUNT")), SECONDS[parts.get("FREQ") ?? ""], Number(parts.get("INTERVAL") ?? 1)];
  const isPlain = [...parts.keys()].every((name) => ["FREQ", "COUNT", "INTERVAL", "WKST"].includes(name));
  if (seconds === undefined || !isPlain || !Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(interval) || interval < 1)
    return;
  const first = zoned(start).toInstant();
  const span = seconds * interval * (count - 1);
  const room = LAST.since(first).total("seconds");
  const last = first.add({ seconds: Math.min(span, Math.floor(room)) });
  parts.delete("COUNT");
  parts.set("UNTIL", last.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, ""));
}

/** Parts that take no start away from a rule of such a frequency. */
const ADDING = new Set(["FREQ", "INTERVAL", "WKST", "UNTIL"]);

/** Whether more starts lie in the window than are given, as simple reckoning shows without making one of them. */
function isTooOften(parts: ReadonlyMap<string, string>, start: Moment, { from, to }: Window): boolean {
  const [frequency, interval] = [parts.get("FREQ") ?? "", Number(parts.get("INTERVAL") ?? 1)];
  const seconds = SECONDS[frequency];
  const adds = (name: string) =>
    ADDING.has(name) || (name === "BYSECOND" && frequency !== "SECONDLY") || (name === "BYMINUTE" && frequency === "HOURLY");
  if (seconds === undefined || !(interval >= 1) || ![...parts.keys()].every(adds)) return false;
  const until = parts.get("UNTIL");
  const last = until === undefined ? Number.POSITIVE_INFINITY : instantOf(untilOf(until, start)).epochMilliseconds;
  const begins = Math.max(from.epochMilliseconds, zoned(start).epochMilliseconds);
  const span = Math.min(to.epochMilliseconds, last) - begins;
  return span / (seconds * interval * 1000) > MOST_STARTS;
}

/** A rule that counts further looks further. */
function boundsOf(parts: ReadonlyMap<string, string>): { maxIterations: number; maxCandidateEvaluations: number } {
  const count = Math.min(Number(parts.get("COUNT") ?? 0), MOST_PERIODS);
  return { maxIterations: Math.max(PERIODS, count), maxCandidateEvaluations: MOST_CANDIDATES };
}

const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether it asks for days that no month of its months has, as 30 February: that is known without looking for them. */
function isNever(parts: ReadonlyMap<string, string>): boolean {
  if (parts.has("RSCALE") || parts.has("SKIP")) return false;
  const numbers = (name: string) => parts.get(name)?.split(",").map(Number);
  const [months, days] = [numbers("BYMONTH"), numbers("BYMONTHDAY")];
  if (!months || !days) return false;
  return months.every((month) => days.every((day) => Math.abs(day) > (LONGEST[month - 1] ?? 0)));
}

const justBefore = (instant: Temporal.Instant) => instant.subtract({ nanoseconds: 1 }).toZonedDateTimeISO("UTC");

function limited(starts: readonly Temporal.ZonedDateTime[]): readonly Temporal.ZonedDateTime[] {
  return starts.slice(0, MOST_STARTS);
}

function troubleOf(error: unknown, rule: string): string | null {
  const words = error instanceof Error ? error.message : String(error);
  if (!words.startsWith("Maximum")) return `its rule “${rule}” can’t be understood: ${words}`;
  return `its rule “${rule}” comes too often, or never again`;
}

/** The parts of a rule by their names, in upper case. BYWEEKDAY is what old programs call BYDAY. */
function partsOf(rule: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of rule.toUpperCase().replaceAll(/\s/g, "").split(";")) {
    const [name = "", value = ""] = part.split("=", 2);
    if (value !== "" && !name.startsWith("X-")) parts.set(name === "BYWEEKDAY" ? "BYDAY" : name, value);
  }
  return parts;
}

/** As RFC 7529 names them: by their names in CLDR. */
const CALENDARS: ReadonlySet<string> = new Set(Intl.supportedValuesOf("calendar").map((name) => name.toUpperCase()));

/** What the library reads otherwise than calendars mean it. */
function normalised(parts: ReadonlyMap<string, string>, start: Moment): string {
  const text = new Map(parts);
  const count = parts.get("COUNT");
  if (count !== undefined && !/^[1-9]\d*$/.test(count)) throw new Error(`COUNT=${count}`);
  const until = parts.get("UNTIL");
  if (until !== undefined) text.set("UNTIL", untilOf(until, start));
  const scale = parts.get("RSCALE") ?? "GREGORIAN";
  if (scale !== "GREGORIAN" && !CALENDARS.has(scale)) throw new Error(`RSCALE=${scale}`);
  if (parts.has("SKIP")) text.set("RSCALE", scale);
  const isOfMonths = parts.get("FREQ") === "MONTHLY" && parts.has("BYMONTH");
  if (isOfMonths && Number(parts.get("INTERVAL") ?? 1) === 1 && !parts.has("BYSETPOS")) text.set("FREQ", "YEARLY"); // the library looks at all months there
  if (parts.get("BYSECOND")?.split(",").includes("60")) text.set("BYSECOND", (parts.get("BYSECOND") ?? "").replaceAll(/\b60\b/g, "59"));
  return [...text].map(([name, value]) => `${name}=${value}`).join(";");
}

/** Of a text like 20261231T235959Z. */
function instantOf(text: string): Temporal.Instant {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(text) ?? [];
  if (year === undefined) throw new Error(`UNTIL=${text}`);
  return Temporal.Instant.from(`${year}-${month}-${day}T${hour}:${minute}:${second === "60" ? "59" : second}Z`);
}

/** The last start as an instant: a time without a zone is meant by the clock of the series, a day with all its hours. */
function untilOf(until: string, start: Moment): string {
  if (until.endsWith("Z")) return until;
  const [, year, month, day, hour = "23", minute = "59", second = "59"] = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?$/.exec(until) ?? [];
  if (year === undefined) throw new Error(`UNTIL=${until}`);
  const local = Temporal.PlainDateTime.from(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
  return local
    .toZonedDateTime(start.zone ?? "UTC")
    .toInstant()
    .toString()
    .replaceAll(/[-:]/g, "");
}
