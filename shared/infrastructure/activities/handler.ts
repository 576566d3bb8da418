import type { Activity } from "../../contracts/activities.ts";
import type { Tx } from "../../contracts/tx.ts";

interface HandlerParts {
  /** As in the subscriptions. */
  name: string;
  /** How many activities it handles at the same time in one process, of different objects. */
  atOnce: number;
}

/** Works in the database only, in the transaction that also marks the activity as handled: exactly once. */
export interface TransactionHandler extends HandlerParts {
  kind: "transaction";
  handle(tx: Tx, activity: Activity): Promise<void>;
}

/** Reaches beyond the database: at least once, so it does its work once per activity id. Gives up when signal says so. */
export interface OutsideHandler extends HandlerParts {
  kind: "outside";
  handle(activity: Activity, signal: AbortSignal): Promise<void>;
}

/** What is to be done about activities of some kinds. It throws when it can't: it is tried again later. */
export type ActivityHandler = TransactionHandler | OutsideHandler;
