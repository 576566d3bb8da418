import type { BookedRoom } from "../../contracts/bookings.ts";
import type { CalendarId, UserId } from "../../models/ids.ts";
import type { CalendarRights } from "../calendars/rights.ts";
import type { Reads } from "./read-rooms.ts";

/** The calendars that somebody looks after. */
export type KeptCalendars = (from: Reads, userId: UserId) => Promise<readonly CalendarId[]>;

/** A room with those calendars of it that somebody keeps. Throws not-found where there is none. */
export type FindKeptRoom = (from: Reads, by: UserId, slug: string) => Promise<{ room: BookedRoom; calendarIds: readonly CalendarId[] }>;

export function makeKept(rights: CalendarRights): KeptCalendars {
  return async (from, userId) => (await rights.listOpen(from, userId)).filter(({ isKeeper }) => isKeeper).map(({ id }) => id);
}
