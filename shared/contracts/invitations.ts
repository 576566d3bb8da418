import type { CalendarEntryId, EntryGuestId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

export type GuestAnswer = "waiting" | "yes" | "no" | "maybe";

/** Who was asked to come. isSent: a mail went out. */
export interface GuestView {
  readonly id: EntryGuestId;
  readonly email: string;
  readonly answer: GuestAnswer;
  readonly isSent: boolean;
}

/** A mail that is due to a guest, of one version of an entry. file: the invitation as calendar programs read it (RFC 5546). */
export interface DueInvitation {
  readonly guestId: EntryGuestId;
  readonly email: string;
  readonly method: "REQUEST" | "CANCEL";
  readonly sequence: number;
  readonly isFirst: boolean;
  readonly title: string;
  readonly summary: string;
  readonly place: string;
  readonly rule: string;
  readonly startsAt: Date;
  readonly zone: string;
  readonly isAllDay: boolean;
  readonly url: string;
  readonly file: string;
}

/** What a guest sees who follows the address in the mail. */
export interface InvitationView {
  readonly title: string;
  readonly url: string;
  readonly answer: GuestAnswer;
  readonly isCancelled: boolean;
}

/** Asking people by mail to come, whoever they are. Guests are personal data: only who keeps the calendar sees them. */
export interface InvitationsService {
  /** Throws not-found for whoever does not keep the entry's calendar. */
  listGuests(
    by: UserId,
    slug: string,
  ): Promise<{ readonly entryId: CalendarEntryId; readonly title: string; readonly guests: readonly GuestView[] }>;
  /** Asks those who were not asked yet; a hundred an entry at most. Gives how many are new; null: this is not theirs to do. */
  invite(
    tx: Tx,
    invitation: { slug: string; emails: readonly string[]; by: UserId },
  ): Promise<{ readonly added: number; readonly isFull: boolean } | null>;
  /** They are told that it is off for them, where they were asked. */
  takeOut(tx: Tx, removal: { slug: string; guestId: EntryGuestId; by: UserId }): Promise<boolean>;
  /** sender: the address that stands as organiser, "mailto:…". */
  listDue(entryId: CalendarEntryId, sender: string): Promise<readonly DueInvitation[]>;
  markSent(tx: Tx, due: Pick<DueInvitation, "guestId" | "method" | "sequence">): Promise<void>;
  findInvitation(id: EntryGuestId): Promise<InvitationView | null>;
  answer(tx: Tx, id: EntryGuestId, answer: Exclude<GuestAnswer, "waiting">): Promise<boolean>;
}
