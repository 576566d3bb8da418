import { Temporal } from "temporal-polyfill";
import type { ContentLine } from "./content-lines.ts";

/**
 * A time as a calendar states it. zone: an IANA name; null for a floating time, which is meant by the clock of wherever one is.
 * isAllDay: a date; its clock reads midnight, and it floats.
 */
export interface Moment {
  readonly local: Temporal.PlainDateTime;
  readonly zone: string | null;
  readonly isAllDay: boolean;
}

/** What a TZID is called by IANA; null: nobody knows. */
export type ZoneOf = (tzid: string) => string | null;

const DATE = /^(\d{4})(\d\d)(\d\d)$/;
const DATE_TIME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?(Z)?$/;

/**
 * One value of a property of dates or times (RFC 5545, 3.3.4 and 3.3.5). A leap second is the second before it, as there.
 * null: that is no time, as of 30 February.
 */
export function readMoment(value: string, { params }: Pick<ContentLine, "params">, zoneOf: ZoneOf): Moment | null {
  const text = value.trim().toUpperCase();
  const date = DATE.exec(text);
  const [, year, month, day, hour, minute, second = "0", utc] = DATE_TIME.exec(text) ?? date ?? [];
  if (year === undefined) return null;
  const fields = { year: Number(year), month: Number(month), day: Number(day) };
  const clock = date ? {} : { hour: Number(hour), minute: Number(minute), second: Math.min(Number(second), 59) };
  try {
    const local = Temporal.PlainDateTime.from({ ...fields, ...clock }, { overflow: "reject" });
    if (date) return { local, zone: null, isAllDay: true };
    const tzid = params["TZID"];
    return { local, zone: utc ? "UTC" : tzid === undefined ? null : zoneOf(tzid), isAllDay: false };
  } catch {
    return null;
  }
}

/** The instant that it names; for what floats, as if it were UTC. A time that clocks skip is as long after the change. */
export function zoned({ local, zone }: Moment): Temporal.ZonedDateTime {
  return local.toZonedDateTime(zone ?? "UTC");
}
