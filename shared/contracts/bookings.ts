import type { BookingState } from "../models/bookings.ts";
import type { BookingId, BookingTimeId, CalendarEntryId, OrderId, RoomId, RoomSlotId, UserId } from "../models/ids.ts";
import type { CartOwner } from "./cart.ts";
import type { HoldingAsk, HoldingPage } from "./holdings.ts";
import type { FieldError } from "./tickets.ts";
import type { Tx } from "./tx.ts";

/** The most weeks in a row of one booking. */
export const MOST_WEEKS = 26;

/**
 * Why a room can't be had, as far as the reader may know: an entry of the calendar, a booking (theirs or somebody's), closed by hand,
 * or said so by whoever looks after the rooms (stated). room: the one that has it; where: how it lies to the one that is wanted.
 * who: who closed it, or, for keepers, who booked it. url: its page, where the reader may see one.
 */
export interface BusyReason {
  readonly kind: "entry" | "own-booking" | "booking" | "closed" | "stated";
  readonly room: string;
  readonly where: "itself" | "inside" | "around";
  readonly title: string;
  readonly who: string;
  readonly url: string | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly isSeries: boolean;
}

/** One time at which a room is offered. on: the day, YYYY-MM-DD. over: it has begun. own: the reader's booking of it. */
export interface SlotTime {
  readonly slotId: RoomSlotId;
  readonly on: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly zone: string;
  readonly priceMinor: number;
  readonly currency: string;
  readonly isForMembers: boolean;
  readonly isModerated: boolean;
  readonly payHours: number;
  readonly refundHours: number | null;
  readonly state: "free" | "taken" | "over";
  readonly reasons: readonly BusyReason[];
}

export interface BookedRoom {
  readonly id: RoomId;
  readonly name: string;
  readonly slug: string;
  readonly description: string;
  readonly capacity: number | null;
  readonly whole: { readonly name: string; readonly slug: string } | null;
}

/** Who reads: their own bookings are said to be theirs; whoever looks after the room sees who booked it. */
export interface SlotReader {
  readonly userId: UserId | null;
}

/** Days of a room with the times at which it is offered; days without any are left out. */
export interface RoomDays {
  readonly room: BookedRoom;
  readonly from: string;
  readonly until: string;
  readonly today: string;
  readonly lastOn: string;
  readonly hasSlots: boolean;
  readonly days: readonly { readonly on: string; readonly times: readonly SlotTime[] }[];
}

/** One time with those of the weeks after it, the first included. */
export interface SlotWeeks {
  readonly room: BookedRoom;
  readonly first: SlotTime;
  readonly weeks: readonly SlotTime[];
}

/** Whoever books: a guest says where they are written to; of what is paid for the order does. */
export type Booker =
  | { readonly kind: "member"; readonly userId: UserId }
  | { readonly kind: "guest"; readonly email: string; readonly name: string };

/** days: those of the slot that are wanted, the first first. */
export interface BookingWish {
  readonly slotId: RoomSlotId;
  readonly days: readonly string[];
  readonly purpose: string;
  readonly booker: Booker;
  readonly owner: CartOwner;
}

/** taken: somebody was quicker, or it is closed; nothing was booked. refused: and why. wrong: what was filled in. */
export type BookResult =
  | { readonly kind: "in-cart" | "confirmed" | "requested"; readonly code: string }
  | { readonly kind: "taken" }
  | { readonly kind: "gone" }
  | { readonly kind: "refused"; readonly trouble: string }
  | { readonly kind: "wrong"; readonly errors: readonly FieldError[] };

export interface BookingTimeView {
  readonly id: BookingTimeId;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly priceMinor: number;
  readonly isOff: boolean;
  readonly isOver: boolean;
  /** Whether its holder can give it back now. */
  readonly canGiveBack: boolean;
}

/**
 * A booking to its holder, or to whoever looks after the room (isKeeper). isLive: nobody else can have its times. dueMinor: what is to be
 * paid of what was asked for, or approved, for all its times that stand; payUntil: by when, of what is approved. isOrdered: an order that
 * waits for its money has it, or it is paid.
 */
