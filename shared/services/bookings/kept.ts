import type { CalendarId, UserId } from "../../models/ids.ts";
import type { CalendarRights } from "../calendars/rights.ts";
import type { Reads } from "./read-rooms.ts";

/** The calendars that somebody looks after. */
export type KeptCalendars = (from: Reads, userId: UserId) => Promise<readonly CalendarId[]>;

export function makeKept(rights: CalendarRights): KeptCalendars {
  return async (from, userId) => (await rights.listOpen(from, userId)).filter(({ isKeeper }) => isKeeper).map(({ id }) => id);
}
