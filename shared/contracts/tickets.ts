import type { CalendarEntryId, OrderId, TicketId, TicketTypeId, TicketWaitId, UserId } from "../models/ids.ts";
import type { TicketAnswers, TicketQuestion } from "../models/tickets.ts";
import type { CartOwner } from "./cart.ts";
import type { HoldingAsk, HoldingPage } from "./holdings.ts";
import type { Tx } from "./tx.ts";

/** Kind of a cart line that holds tickets. */
export const TICKET_KIND = "ticket";

/** The most that somebody may give for one ticket of a donation. */
export const MAX_DONATION_MINOR = 1_000_000;

/** A time of an entry by its key; "" is the entry as a whole, which of a series stands for all its times. */
export interface TimeOfEntry {
  readonly slug: string;
  readonly key: string;
}

/**
 * A type as a buyer sees it. left: places that whoever asks can have now; null: there is no limit. groupName: whom it is for; null:
 * everybody. trouble: why it
 * can't be had, in words; empty: it can. isPass: for all times of a series.
 */
export interface OfferedType {
  readonly id: TicketTypeId;
  readonly name: string;
  readonly priceMinor: number;
  readonly currency: string;
  readonly capacity: number | null;
  readonly left: number | null;
  readonly most: number;
  readonly isPass: boolean;
  readonly isDonation: boolean;
  readonly isFree: boolean;
  readonly isForMembers: boolean;
  readonly groupName: string | null;
  readonly trouble: string;
  readonly canWait: boolean;
}

/** What stands in the ticket box of one time. here: its page. hasHidden: some types are shown for a code only. */
export interface TicketBox {
  readonly entryId: CalendarEntryId;
  readonly title: string;
  readonly url: string;
  readonly key: string;
  readonly types: readonly OfferedType[];
  /** What the cart of whoever asks keeps of it, and until when. */
  readonly held: readonly { readonly typeName: string; readonly quantity: number; readonly until: Date }[];
  readonly startsAt: Date;
  readonly isAllDay: boolean;
  readonly zone: string;
  readonly questions: readonly TicketQuestion[];
  readonly hasHidden: boolean;
  readonly refundHours: number | null;
  readonly isOpen: boolean;
}

/** Whoever takes tickets without a cart, or waits. */
export type TicketTaker =
  | { readonly kind: "member"; readonly userId: UserId }
  | { readonly kind: "guest"; readonly email: string; readonly name: string };

/** What was chosen in a box. amountMinor: of a donation, for one. seats: what was answered for each place, in order. */
export interface TicketChoice extends TimeOfEntry {
  readonly typeId: TicketTypeId;
  readonly quantity: number;
  readonly amountMinor: number | null;
  readonly code: string;
  readonly answers: TicketAnswers;
  readonly seats: readonly TicketAnswers[];
}

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** gone: there is no such type (for whoever asks); refused: it can't be had, and why; wrong: what was filled in. */
export type TakeResult =
  | { readonly kind: "in-cart"; readonly quantity: number; readonly isLess: boolean }
  | { readonly kind: "issued"; readonly codes: readonly string[] }
  | { readonly kind: "gone" }
  | { readonly kind: "refused"; readonly trouble: string }
  | { readonly kind: "wrong"; readonly errors: readonly FieldError[] };

/** waiting: place is their number in the order. free: there are places, nobody has to wait. */
export type WaitResult =
  | { readonly kind: "waiting"; readonly place: number; readonly token: string }
  | { readonly kind: "free" }
  | { readonly kind: "gone" };

export type WaitState = "waiting" | "offered" | "taken" | "lapsed" | "left";

/** A place in the waiting list, for whoever has its address. place: 1 is next. */
export interface WaitView {
  readonly id: TicketWaitId;
  readonly token: string;
  readonly state: WaitState;
  readonly place: number;
  readonly quantity: number;
  readonly offeredUntil: Date | null;
  readonly typeName: string;
  readonly isFree: boolean;
  readonly title: string;
  readonly url: string;
  readonly startsAt: Date;
  readonly zone: string;
  readonly questions: readonly TicketQuestion[];
}

/** A ticket to its holder. giveBack: what they can do, and until when; refundMinor: what goes back then. */
export interface TicketPage {
  readonly id: TicketId;
  readonly code: string;
  readonly status: "valid" | "used" | "cancelled";
  readonly typeName: string;
  readonly holderName: string;
  readonly answers: readonly { readonly label: string; readonly answer: string }[];
  readonly priceMinor: number;
  readonly currency: string;
  readonly title: string;
  readonly url: string;
  readonly place: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly zone: string;
  readonly isAllDay: boolean;
  readonly isPass: boolean;
  readonly isOff: boolean;
  readonly isMoved: boolean;
  readonly isOver: boolean;
  readonly orderReference: string | null;
  readonly canTransfer: boolean;
  readonly canGiveBack: boolean;
  readonly giveBackUntil: Date | null;
}

/**
 * A series that the one of a pass was parted into, at which it is good. startsAt: the next of its timesLeft; amountMinor: what goes back
 * for those.
 */
