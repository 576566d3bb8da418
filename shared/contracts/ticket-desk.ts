import type { CalendarEntryId, TicketTypeId, UserId } from "../models/ids.ts";
import type { TicketAnswers, TicketQuestion } from "../models/tickets.ts";
import type { VatClass } from "../models/vat.ts";
import type { FieldError } from "./tickets.ts";
import type { Tx } from "./tx.ts";

/** What keepers say of a type. Amounts in minor units. */
export interface TypeDraft {
  readonly name: string;
  readonly priceMinor: number;
  readonly vatClass: VatClass;
  readonly capacity: number | null;
  readonly covers: "whole" | "time";
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  readonly perPerson: number | null;
  readonly code: string;
  readonly isForMembers: boolean;
  readonly groupName: string | null;
  readonly isDonation: boolean;
  readonly isClosed: boolean;
}

/** A type to whoever looks after it, with what is counted at the time that is looked at. */
export interface DeskType extends TypeDraft {
  readonly id: TicketTypeId;
  readonly currency: string;
  readonly taken: number;
  readonly offered: number;
  readonly waiting: number;
}

/** How places are given out, as in ticket_boxes. */
export interface BoxDraft {
  readonly capacity: number | null;
  readonly questions: readonly TicketQuestion[];
  readonly refundHours: number | null;
  readonly canTransfer: boolean;
  readonly hasWaitingList: boolean;
  readonly offerMinutes: number;
}

/** The time of an entry that somebody looks after. key "": it takes place once. */
export interface DeskTime {
  readonly id: CalendarEntryId;
  readonly slug: string;
  readonly title: string;
  readonly place: string;
  readonly key: string;
  readonly isSeries: boolean;
  readonly isOff: boolean;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly zone: string;
}

/** ownCapacity: places at this time of a series, where there are not as many as at the others. */
export interface TicketDesk {
  readonly time: DeskTime;
  readonly ownCapacity: number | null;
  readonly box: BoxDraft;
  readonly types: readonly DeskType[];
  readonly waiting: readonly {
    readonly name: string;
    readonly typeName: string;
    readonly quantity: number;
    readonly state: string;
    readonly since: Date;
  }[];
}

/** Somebody who may come in. */
export interface DoorGuest {
  readonly code: string;
  readonly name: string;
  readonly typeName: string;
  readonly answers: TicketAnswers;
  readonly isIn: boolean;
  readonly inAt: Date | null;
}

export interface Door {
  readonly time: DeskTime;
  readonly questions: readonly TicketQuestion[];
  readonly guests: readonly DoorGuest[];
}

/**
 * What the door says of a code. again: somebody came in with it; cancelled: it was given back, or its order was; transferred: it went to somebody else under
 * another code; elsewhere: it is for something else, or another time; off: nothing takes place; unknown: no ticket has it.
 */
export type CheckIn =
  | { readonly kind: "welcome"; readonly name: string; readonly typeName: string }
  | { readonly kind: "again"; readonly name: string; readonly typeName: string; readonly at: Date | null; readonly by: string }
  | { readonly kind: "elsewhere"; readonly title: string; readonly startsAt: Date; readonly zone: string }
  | { readonly kind: "cancelled" | "transferred" | "off" | "unknown" };

export interface DoorScan {
  readonly by: UserId;
  readonly slug: string;
  readonly key: string;
  /** As it was typed or read: a code, or the address of a ticket. */
  readonly code: string;
  /** When it was read where the door had no network; null: now. */
  readonly readAt: Date | null;
}

/** Tickets of an entry, for its organiser and whoever keeps its calendar. Everybody else is told that there is nothing: not-found. */
export interface TicketDeskService {
  /** key null: the next time. */
  getDesk(by: UserId, slug: string, key: string | null): Promise<TicketDesk>;
  /** id null: a new one. Errors where it can't be so; [] when it is saved. */
  saveType(tx: Tx, by: UserId, of: { slug: string; id: TicketTypeId | null; draft: TypeDraft }): Promise<readonly FieldError[]>;
  saveBox(tx: Tx, by: UserId, of: { slug: string; draft: BoxDraft }): Promise<readonly FieldError[]>;
  /** How many places there are at one time of a series; null: as many as at the others. */
  saveTime(tx: Tx, by: UserId, of: { slug: string; key: string; capacity: number | null }): Promise<readonly FieldError[]>;
  getDoor(by: UserId, slug: string, key: string | null): Promise<Door>;
  checkIn(tx: Tx, scan: DoorScan): Promise<CheckIn>;
}
