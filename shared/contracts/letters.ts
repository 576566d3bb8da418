import type { LetterId, MemberLabelId, NewsletterId, PostId, SubscriberId, UserId } from "../models/ids.ts";
import type { LetterState } from "../models/letters.ts";
import type { Newsletter } from "./newsletters.ts";
import type { Tx } from "./tx.ts";

/** The words of a letter: html has passed the sanitiser, plaintext is the same without markup. audience: the group that it is for. */
export interface LetterText {
  readonly subject: string;
  readonly preheader: string;
  readonly html: string;
  readonly plaintext: string;
  /** A BCP 47 tag. */
  readonly language: string;
  readonly audience: string | null;
}

/** Whom of the list it goes to: who carries the label, and is in the group; null: everybody. */
export interface Segment {
  readonly labelId: MemberLabelId | null;
  readonly groupName: string | null;
}

/**
 * How far it is. readers: those written down as it began; gone: of those, who left the site since. repeated: of those who wait, whom
 * the mail server sent away before.
 */
export interface LetterProgress {
  readonly readers: number;
  readonly waiting: number;
  readonly repeated: number;
  readonly sent: number;
  readonly leftOut: number;
  readonly refused: number;
  readonly givenUp: number;
  readonly gone: number;
  readonly bounced: number;
  readonly complained: number;
}

/** A letter. trouble: what the mail server says, in words; "" while it takes what it is given. */
export interface Letter extends LetterText, Segment {
  readonly id: LetterId;
  readonly newsletter: Newsletter;
  readonly postId: PostId | null;
  readonly labelName: string | null;
  readonly state: LetterState;
  readonly sendAt: Date | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly trouble: string;
  readonly createdAt: Date;
  readonly progress: LetterProgress;
}

/** A letter in a list. */
export type LetterRow = Pick<Letter, "id" | "subject" | "state" | "sendAt" | "startedAt" | "finishedAt" | "createdAt" | "progress"> & {
  readonly newsletterName: string;
};

/** What everybody can read of what was sent: of an open list, to all of it, a text for everybody. */
export interface ArchivedLetter {
  readonly id: LetterId;
  readonly subject: string;
  readonly preheader: string;
  readonly sentAt: Date;
}

/** A reader whose turn it is. */
export interface ClaimedReader {
  readonly letterId: LetterId;
  readonly subscriberId: SubscriberId;
  readonly email: string;
  readonly name: string;
  readonly attempts: number;
}

/**
 * What became of a mail. refused: they can't be written to, isAddress: since there is no such mailbox. later: not now. away: the mail
 * server is not there, which is not about this reader. reply: its codes alone, as "550 5.1.1".
 */
export type MailOutcome =
  | { kind: "sent" }
  | { kind: "refused"; isAddress: boolean; reply: string }
  | { kind: "later"; reply: string }
  | { kind: "away"; words: string };

export interface SettledReader extends Pick<ClaimedReader, "letterId" | "subscriberId"> {
  readonly outcome: MailOutcome;
}

/** What came back of a mail that had been taken. */
export interface MailReport {
  readonly letterId: LetterId;
  readonly subscriberId: SubscriberId;
  readonly kind: "bounced" | "complained";
  readonly reply: string;
}

/** Somebody whose mail came back or was not taken. */
export interface CameBack {
  readonly letterId: LetterId;
  readonly subject: string;
  readonly email: string;
  readonly what: "refused" | "given-up" | "bounced" | "complained";
  readonly reply: string;
  readonly at: Date;
}

/** What is under way, for the figures. */
export interface SendingFigures {
  readonly waiting: number;
  readonly paused: number;
  readonly inTrouble: number;
}

/** A text of the blog that a letter can be made of, published or not. */
export interface TextRow {
  readonly postId: PostId;
  readonly title: string;
  readonly status: string;
  readonly audience: string | null;
  readonly updatedAt: Date;
}

