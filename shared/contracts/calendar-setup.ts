import type { CalendarId, RoomId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

export const CALENDAR_COLOURS = ["rose", "leaf", "amber", "ink"] as const;

/** What is said of a calendar. proposers: who may propose, of "group" those in proposersGroup, which is empty otherwise; isModerated: a keeper approves first. */
export interface CalendarDetails {
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly colour: (typeof CALENDAR_COLOURS)[number];
  readonly zone: string;
  readonly proposers: "members" | "group" | "keepers";
  readonly proposersGroup: string;
  readonly isModerated: boolean;
  readonly roomIds: readonly RoomId[];
}

export interface CalendarLine {
  readonly id: CalendarId;
  readonly name: string;
  readonly slug: string;
  readonly colour: CalendarDetails["colour"];
  readonly entryCount: number;
}

/** A calendar behind the counter. pages: of the blog, which show it. */
export interface CalendarForEditing extends CalendarDetails {
  readonly id: CalendarId;
  readonly revision: number;
  readonly url: string;
  readonly keepers: readonly { readonly userId: UserId; readonly name: string; readonly handle: string }[];
  readonly pages: readonly { readonly name: string; readonly url: string }[];
}

/** withinId: the room that it is inside of. depth: how many there are around it. */
export interface RoomLine {
  readonly id: RoomId;
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly capacity: number | null;
  readonly withinId: RoomId | null;
  readonly depth: number;
}

export type RoomDetails = Pick<RoomLine, "name" | "description" | "capacity" | "withinId">;

/** conflict: somebody else changed it meanwhile; taken: another one has the slug; gone: what was named is not there; in-circles: a room would be inside itself. */
export type SetupResult = { readonly kind: "changed" | "conflict" | "taken" | "gone" | "in-circles" | "in-use" };

/** Calendars and rooms, for editors of events. All of it stands in the log. */
export interface CalendarSetupService {
  listCalendars(): Promise<readonly CalendarLine[]>;
  /** Throws not-found. */
  getCalendar(id: CalendarId): Promise<CalendarForEditing>;
  createCalendar(tx: Tx, calendar: { name: string; zone: string; by: UserId }): Promise<CalendarId>;
  saveCalendar(tx: Tx, change: { id: CalendarId; revision: number; details: CalendarDetails; by: UserId }): Promise<SetupResult>;
  /** in-use: there are entries in it. */
  removeCalendar(tx: Tx, removal: { id: CalendarId; by: UserId }): Promise<SetupResult>;
  addKeeper(tx: Tx, change: { id: CalendarId; handle: string; by: UserId }): Promise<SetupResult>;
  removeKeeper(tx: Tx, change: { id: CalendarId; userId: UserId; by: UserId }): Promise<SetupResult>;
  /** By what is around them, in their order. */
  listRooms(): Promise<readonly RoomLine[]>;
  /** For readers. Throws not-found. */
  getRoom(slug: string): Promise<RoomLine & { readonly whole: { readonly name: string; readonly slug: string } | null }>;
  createRoom(tx: Tx, room: RoomDetails & { by: UserId }): Promise<SetupResult>;
  saveRoom(tx: Tx, change: { id: RoomId; details: RoomDetails; by: UserId }): Promise<SetupResult>;
  /** in-use: entries have it, or rooms lie in it. */
  removeRoom(tx: Tx, removal: { id: RoomId; by: UserId }): Promise<SetupResult>;
}
