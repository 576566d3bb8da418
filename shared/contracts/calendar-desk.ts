import type { CalendarEntryId, CalendarId, MediaId, RoomId, UserId } from "../models/ids.ts";
import type { EntryCard } from "./events.ts";
import type { Tx } from "./tx.ts";

/**
 * An entry as somebody writes it. text is typed: paragraphs, lists, **bold**, links. startsLocal, endsLocal: what the clocks of zone
 * show, "2026-11-20T18:30"; of whole days midnights, the end exclusive. recurrence: lines of RRULE, RDATE, EXDATE, EXRULE (RFC 5545).
 */
export interface EntryDraft {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly place: string;
  readonly roomId: RoomId | null;
  /** Of all of it: one time of a series has no other. The caller knows that they may show it. */
  readonly pictureId: MediaId | null;
  readonly onlineUrl: string;
  readonly tags: readonly string[];
  readonly zone: string;
  readonly isAllDay: boolean;
  readonly startsLocal: string;
  readonly endsLocal: string;
  readonly recurrence: readonly string[];
}

/** What is wrong with one field of a draft, in words for whoever wrote it. */
export interface DraftError {
  readonly field: keyof EntryDraft;
  readonly message: string;
}

/** What has a room already when somebody else wants it. title is null for what is nobody's to see. */
export interface RoomClash {
  readonly room: string;
  readonly title: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly zone: string;
}

/** Why nothing was changed. wrong: the draft; room-taken: the first of what stands against it. */
export type DraftRefusal =
  | { readonly kind: "wrong"; readonly errors: readonly DraftError[] }
  | { readonly kind: "room-taken"; readonly clashes: readonly RoomClash[] };

/** proposed: somebody has to approve it first. not-yours: they may not propose here. */
export type ProposeResult =
  | { readonly kind: "proposed" | "confirmed"; readonly id: CalendarEntryId; readonly slug: string }
  | { readonly kind: "not-yours" }
  | DraftRefusal;

/** settled: somebody decided before. conflict: it was changed since it was looked at. */
export type DecideResult =
  | { readonly kind: "decided" }
  | { readonly kind: "settled"; readonly status: EntryStatus }
  | { readonly kind: "conflict" }
  | { readonly kind: "gone" }
  | Extract<DraftRefusal, { kind: "room-taken" }>;

/** changed: slug is where it is now, as what follows of a series becomes one of its own; dropped: single changes that fit no time any more. */
export type ChangeResult =
  | { readonly kind: "changed"; readonly slug: string; readonly dropped: number }
  | { readonly kind: "conflict" }
  | { readonly kind: "gone" }
  | DraftRefusal;

export type EntryStatus = "proposed" | "confirmed" | "declined" | "cancelled";

/** Which times of an entry are meant. key: as in the address of one. "following": it and all after it. */
export type ChangeScope = { readonly kind: "all" } | { readonly kind: "this" | "following"; readonly key: string };

/**
 * A calendar in which somebody may propose. isKeeper: what they propose stands at once. group: whose members may, beside keepers; empty:
 * everybody's, or keepers' alone. rooms: inner ones have the outer one's name before theirs.
 */
export interface OpenCalendar {
  readonly id: CalendarId;
  readonly name: string;
  readonly slug: string;
  readonly zone: string;
  readonly isKeeper: boolean;
  readonly isModerated: boolean;
  readonly isForKeepers: boolean;
  readonly group: string;
  readonly rooms: readonly { readonly id: RoomId; readonly name: string }[];
}

/** An entry as those see it who may change or decide. key: of the one time that is edited, null for all of it. */
export interface EntryForEditing {
  readonly id: CalendarEntryId;
  readonly slug: string;
  readonly revision: number;
  readonly status: EntryStatus;
  readonly calendar: OpenCalendar;
  readonly draft: EntryDraft;
  readonly key: string | null;
  readonly isSeries: boolean;
  readonly isFromFeed: boolean;
  readonly isCancelled: boolean;
  readonly decisionNote: string;
  readonly mayDecide: boolean;
}

/** An entry in a list of those that wait, or of somebody's own. warnings: what a keeper should know, as that its room is taken. */
export interface DeskLine {
  readonly id: CalendarEntryId;
  readonly revision: number;
  readonly status: EntryStatus;
  readonly entry: EntryCard;
  readonly proposedBy: string | null;
  readonly rule: string;
  readonly roomName: string | null;
  readonly decisionNote: string;
  readonly clashes: readonly RoomClash[];
}

/** note: what the keeper wrote with the decision; when: of the first time. */
export interface ConcernedPeople {
  readonly title: string;
  readonly slug: string;
  readonly status: EntryStatus;
  readonly note: string;
  readonly calendar: string;
  readonly startsAt: Date;
  readonly zone: string;
  readonly proposedBy: string;
  readonly noticeTo: readonly UserId[];
  readonly mailTo: readonly { readonly userId: UserId; readonly email: string; readonly name: string }[];
}

/** Proposing entries, deciding about them, changing and cancelling them. */
export interface CalendarDeskService {
  listOpenCalendars(userId: UserId): Promise<readonly OpenCalendar[]>;
  /** What waits in calendars that they look after, the oldest first. */
  listQueue(userId: UserId): Promise<readonly DeskLine[]>;
  /** Whether they look after a calendar. */
  isKeeper(userId: UserId): Promise<boolean>;
  /** Who has to hear of what waits, or of what was decided about it: to whom it is written, and whose notices it stands in. Null: it is gone. */
  listConcerned(tx: Tx, entryId: CalendarEntryId, about: "proposal" | "decision"): Promise<ConcernedPeople | null>;
  /** What somebody proposed or organises: what waits first, then the latest. */
  listOwn(userId: UserId): Promise<readonly DeskLine[]>;
  /** What waits is found by its organiser and by keepers. Throws not-found. */
  getForEditing(userId: UserId, slug: string, key: string | null): Promise<EntryForEditing>;
  propose(tx: Tx, proposal: { calendarId: CalendarId; draft: EntryDraft; by: UserId }): Promise<ProposeResult>;
  /** By a keeper who saw this revision. note: to whoever proposed it. */
  decide(
    tx: Tx,
    decision: { id: CalendarEntryId; revision: number; verdict: "confirmed" | "declined"; note: string; by: UserId },
  ): Promise<DecideResult>;
  /** By keepers; by the organiser as long as it waits. */
  change(
    tx: Tx,
    change: { id: CalendarEntryId; revision: number; scope: ChangeScope; draft: EntryDraft; by: UserId },
  ): Promise<ChangeResult>;
  /** By keepers and the organiser. What waits is withdrawn; one time of a series stays, struck through; what follows is taken off. */
  cancel(tx: Tx, cancelling: { id: CalendarEntryId; revision: number; scope: ChangeScope; by: UserId }): Promise<ChangeResult>;
  /** Takes back that one time, or all of it, is cancelled. */
  reinstate(
    tx: Tx,
    back: { id: CalendarEntryId; revision: number; scope: Exclude<ChangeScope, { kind: "following" }>; by: UserId },
  ): Promise<ChangeResult>;
}
