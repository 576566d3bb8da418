import type { CalendarFeedId, CalendarId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/** A calendar as other programs read it. etag: of exactly these bytes, in quotes; lastModified: in whole seconds. */
export interface CalendarFile {
  readonly body: string;
  readonly etag: string;
  readonly lastModified: Date;
}

/** Asks for a file; known: the etag that the asker has. */
export type CalendarFileResult = CalendarFile | { readonly kind: "unchanged"; readonly etag: string; readonly lastModified: Date };

/**
 * One event of a file, in plain values. key: of the one time of a series that it is about, null for the whole; planned: the same as the
 * file writes it. zone null: it floats. startsLocal: "2026-11-20T18:30:00"; duration: ISO 8601. recurrence: lines.
 */
export interface ImportedEvent {
  readonly uid: string;
  readonly key: string | null;
  readonly planned: string;
  readonly isFollowing: boolean;
  readonly title: string;
  readonly text: string;
  readonly place: string;
  readonly onlineUrl: string;
  readonly tags: readonly string[];
  readonly organiserName: string;
  readonly organiserAddress: string;
  readonly isCancelled: boolean;
  readonly isTentative: boolean;
  readonly sequence: number;
  readonly stampedAt: Date | null;
  readonly extra: readonly string[];
  readonly zone: string | null;
  readonly isAllDay: boolean;
  readonly startsLocal: string;
  readonly duration: string;
  readonly isExact: boolean;
  readonly recurrence: readonly string[];
}

/** All of a file about one UID: the series first, where it is there. */
export type ImportedSeries = readonly ImportedEvent[];

/** What becomes of a series. older: what is here is of a later version; foreign: it is here already, from elsewhere. */
export type ImportOutcome = "new" | "changed" | "same" | "older" | "foreign" | "unusable";

export interface ImportLine {
  readonly uid: string;
  readonly title: string;
  readonly outcome: ImportOutcome;
  readonly note: string;
}

/** A feed as keepers see it. nextAt: when it is asked next. */
export interface FeedView {
  readonly id: CalendarFeedId;
  readonly url: string;
  readonly isActive: boolean;
  readonly entryCount: number;
  readonly readAt: Date | null;
  readonly changedAt: Date | null;
  readonly nextAt: Date;
  readonly trouble: string;
  readonly notes: readonly string[];
}

/** A feed in a process's hand, with what is known of what was read last. */
export interface FeedInHand {
  readonly id: CalendarFeedId;
  readonly calendarId: CalendarId;
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bodyHash: string | null;
  readonly failures: number;
}

/** What came of asking a feed. unchanged: it says what it said. */
export type FeedOutcome =
  | {
      readonly kind: "read";
      readonly etag: string | null;
      readonly lastModified: string | null;
      readonly bodyHash: string;
      readonly notes: readonly string[];
    }
  | { readonly kind: "unchanged" }
  | { readonly kind: "failed"; readonly trouble: string; readonly isLasting: boolean };

/** Calendars as files: read by other programs, taken from files, and followed where others publish them. */
export interface CalendarFilesService {
  /** Throws not-found. */
  getCalendarFile(slug: string, known: string | null): Promise<CalendarFileResult>;
  /** One entry with all its times. Throws not-found. */
  getEntryFile(slug: string): Promise<CalendarFile>;
  /** What somebody organises, holds tickets of (they, or whom they look after), is asked to, or has a room for; null: no such address. */
  findOwnFile(tokenHash: string, known: string | null): Promise<CalendarFileResult | null>;
  /** The same for a member, of what has not ended: a file to keep. */
  getOwnAhead(userId: UserId): Promise<CalendarFile>;
  findOwnAddress(userId: UserId): Promise<{ readonly createdAt: Date; readonly lastUsedAt: Date | null } | null>;
  /** One that was there before opens nothing any more. */
  renewOwnAddress(tx: Tx, address: { userId: UserId; tokenHash: string }): Promise<void>;
  revokeOwnAddress(tx: Tx, userId: UserId): Promise<boolean>;
  /** What would become of each; nothing is written. */
  previewImport(calendarId: CalendarId, feedId: CalendarFeedId | null, series: readonly ImportedSeries[]): Promise<readonly ImportLine[]>;
  /** Keeps a file for an hour, so that it can be taken in after a look at what it would change; the one that they brought before for this calendar goes. */
  keepUpload(tx: Tx, upload: { calendarId: CalendarId; by: UserId; name: string; bytes: Buffer; tokenHash: string }): Promise<void>;
  /** Null: it is too late, or another one's. */
  findUpload(which: {
    calendarId: CalendarId;
    by: UserId;
    tokenHash: string;
  }): Promise<{ readonly name: string; readonly bytes: Buffer } | null>;
  dropUpload(tx: Tx, tokenHash: string): Promise<void>;
  dropLapsedUploads(tx: Tx): Promise<void>;
  /** Takes some series into a calendar; the same again changes nothing. Of those of a feed it is the source. */
  importSeries(
    tx: Tx,
    work: { calendarId: CalendarId; feedId: CalendarFeedId | null; series: readonly ImportedSeries[]; by: UserId | null },
  ): Promise<readonly ImportLine[]>;
  /** Takes what is ahead and that a feed does not have any more out of its calendar. Gives how many. */
  removeMissing(tx: Tx, feedId: CalendarFeedId, uids: readonly string[]): Promise<number>;
  listFeeds(calendarId: CalendarId): Promise<readonly FeedView[]>;
  addFeed(tx: Tx, feed: { calendarId: CalendarId; url: string; by: UserId }): Promise<"added" | "there-already">;
  /** withEntries: what it brought goes with it; else it stays, and is the calendar's own. */
  removeFeed(tx: Tx, removal: { calendarId: CalendarId; id: CalendarFeedId; withEntries: boolean; by: UserId }): Promise<boolean>;
  /** It is asked at once. */
  askFeed(tx: Tx, calendarId: CalendarId, id: CalendarFeedId): Promise<boolean>;
  /** The feed that is due longest, under a lease; null: none is. */
  takeDueFeed(tx: Tx, now: Date): Promise<FeedInHand | null>;
  settleFeed(tx: Tx, id: CalendarFeedId, outcome: FeedOutcome, now: Date): Promise<void>;
  /** Makes times up to the horizon, of some entries whose times end before it or were made with other rules of zones. Gives of how many. */
  keepHorizon(tx: Tx, now: Date): Promise<number>;
}
