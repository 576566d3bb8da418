import { instantOf, wallClockOf } from "@rose-ash/shared/infrastructure/zoned-time.ts";

/** How often, as the form offers it. own: a rule that somebody types. */
const REPEATS = [
  "none",
  "daily",
  "workdays",
  "weekly",
  "fortnightly",
  "monthly-day",
  "monthly-weekday",
  "monthly-last",
  "yearly",
  "own",
] as const;

/** What of a form says when something comes again. untilOn: YYYY-MM-DD; dates: a day a line. */
export interface RepeatFields {
  readonly repeat: string;
  readonly untilOn: string;
  readonly times: string;
  readonly rule: string;
  readonly extraDates: string;
  readonly exceptDates: string;
}

/** The first of a series: startsLocal as "2026-11-20T18:30". */
export interface FirstTime {
  readonly startsLocal: string;
  readonly zone: string;
  readonly isAllDay: boolean;
}

const DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const DAY = /^\d{4}-\d\d-\d\d$/;

/** The lines of what is said. What is no day is left as it is: the desk says what is wrong with it. */
export function linesOf(fields: RepeatFields, first: FirstTime): readonly string[] {
  const rule = ruleOf(fields, first);
  const dates = (text: string) => text.split(/[\s,;]+/).filter((day) => day !== "");
  return [
    ...(rule === "" ? [] : [`RRULE:${rule}`]),
    ...dates(fields.extraDates).map((day) => `RDATE${dateLine(day, first)}`),
    ...dates(fields.exceptDates).map((day) => `EXDATE${dateLine(day, first)}`),
  ];
}

function ruleOf(fields: RepeatFields, first: FirstTime): string {
  const base =
    fields.repeat === "own" ? fields.rule.trim().replace(/^RRULE:/i, "") : patternOf(fields.repeat, first.startsLocal.slice(0, 10));
  if (base === "" || /(^|;)(COUNT|UNTIL)=/i.test(base)) return base;
  if (fields.times !== "") return `${base};COUNT=${fields.times}`;
  return fields.untilOn === "" ? base : `${base};UNTIL=${untilOf(fields.untilOn, first)}`;
}

function patternOf(repeat: string, on: string): string {
  const at = new Date(`${on}T00:00:00Z`);
  const weekday = DAYS[at.getUTCDay()] ?? "MO";
  switch (repeat) {
    case "daily":
      return "FREQ=DAILY";
    case "workdays":
      return "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";
    case "weekly":
      return `FREQ=WEEKLY;BYDAY=${weekday}`;
    case "fortnightly":
      return `FREQ=WEEKLY;INTERVAL=2;BYDAY=${weekday}`;
    case "monthly-day":
      return `FREQ=MONTHLY;BYMONTHDAY=${at.getUTCDate()}`;
    case "monthly-weekday":
      return `FREQ=MONTHLY;BYDAY=${Math.ceil(at.getUTCDate() / 7)}${weekday}`;
    case "monthly-last":
      return `FREQ=MONTHLY;BYDAY=-1${weekday}`;
    case "yearly":
      return "FREQ=YEARLY";
    default:
      return "";
  }
}

/** The end of the day, as an instant where there are times, since other programs take nothing else (RFC 5545, 3.3.10). */
function untilOf(untilOn: string, { zone, isAllDay }: FirstTime): string {
  if (!DAY.test(untilOn)) return untilOn;
  if (isAllDay) return untilOn.replaceAll("-", "");
  const [year = 0, month = 0, day = 0] = untilOn.split("-").map(Number);
  return compact(new Date(instantOf({ year, month, day: day + 1, hour: 0, minute: 0 }, zone).getTime() - 1000).toISOString());
}

const compact = (iso: string) => `${iso.slice(0, 19).replaceAll(/[-:]/g, "")}Z`;

function dateLine(day: string, { startsLocal, zone, isAllDay }: FirstTime): string {
  const digits = day.replaceAll("-", "");
  return isAllDay ? `;VALUE=DATE:${digits}` : `;TZID=${zone}:${digits}T${startsLocal.slice(11).replace(":", "").padEnd(4, "0")}00`;
}

/** What a form shows of the lines of a series; whatever it has no word for is a rule of its own. */
export function fieldsOf(lines: readonly string[], first: FirstTime): RepeatFields {
  const rules = lines.filter((line) => /^(RRULE|EXRULE)/.test(line));
  const days = (name: string) =>
    lines
      .filter((line) => line.startsWith(name))
      .flatMap((line) => line.slice(line.indexOf(":") + 1).split(","))
      .map((value) => `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6, 8)}`)
      .join("\n");
  const parts = (rules[0] ?? "")
    .replace(/^RRULE:/, "")
    .split(";")
    .filter((part) => part !== "");
  const end = (name: string) => parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
  const base = parts.filter((part) => !/^(COUNT|UNTIL)=/.test(part)).join(";");
  const repeat =
    base === ""
      ? "none"
      : (REPEATS.find((one) => one !== "none" && one !== "own" && patternOf(one, first.startsLocal.slice(0, 10)) === base) ?? "own");
  const dates = { extraDates: days("RDATE"), exceptDates: days("EXDATE") };
  if (repeat === "own") return { repeat, untilOn: "", times: "", rule: parts.join(";"), ...dates };
  return { repeat, untilOn: dayOfUntil(end("UNTIL"), first.zone), times: end("COUNT"), rule: "", ...dates };
}

function dayOfUntil(until: string, zone: string): string {
  const [, year, month, day, hour, minute, utc] = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z)?)?$/.exec(until) ?? [];
  if (year === undefined) return "";
  if (!utc) return `${year}-${month}-${day}`;
  const wall = wallClockOf(new Date(`${year}-${month}-${day}T${hour}:${minute}:00Z`), zone);
  return `${wall.year}-${String(wall.month).padStart(2, "0")}-${String(wall.day).padStart(2, "0")}`;
}
