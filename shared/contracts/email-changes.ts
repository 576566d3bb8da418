import type { EmailChangeId, UserId } from "../models/ids.ts";
import type { EmailChangeEnd } from "../models/members.ts";
import type { Tx } from "./tx.ts";

/** A change that waits for one address or both. oldEmail null: there was none to ask. */
export interface OpenEmailChange {
  readonly id: EmailChangeId;
  readonly oldEmail: string | null;
  readonly newEmail: string;
  readonly isAllowed: boolean;
  readonly isConfirmed: boolean;
  readonly expiresAt: Date;
}

/** Which of the two mails a link came in. */
export type EmailChangeSide = "old" | "new";

/** Hashes of the tokens that go out (SHA-256, base64url). expected: the change that the member saw under way; null: none. */
export interface NewEmailChange {
  readonly userId: UserId;
  readonly newEmail: string;
  readonly oldTokenHash: string;
  readonly newTokenHash: string;
  readonly expiresAt: Date;
  readonly expected: EmailChangeId | null;
}

/**
 * started: isOthers: the address is another member's, who is written to instead, and who asked is not told. same: it is theirs
 * already. changed-meanwhile: another change is under way than they saw, or none any more.
 */
export type StartedEmailChange =
  | { readonly kind: "started"; readonly oldEmail: string | null; readonly isOthers: boolean }
  | { readonly kind: "same" }
  | { readonly kind: "changed-meanwhile" };

/** What a link opens. over: how it ended; expired too, where nobody has noticed yet. unknown: no such link was ever sent. */
export type OpenedEmailChange =
  | {
      readonly kind: "open";
      readonly side: EmailChangeSide;
      readonly change: OpenEmailChange;
      readonly name: string;
      readonly handle: string;
    }
  | { readonly kind: "over"; readonly side: EmailChangeSide; readonly end: EmailChangeEnd }
  | { readonly kind: "unknown" };

/** waiting: for the other address. done: both said yes. */
export type AnsweredEmailChange =
  | { readonly kind: "waiting"; readonly change: OpenEmailChange }
  | { readonly kind: "done"; readonly userId: UserId; readonly name: string; readonly oldEmail: string | null; readonly newEmail: string }
  | { readonly kind: "over"; readonly end: EmailChangeEnd }
  | { readonly kind: "unknown" };

/** Changes of the address that somebody signs in with: nothing changes before the old and the new one said yes. */
export interface EmailChangesService {
  findOpen(userId: UserId): Promise<OpenEmailChange | null>;
  /** A change that was under way ends as replaced: its links open nothing any more. */
  start(tx: Tx, change: NewEmailChange): Promise<StartedEmailChange>;
  /** What the link would do, without doing it. */
  open(tokenHash: string): Promise<OpenedEmailChange>;
  /** Says yes for the address that the link went to; of parallel answers each counts once. */
  agree(tx: Tx, tokenHash: string): Promise<AnsweredEmailChange>;
  /** The old address says no. The new one can't: it has nothing to lose, and its page can be left alone. */
  refuse(tx: Tx, tokenHash: string): Promise<AnsweredEmailChange>;
  /** The member thinks better of it. False: it was over already. */
  stop(tx: Tx, userId: UserId, id: string): Promise<boolean>;
}