export interface BookingView {
  readonly id: BookingId;
  readonly code: string;
  readonly state: BookingState;
  readonly isLive: boolean;
  readonly room: { readonly name: string; readonly slug: string };
  readonly purpose: string;
  readonly holderName: string;
  readonly note: string;
  readonly zone: string;
  readonly currency: string;
  readonly isPaid: boolean;
  readonly dueMinor: number;
  readonly payUntil: Date | null;
  readonly isOrdered: boolean;
  readonly orderReference: string | null;
  readonly refundHours: number | null;
  readonly times: readonly BookingTimeView[];
  readonly isHolder: boolean;
  readonly isKeeper: boolean;
}

/** ahead: some time of it is to come; past: it was; off: declined, called off or given back. */
export type BookingsShown = "ahead" | "past" | "off";

/** late: it was to be paid before, and is nobody's by now. refused: it can't be paid for, and why. closed: nothing of it is to be paid. */
export type PayResult =
  | { readonly kind: "in-cart" }
  | { readonly kind: "late" }
  | { readonly kind: "closed" }
  | { readonly kind: "refused"; readonly trouble: string };

/** closed: nothing of it can be given back now. in-flight: another refund of the same order is on its way. */
export type EndResult = "ended" | "closed" | "in-flight";

/** A person who is written to. userId null: a guest. */
export interface Reached {
  readonly userId: UserId | null;
  readonly email: string | null;
  readonly name: string;
}

/** What there is to tell of a booking, and to whom. */
export interface BookingNews {
  readonly booking: BookingView;
  readonly holder: Reached;
  readonly keepers: readonly Reached[];
}

/** What there is to tell of an entry whose room is taken, or that got it after all. */
export interface PlacingNews {
  readonly title: string;
  readonly path: string;
  readonly roomName: string;
  readonly zone: string;
  readonly unplaced: readonly Date[];
  readonly people: readonly Reached[];
}

/** Rooms on weekly slots, for whoever books them. */
export interface BookingsService {
  /** The rooms that are offered. */
  listRooms(): Promise<readonly (BookedRoom & { readonly fromMinor: number; readonly toMinor: number; readonly isForGuests: boolean })[]>;
  /** The week of a day, YYYY-MM-DD, and the one after it, from today on; null, and what is no day that can be booked: the present one. Throws not-found. */
  getDays(roomSlug: string, from: string | null, reader: SlotReader): Promise<RoomDays>;
  /** Throws not-found where the slot is not offered on that day, or too far ahead. */
  getWeeks(roomSlug: string, asked: { slotId: RoomSlotId; on: string; weeks: number }, reader: SlotReader): Promise<SlotWeeks>;
  /** Books, all times or none: the exclusion constraint of claims decides. */
  book(tx: Tx, wish: BookingWish): Promise<BookResult>;
  /** Own ones: what is to come first, then what is over. */
  listOwn(userId: UserId): Promise<readonly BookingView[]>;
  /** Own ones in pages: what is ahead soonest first, what is over or off latest first. */
  listHeld(userId: UserId, shown: BookingsShown, ask: HoldingAsk): Promise<HoldingPage<BookingView>>;
  /** Null: none, or not this reader's. */
  findBooking(code: string, reader: UserId | null): Promise<BookingView | null>;
  /** Gives times back, or withdraws what was asked for; what was paid goes back the way it came. timeId null: all that can be. */
  giveBack(tx: Tx, code: string, reader: UserId | null, timeId: BookingTimeId | null): Promise<EndResult>;
  /** Puts what was approved into a cart, once, to be paid for in time. */
  pay(tx: Tx, code: string, reader: UserId | null, owner: CartOwner): Promise<PayResult>;
  /** What follows from where an order stands: what is paid is confirmed, what was refunded whole is over. */
  settleOrder(tx: Tx, orderId: OrderId): Promise<void>;
  findNews(id: BookingId): Promise<BookingNews | null>;
  findPlacing(entryId: CalendarEntryId): Promise<PlacingNews | null>;
  /** Ends what was approved and not paid for in time, and tells of it. Nobody has to: it counts no more from that moment. */
  endUnpaid(tx: Tx): Promise<void>;
  /** Takes away what was begun in a cart a day ago and never ordered, and gives rooms that came free to entries that wait for them. */
  tidy(tx: Tx): Promise<void>;
}
