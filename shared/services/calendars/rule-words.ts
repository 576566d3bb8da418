const DAYS: Readonly<Record<string, string>> = {
  MO: "Monday",
  TU: "Tuesday",
  WE: "Wednesday",
  TH: "Thursday",
  FR: "Friday",
  SA: "Saturday",
  SU: "Sunday",
};
const NUMBERS: Readonly<Record<string, string>> = {
  1: "first",
  2: "second",
  3: "third",
  4: "fourth",
  5: "fifth",
  "-1": "last",
  "-2": "last but one",
};
const PERIODS: Readonly<Record<string, readonly [string, string]>> = {
  DAILY: ["day", "days"],
  WEEKLY: ["week", "weeks"],
  MONTHLY: ["month", "months"],
  YEARLY: ["year", "years"],
};

/** When a series comes again, in words: "Every Wednesday until 3 March 2027". What is too involved for a line is said as far as that. */
export function ruleWords(recurrence: readonly string[], zone: string): string {
  const rules = recurrence.filter((line) => line.startsWith("RRULE:")).map((line) => line.slice("RRULE:".length));
  const [rule, ...more] = rules;
  if (rule === undefined) return recurrence.some((line) => line.startsWith("RDATE")) ? "On several days" : "";
  return more.length > 0 ? "On several days" : wordsOfRule(rule, zone);
}

function wordsOfRule(rule: string, zone: string): string {
  const parts = new Map(
    rule
      .toUpperCase()
      .split(";")
      .map((part) => part.split("=", 2) as [string, string]),
  );
  const interval = Number(parts.get("INTERVAL") ?? 1);
  const period = PERIODS[parts.get("FREQ") ?? ""];
  if (!period) return "Again and again";
  const every = interval === 1 ? "Every " : `Every ${interval === 2 ? "second" : `${interval}th`} `;
  const days = parts.get("BYDAY")?.split(",") ?? [];
  return `${everyWords(parts, { every, period: period[0], days, interval })}${endWords(parts, zone)}`;
}

interface Said {
  readonly every: string;
  readonly period: string;
  readonly days: readonly string[];
  readonly interval: number;
}

function everyWords(parts: ReadonlyMap<string, string>, { every, period, days, interval }: Said): string {
  const names = days.map((day) => DAYS[day.slice(-2)] ?? day);
  if (period === "week" && days.length > 0) {
    const isWorkdays = days.length === 5 && !days.includes("SA") && !days.includes("SU");
    if (interval === 1) return isWorkdays ? "From Monday to Friday" : `Every ${listOf(names)}`;
    return `${every}week on ${listOf(names)}`;
  }
  const numbered = numberedDays(parts, days);
  if (numbered !== "") return `${interval === 1 && period === "month" ? "Every month" : `${every}${period}`} on the ${numbered}`;
  const monthDay = parts.get("BYMONTHDAY");
  if (monthDay !== undefined && period === "month") return `${every}month on the ${monthDay === "-1" ? "last day" : ordinal(monthDay)}`;
  return `${every}${period}`;
}

/** "second Sunday", of BYDAY=2SU or of BYDAY=SU with BYSETPOS=2. */
function numberedDays(parts: ReadonlyMap<string, string>, days: readonly string[]): string {
  const place = parts.get("BYSETPOS");
  const each = days.map((day) => {
    const number = day.slice(0, -2) || place || "";
    const [word, name] = [NUMBERS[number.replace("+", "")], DAYS[day.slice(-2)]];
    return word && name ? `${word} ${name}` : "";
  });
  return each.includes("") ? "" : listOf(each);
}

function endWords(parts: ReadonlyMap<string, string>, zone: string): string {
  const count = parts.get("COUNT");
  if (count !== undefined) return count === "1" ? ", once" : `, ${count} times`;
  const [, year, month, day, hour = "12", minute = "00", utc] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z)?)?$/.exec(parts.get("UNTIL") ?? "") ?? [];
  if (year === undefined) return "";
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: utc ? zone : "UTC" });
  return Number.isNaN(at.getTime()) ? "" : ` until ${format.format(at)}`;
}

function ordinal(day: string): string {
  const number = Math.abs(Number(day));
  const ending = number % 100 >= 11 && number % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${number}${ending}`;
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
