import type { RetentionKey } from "../models/retention.ts";
import type { Tx } from "./tx.ts";

/** What the service takes away itself; activities are the outbox's. */
export type SweptKey = Exclude<RetentionKey, "activities">;

export interface RetentionRun {
  readonly what: string;
  readonly before: Date;
  readonly count: number;
  readonly ranAt: Date;
}

/** What is taken away because its time is over. */
export interface RetentionService {
  /** The instant before which it is over. usual: where stewards have not chosen; null: as models/retention.ts says. */
  findEnd(key: RetentionKey, usual: number | null): Promise<Date>;
  /** Takes away some of what is older, at most `most`; gives how many. */
  takeAway(tx: Tx, key: SweptKey, before: Date, most: number): Promise<number>;
  /** Writes down what a night took away; nothing for nothing. */
  note(tx: Tx, run: { readonly what: RetentionKey; readonly before: Date; readonly count: number }): Promise<void>;
  /** The latest, newest first. */
  listRuns(): Promise<readonly RetentionRun[]>;
}
