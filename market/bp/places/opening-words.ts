import { isDeepStrictEqual } from "node:util";
import type { OpenDay, OpeningTimes, OpenPeriod, PlaceCard } from "@rose-ash/shared/contracts/places.ts";
import { wallClockOf } from "@rose-ash/shared/infrastructure/zoned-time.ts";

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];
const DAY_MS = 86_400_000;
const MINUTES_OF_DAY = 1440;

/** What a place says of itself at this moment: whether it is open, in how many words, and the hours of today. */
export interface OpeningWords {
  isOpen: boolean;
  state: string;
  /** Until when, or when next; empty when nobody knows. */
  then: string;
  today: string;
  note: string;
}

/** "Open" "until 18:00"; "Closed" "opens tomorrow at 9:00". asOf and goodUntil of the opening bound what is said here. */
export function openingWords({
  opening: { isOpen, changesAt, asOf, note },
  today,
  zone,
}: Pick<PlaceCard, "opening" | "today" | "zone">): OpeningWords {
  const then = changesAt === null ? "" : isOpen ? untilWords(changesAt, asOf, zone) : opensWords(changesAt, asOf, zone);
  return { isOpen, state: isOpen ? "Open now" : "Closed", then, today: hoursWords(today.hours), note };
}

/** "9:00–13:00 and 14:00–18:00"; "closed" when there are none. */
export function hoursWords(hours: readonly OpenPeriod[]): string {
  if (hours.length === 0) return "closed";
  return hours.map(periodWords).join(" and ");
}

/** A day with its name and its hours in words. isToday: the first of the list. */
export function dayLines(days: readonly OpenDay[], today: string) {
  return days.map(({ on, weekday, hours, note, isException }) => ({
    ...{ on, note, isException, isToday: on === today, isClosed: hours.length === 0 },
    ...{ name: nameOfDay(weekday), date: dateWords(on), hours: hoursWords(hours) },
  }));
}

/** Days in their order, those in a row that are alike as one: "24 December – 2 January". */
export function spanLines(days: readonly OpenDay[]) {
  const spans: { first: OpenDay; last: OpenDay }[] = [];
  for (const day of days) {
    const span = spans.at(-1);
    if (span && isNext(span.last, day) && span.first.note === day.note && isDeepStrictEqual(span.first.hours, day.hours)) span.last = day;
    else spans.push({ first: day, last: day });
  }
  return spans.map(({ first, last }) => ({
    name: first === last ? nameOfDay(first.weekday) : `${dateWords(first.on)} – ${dateWords(last.on)}`,
    date: first === last ? dateWords(first.on) : "",
    ...{ note: first.note, hours: hoursWords(first.hours), isClosed: first.hours.length === 0 },
  }));
}

/** The hours of every week, Monday first. */
export function weekLines({ week }: OpeningTimes) {
  return DAYS.map((name, at) => {
    const hours = week.filter(({ weekday }) => weekday === at + 1);
    return { name, hours: hoursWords(hours), isClosed: hours.length === 0 };
  });
}

/** 1 is Monday. */
export function nameOfDay(weekday: number): string {
  return DAYS[weekday - 1] ?? "";
}

/** "24 December" of 2026-12-24. */
export function dateWords(on: string): string {
  const [, month = 1, day = 1] = on.split("-").map(Number);
  return `${day} ${MONTHS[month - 1]}`;
}

/** "9:00" of 540; hours after midnight are those of the next day. */
function minuteWords(minuteOfDay: number): string {
  const minute = minuteOfDay % MINUTES_OF_DAY;
  const isEndOfDay = minuteOfDay > 0 && minute === 0;
  return isEndOfDay ? "24:00" : `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
}

function periodWords({ opensMinute, closesMinute }: OpenPeriod): string {
  if (opensMinute === 0 && closesMinute === MINUTES_OF_DAY) return "all day";
  return `${minuteWords(opensMinute)}–${minuteWords(closesMinute)}`;
}

/** Who closes in the small hours does so "at 2:00", whatever day it is by then. */
function untilWords(closesAt: Date, now: Date, zone: string): string {
  const isSoon = closesAt.getTime() - now.getTime() < DAY_MS / 2;
  const clock = clockWords(closesAt, zone);
  if (isSoon && clock === "0:00") return "until midnight";
  const day = isSoon ? "" : dayWords(closesAt, now, zone);
  return day === "" ? `until ${clock}` : `until ${day} at ${clock}`.replace("until on ", "until ");
}

function opensWords(opensAt: Date, now: Date, zone: string): string {
  const day = dayWords(opensAt, now, zone);
  return `opens ${day === "" ? "" : `${day} `}at ${clockWords(opensAt, zone)}`;
}

function clockWords(instant: Date, zone: string): string {
  const { hour, minute } = wallClockOf(instant, zone);
  return minuteWords(hour * 60 + minute);
}

function isNext(day: OpenDay, other: OpenDay): boolean {
  return Date.parse(other.on) - Date.parse(day.on) === DAY_MS;
}

/** "" for today; tomorrow; a weekday in the week after; else the date. */
function dayWords(instant: Date, now: Date, zone: string): string {
  const days = Math.round((midnightOf(instant, zone) - midnightOf(now, zone)) / DAY_MS);
  if (days === 0) return "";
  if (days === 1) return "tomorrow";
  const { year, month, day } = wallClockOf(instant, zone);
  const date = new Date(Date.UTC(year, month - 1, day));
  const weekday = nameOfDay(date.getUTCDay() || 7);
  if (days < 7) return `on ${weekday}`;
  return `on ${weekday} ${day} ${MONTHS[month - 1]}${days > 300 ? ` ${year}` : ""}`;
}

/** Midnight of the day there, as if it were in UTC: days apart are whole days, whatever the clocks do. */
function midnightOf(instant: Date, zone: string): number {
  const { year, month, day } = wallClockOf(instant, zone);
  return Date.UTC(year, month - 1, day);
}