/** Letters to the readers of lists: written from texts of the blog, sent once to each reader. */
export interface LettersService {
  /** The newest fifty first. */
  listLetters(): Promise<readonly LetterRow[]>;
  /** Throws not-found. */
  getLetter(id: LetterId): Promise<Letter>;
  /** The forty texts of the blog that were changed last. Whoever asks has looked whether they may be shown drafts. */
  listTexts(): Promise<readonly TextRow[]>;
  /** A text of the blog as a letter would have it; null: it is gone. */
  findText(postId: PostId): Promise<LetterText | null>;
  /** How many would get it if it began now. */
  countReaders(id: LetterId): Promise<number>;
  /** What everybody may read of a list, the newest first. */
  listArchive(newsletterId: NewsletterId): Promise<readonly ArchivedLetter[]>;
  /** Null: there is none that everybody may read. */
  findArchived(newsletterId: NewsletterId, id: LetterId): Promise<(ArchivedLetter & LetterText) | null>;
  /** The newest hundred. */
  listCameBack(): Promise<readonly CameBack[]>;
  getFigures(): Promise<SendingFigures>;

  draft(tx: Tx, letter: LetterText & { newsletterId: NewsletterId; postId: PostId | null; by: UserId | null }): Promise<LetterId>;
  /** What a draft says and whom it is for. A text for a group goes to that group only. False: it is no draft any more. */
  change(
    tx: Tx,
    id: LetterId,
    change: Pick<LetterText, "subject" | "preheader"> & Segment & { newsletterId: NewsletterId },
  ): Promise<boolean>;
  /** The text as the blog has it now. False: it is no draft any more. */
  retake(tx: Tx, id: LetterId, text: Omit<LetterText, "subject" | "preheader">): Promise<boolean>;
  /** A draft is to be sent, at null: now. False: it is no draft any more. */
  schedule(tx: Tx, id: LetterId, decision: { at: Date | null; by: UserId | null }): Promise<boolean>;
  /** What is scheduled becomes a draft again; what is being sent stops, or goes on. False: it had come further by then. */
  unschedule(tx: Tx, id: LetterId, by: UserId): Promise<boolean>;
  pause(tx: Tx, id: LetterId, by: UserId): Promise<boolean>;
  resume(tx: Tx, id: LetterId, by: UserId): Promise<boolean>;
  /** For good: who has not got it does not. */
  cancel(tx: Tx, id: LetterId, by: UserId): Promise<boolean>;
  /** A draft is thrown away. */
  discard(tx: Tx, id: LetterId, by: UserId): Promise<boolean>;

  /** Begins what is due: writes down its readers, each once. Gives how many letters began. */
  beginDue(tx: Tx, now: Date): Promise<number>;
  /** Whether somebody waits whose turn has come. */
  isWorkWaiting(): Promise<boolean>;
  /** What a process that is gone had in hand waits again. For the one process that sends. */
  takeBack(tx: Tx): Promise<number>;
  /** The next readers, none while the site is paused; who may not be written to any more is left out. Letters without readers left are done. */
  claim(tx: Tx, limit: number): Promise<readonly ClaimedReader[]>;
  /** Writes down what became of them; whose address does not exist is not written to again. */
  settle(tx: Tx, settled: readonly SettledReader[]): Promise<void>;
  /** Something came back: nobody writes there any more. Again it changes nothing. */
  report(tx: Tx, report: MailReport): Promise<void>;

  /** For the one process that sends: in a session of its own, as long as that lasts. False: another one does. */
  holdSending(session: Pick<Tx, "execute">): Promise<boolean>;

  /** Lists whose day for what is new has come, by the site's clock, and that have not had it. since: the last such day. */
  listDueDigests(now: Date): Promise<readonly { newsletter: Pick<Newsletter, "id" | "name">; since: Date }[]>;
  /** Once a day, whoever asks: the letter goes out at once; text null: there is nothing new. False: it was done. */
  sendDigest(tx: Tx, newsletterId: NewsletterId, now: Date, text: LetterText | null): Promise<boolean>;
}
