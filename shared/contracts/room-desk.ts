import type { BookingId, BookingTimeId, CalendarId, RoomClosureId, RoomSlotId, UserId } from "../models/ids.ts";
import type { VatClass } from "../models/vat.ts";
import type { BookedRoom, BookingView, EndResult } from "./bookings.ts";
import type { FieldError } from "./tickets.ts";
import type { Tx } from "./tx.ts";

/** A slot as somebody writes it. startsTime, endsTime: HH:MM; an end that is no later than the start is on the next day. payHours: 1..720, for what is approved and then paid. */
export interface SlotDraft {
  readonly calendarId: CalendarId;
  readonly weekday: number;
  readonly startsTime: string;
  readonly endsTime: string;
  readonly priceMinor: number;
  readonly vatClass: VatClass;
  readonly isForMembers: boolean;
  readonly isModerated: boolean;
  readonly payHours: number;
  readonly refundHours: number | null;
  readonly firstOn: string;
  readonly lastOn: string | null;
  readonly isClosed: boolean;
}

export interface DeskSlot extends SlotDraft {
  readonly id: RoomSlotId;
  readonly revision: number;
  readonly currency: string;
  readonly calendarName: string;
  readonly zone: string;
}

/** Closed by hand. isNow: it holds at this moment. */
export interface ClosureLine {
  readonly id: RoomClosureId;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly reason: string;
  readonly by: string;
  readonly isNow: boolean;
}

/** A room behind the counter. calendars: those whose keeper they are, and which may use it. */
export interface RoomDesk {
  readonly room: BookedRoom;
  readonly zone: string;
  readonly calendars: readonly { readonly id: CalendarId; readonly name: string }[];
  readonly slots: readonly DeskSlot[];
  readonly closures: readonly ClosureLine[];
  readonly coming: readonly BookingView[];
}

/** A booking that waits, with what else is about it. */
export interface RequestedBooking {
  readonly booking: BookingView;
  readonly email: string;
}

export interface ClosureDraft {
  readonly roomSlug: string;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly isOpenEnded: boolean;
  readonly reason: string;
}

/** entries: times that have no room now; bookings: that stand, until somebody calls them off. */
export type CloseResult =
  | { readonly kind: "closed"; readonly unplaced: number; readonly bookings: number }
  | { readonly kind: "wrong"; readonly errors: readonly FieldError[] };

/** Rooms, for whoever looks after them: editors of events, and keepers of a calendar that may use the room. Others find nothing. */
export interface RoomDeskService {
  /** Rooms that they look after. slotCount: times of the week that are offered. */
  listKept(by: UserId): Promise<readonly (BookedRoom & { readonly slotCount: number })[]>;
  /** Throws not-found. */
  getDesk(by: UserId, roomSlug: string): Promise<RoomDesk>;
  /** id null: another one. No errors: it is saved. conflict: somebody changed it meanwhile. */
  saveSlot(
    tx: Tx,
    by: UserId,
    saved: { roomSlug: string; id: RoomSlotId | null; revision: number; draft: SlotDraft },
  ): Promise<{ kind: "saved" } | { kind: "conflict" } | { kind: "wrong"; errors: readonly FieldError[] }>;
  /** Closes a room and what is in it. Entries that have it lose it and their organisers are told; bookings stand. */
  close(tx: Tx, by: UserId, draft: ClosureDraft): Promise<CloseResult>;
  /** Takes one reason back: what no other holds is free, and goes to entries that waited for it. False: it was lifted before. */
  lift(tx: Tx, by: UserId, lifted: { roomSlug: string; id: RoomClosureId }): Promise<boolean>;
  countWaiting(by: UserId): Promise<number>;
  /** What waits for them, the oldest first. */
  listQueue(by: UserId): Promise<readonly RequestedBooking[]>;
  /** approved: it is to be paid now; confirmed: it costs nothing. settled: somebody decided before, it was withdrawn, or its time has come. */
  decide(
    tx: Tx,
    by: UserId,
    decision: { id: BookingId; verdict: "confirmed" | "declined"; note: string },
  ): Promise<"confirmed" | "approved" | "declined" | "settled" | "no-reason">;
  /** Takes a booking, or one time of it, back, with a reason; what was paid goes back whenever it is. */
  callOff(tx: Tx, by: UserId, off: { id: BookingId; timeId: BookingTimeId | null; note: string }): Promise<EndResult | "no-reason">;
}
