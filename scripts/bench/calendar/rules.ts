import { readFileSync } from "node:fs";
import { readEvents } from "@rose-ash/shared/infrastructure/ical/index.ts";
import { expand, windowOf } from "@rose-ash/shared/infrastructure/recurrence/index.ts";
import type { Row } from "../table.ts";

const GOAL_MS = 50;

/** What never comes, comes for ever, or is no rule. */
const NOBODY_SHOULD_WRITE = [
  ...["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;COUNT=3;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;COUNT=5;BYMONTH=4,6;BYMONTHDAY=31"],
  ...["FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=SECONDLY;COUNT=9;BYMONTH=2;BYMONTHDAY=30,31", "FREQ=MINUTELY;BYSECOND=0,30"],
  ...["FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=1MO", "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6", "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1"],
  ...["FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=-5", "FREQ=NEVER", "FREQ=MINUTELY;COUNT=999999999", "FREQ=DAILY;INTERVAL=999999999"],
] as const;

const YEAR = windowOf("2026-01-01", "2027-01-01");
const ALWAYS = windowOf("1900-01-01", "9999-01-01");

/** The slowest of the rules that nobody should write; and how many of RRULE_CASES come out as they say. */
export function rules(): Row[] {
  const slowest = NOBODY_SHOULD_WRITE.map((rule) => ({ rule, ms: timeOf(rule) })).sort((one, other) => other.ms - one.ms)[0];
  const ours = slowest?.ms ?? Number.NaN;
  const what = `a rule that never comes or never ends, the slowest of ${NOBODY_SHOULD_WRITE.length} in the window of a year (${slowest?.rule})`;
  return [{ what, ours, unit: "ms", peer: null, goal: `< ${GOAL_MS} ms`, ok: ours < GOAL_MS }, ...cases()];
}

/** The middle of three: what is loaded and compiled first is not the rule's. */
function timeOf(rule: string): number {
  const { events } = readEvents(
    Buffer.from(`BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:one\nDTSTART:20260105T090000Z\nRRULE:${rule}\nEND:VEVENT\nEND:VCALENDAR\n`),
  );
  const times = Array.from({ length: 3 }, () => {
    const began = performance.now();
    expand(events, YEAR);
    return performance.now() - began;
  });
  return times.sort((one, other) => one - other)[1] ?? Number.NaN;
}

interface Case {
  id: string;
  dtstart?: string;
  rrule?: string;
  text?: string;
  instances: string[];
}

/** None, where RRULE_CASES names no file: one line says so. */
function cases(): Row[] {
  const file = process.env["RRULE_CASES"];
  if (!file) {
    process.stderr.write("not run: recurrence cases of others (RRULE_CASES names no file)\n");
    return [];
  }
  const all: Case[] = JSON.parse(readFileSync(file, "utf8"));
  const right = all.filter(isRight);
  const wrong = all.filter((one) => !right.includes(one)).map(({ id }) => id);
  if (wrong.length > 0) process.stderr.write(`not as they say: ${wrong.join(", ")}\n`);
  const what = `cases of others that come out as they say, of ${all.length}`;
  return [{ what, ours: right.length, unit: "cases", peer: null, goal: "all", ok: wrong.length === 0 }];
}

function isRight({ dtstart, rrule, text, instances }: Case): boolean {
  const lines = rrule ? `DTSTART:${dtstart}\nRRULE:${rrule}` : (text ?? "").trim().replaceAll(/\s+(?=[A-Za-z]+[:;])/g, "\n");
  const { events } = readEvents(Buffer.from(`BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:one\n${lines}\nEND:VEVENT\nEND:VCALENDAR\n`));
  const starts = expand(events, ALWAYS).occurrences.map(({ start }) =>
    start.toPlainDateTime().toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, ""),
  );
  return JSON.stringify(starts) === JSON.stringify(instances);
}
