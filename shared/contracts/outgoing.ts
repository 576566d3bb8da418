import type { App } from "../models/apps.ts";
import type { UserId } from "../models/ids.ts";
import type { HandlingView } from "./outbox.ts";
import type { Tx } from "./tx.ts";

/**
 * While the site is paused nothing goes out by itself: no activity is handled, and of the timetable only what keeps house.
 * What answers a person who is there, a page or a sign-in mail, goes on.
 */
export interface Pause {
  since: Date;
  /** An admin's, who paused by hand; null: the database was found to be another than the site last served from, as after a restore. */
  reason: string | null;
}

/** What one handler has not done yet. before: of that, what was emitted before the pause. */
export interface PendingOfHandler {
  handler: string;
  count: number;
  before: number;
  oldestAt: Date;
  /** The first ten. */
  first: readonly HandlingView[];
}

/** What somebody behind the counter decides about the whole site, for the audit log. */
export interface OutgoingDecision {
  app: App;
  by: UserId;
  reason: string;
}

/** Whether anything goes out, and who decides so. */
export interface OutgoingService {
  /** Null: everything goes out. The first who asks in a database that came back, or of a promoted standby, pauses the site. */
  findPause(): Promise<Pause | null>;
  listPending(): Promise<readonly PendingOfHandler[]>;
  /** False when it is paused. */
  pause(tx: Tx, decision: OutgoingDecision): Promise<boolean>;
  /** Has everything go out that is pending. False when it is not paused. */
  release(tx: Tx, decision: OutgoingDecision): Promise<boolean>;
  /**
   * Has never handled what was pending when the pause began, of one handler or (null) of all; nothing of what came since, nor what
   * somebody has in hand. The pause goes on. Returns how many; null when it is not paused.
   */
  discardPending(tx: Tx, decision: OutgoingDecision & { handler: string | null }): Promise<number | null>;
}
