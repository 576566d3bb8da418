import { Temporal } from "temporal-polyfill";
import { type Moment, readRecurrence, recurrenceLines, zoned } from "../../infrastructure/ical/index.ts";
import { startsOf } from "../../infrastructure/recurrence/index.ts";

/** The lines of a series before one of its starts, and those from it on. */
export interface SplitSeries {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * Cuts what repeats a series in two: rules end before `at`, and count on after it by what is left to count. Dates and exceptions go
 * where they belong. start: of the series; at: the planned start that is the first of the second part.
 */
export function splitSeries(lines: readonly string[], start: Moment, at: Moment): SplitSeries {
  const { rules, exceptRules, dates, exceptDates } = readRecurrence(lines);
  const isBefore = (moment: Moment) => zoned(moment).epochMilliseconds < zoned(at).epochMilliseconds;
  const cut = (rule: string) => endBefore(rule, start, at);
  const rest = (rule: string) => countOn(rule, start, at);
  return {
    before: recurrenceLines({
      rules: rules.map(cut),
      exceptRules: exceptRules.map(cut),
      dates: dates.filter((date) => isBefore(date.start)),
      exceptDates: exceptDates.filter(isBefore),
    }),
    after: recurrenceLines({
      rules: rules.flatMap(rest),
      exceptRules: exceptRules.flatMap(rest),
      dates: dates.filter((date) => !isBefore(date.start)),
      exceptDates: exceptDates.filter((date) => !isBefore(date)),
    }),
  };
}

function partsOf(rule: string): string[] {
  return rule.split(";").filter((part) => part !== "");
}

const isEnd = (part: string) => /^(COUNT|UNTIL)=/i.test(part);

function endBefore(rule: string, start: Moment, at: Moment): string {
  const own = partsOf(rule).find((part) => /^UNTIL=/i.test(part));
  const until = untilBefore(start, at);
  const sooner = own !== undefined && own.slice(6).replace(/Z$/i, "") < until.replace(/Z$/, "");
  return [...partsOf(rule).filter((part) => !isEnd(part)), sooner ? own : `UNTIL=${until}`].join(";");
}

/** RFC 5545, 3.3.10: a day for days, an instant for what has a zone, a clock for what floats. */
function untilBefore(start: Moment, at: Moment): string {
  const compact = (local: Temporal.PlainDateTime) => local.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "");
  if (start.isAllDay) return compact(at.local.subtract({ days: 1 })).slice(0, 8);
  if (start.zone === null) return compact(at.local.subtract({ seconds: 1 }));
  return `${compact(zoned(at).subtract({ seconds: 1 }).withTimeZone("UTC").toPlainDateTime())}Z`;
}

/** Without a count as it is; else with what is left of it, or none where nothing is. */
function countOn(rule: string, start: Moment, at: Moment): string[] {
  const count = partsOf(rule).find((part) => /^COUNT=/i.test(part));
  if (count === undefined) return [rule];
  const window = { from: Temporal.Instant.from("1000-01-01T00:00Z"), to: zoned(at).toInstant() };
  const left = Number(count.slice(6)) - startsOf(rule, start, window).starts.length;
  return left > 0
    ? [
        partsOf(rule)
          .map((part) => (part === count ? `COUNT=${left}` : part))
          .join(";"),
      ]
    : [];
}