export interface PassPart {
  readonly entryId: CalendarEntryId;
  readonly title: string;
  readonly url: string;
  readonly startsAt: Date;
  readonly zone: string;
  readonly isOff: boolean;
  readonly timesLeft: number;
  readonly amountMinor: number;
  readonly canGiveBack: boolean;
}

/** ahead and past: of those that count; off: given back, or called off with its order. */
export type TicketsShown = "ahead" | "past" | "off";

/** A ticket as somebody sees it who holds it, or looks after who holds it. heldBy: the name of that member; isOwn: it is the reader's. */
export interface SeenTicket {
  readonly ticket: TicketPage;
  readonly isOwn: boolean;
  readonly heldBy: string;
}

/** closed: its time is over, or it was used; in-flight: another refund of the same order is on its way. */
export type GiveBackResult = "given-back" | "closed" | "in-flight";

/** Tickets that go to one person by mail. */
export interface TicketMail {
  readonly email: string;
  readonly name: string;
  readonly tickets: readonly TicketPage[];
}

/** off: it does not take place; moved: at another time than when they got it; back: it does, after all. state: by which it is known. */
export interface TicketNews extends TicketMail {
  readonly kind: "off" | "moved" | "back";
  readonly state: string;
}

/** Tickets and the waiting list, for whoever takes them. */
export interface TicketsService {
  /** code: typed for hidden types. Throws not-found. */
  getBox(owner: CartOwner | null, time: { slug: string; key: string | null }, code: string): Promise<TicketBox>;
  /** Puts tickets into a cart, where they are held. */
  putIntoCart(tx: Tx, owner: CartOwner, choice: TicketChoice): Promise<TakeResult>;
  /** Gives out tickets that cost nothing, at once. */
  takeFree(tx: Tx, taker: TicketTaker, choice: TicketChoice): Promise<TakeResult>;
  /** What follows from where an order stands: tickets once for each seat of a paid one, and none of one whose money went back. */
  settleOrder(tx: Tx, orderId: OrderId): Promise<void>;
  /** Null: none, or not this reader's. Whoever looks after its holder reads it, and does nothing with it. */
  findTicket(code: string, reader: UserId | null): Promise<TicketPage | null>;
  /** A member's, or of whom they look after. Null: neither. */
  findSeen(code: string, reader: UserId): Promise<SeenTicket | null>;
  /** The same in pages: what is ahead soonest first, what is over latest first. */
  listSeen(reader: UserId, shown: TicketsShown, ask: HoldingAsk): Promise<HoldingPage<SeenTicket>>;
  /** Whether a code was the reader's until they gave the ticket to somebody else. */
  wasHandedOn(code: string, reader: UserId): Promise<boolean>;
  /** Says whom a ticket of the reader's is for, as one of their children. False: it can't be any more. */
  nameHolder(tx: Tx, code: string, reader: UserId, name: string): Promise<boolean>;
  /** What was handed out together, by who gets it. */
  listBatch(batch: string): Promise<readonly TicketMail[]>;
  /** Holders who were not told yet how it stands with their time. */
  listNews(entryId: CalendarEntryId): Promise<readonly TicketNews[]>;
  markTold(tx: Tx, news: TicketNews): Promise<void>;
  /** To another person, by mail; the old code is worth nothing then. False: it can't be. */
  transfer(tx: Tx, code: string, reader: UserId | null, to: { email: string; name: string }): Promise<boolean>;
  /** Gives a ticket back; what was paid for it goes back the way it came. */
  giveBack(tx: Tx, code: string, reader: UserId | null): Promise<GiveBackResult>;
  /** Of a pass whose series was parted, the later ones with times to come; of other tickets none. */
  listParts(code: string, reader: UserId | null): Promise<readonly PassPart[]>;
  /** Gives a pass back for one of those: what its times to come are of what was paid goes back, and it stays good at the others. */
  returnPart(tx: Tx, code: string, reader: UserId | null, entryId: CalendarEntryId): Promise<GiveBackResult>;
  joinWaiting(tx: Tx, taker: TicketTaker, choice: Pick<TicketChoice, "slug" | "key" | "typeId" | "quantity" | "code">): Promise<WaitResult>;
  findWait(token: string): Promise<WaitView | null>;
  leaveWaiting(tx: Tx, token: string): Promise<void>;
  /** What was offered goes into the cart, or is given out where it is free. */
  acceptOffer(tx: Tx, token: string, owner: CartOwner, given: Pick<TicketChoice, "answers" | "seats">): Promise<TakeResult>;
  /** Entries with somebody waiting. */
  listWaited(): Promise<readonly CalendarEntryId[]>;
  /** Offers what is free of an entry to whoever waits, in order; offers whose time is over lapse. Locks the entry. */
  offerPlaces(tx: Tx, entryId: CalendarEntryId): Promise<number>;
  /** Whom an offer goes to; null: it is over. */
  findOffer(id: TicketWaitId): Promise<{ readonly email: string; readonly name: string; readonly wait: WaitView } | null>;
}
