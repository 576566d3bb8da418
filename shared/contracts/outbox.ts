import { z } from "zod";
import { APPS, type App } from "../models/apps.ts";
import { ACTIVITY_TYPES } from "../models/federation.ts";
import type { HandlingId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/** waiting: not tried yet, or in hand; failing: tried in vain, and to be tried again; dead: given up. */
export const QUEUES = ["dead", "failing", "waiting"] as const;
export type Queue = (typeof QUEUES)[number];

/** What one handler has to do about one activity. at: when it died, when it is tried again, or when it was emitted. */
export const handlingView = z
  .object({
    id: z.number().int(),
    handler: z.string(),
    activityType: z.enum(ACTIVITY_TYPES),
    objectType: z.string(),
    objectId: z.string(),
    objectName: z.string().nullable(),
    originApp: z.enum(APPS),
    attempts: z.number().int(),
    isInHand: z.boolean(),
    lastError: z.string().nullable(),
    publishedAt: z.date(),
    at: z.date(),
  })
  .readonly();
export type HandlingView = z.output<typeof handlingView>;

/** How many there are in each queue, and how long the oldest that could be handled has been waiting: 0 when none is. */
export type QueueCounts = Readonly<Record<Queue, number>> & { oldestDueSeconds: number };

/** What one handler has before it, counted to ten thousand each; 0 seconds when nothing is due. */
export interface HandlerCounts {
  handler: string;
  pending: number;
  dead: number;
  oldestDueSeconds: number;
}

/** What somebody behind the counter of an app decides about a handling, for the audit log. */
export interface Verdict {
  id: HandlingId;
  app: App;
  by: UserId;
  reason: string;
}

/** What waits to be handled, for those who look after it. */
export interface OutboxService {
  countQueues(): Promise<QueueCounts>;
  /** Of each of these handlers, in their order; cheap enough to be asked every few seconds, however much waits. */
  countByHandler(handlers: readonly string[]): Promise<readonly HandlerCounts[]>;
  /** The first fifty: the newest dead, the failing that are tried next, the waiting in their order. */
  listQueue(queue: Queue): Promise<readonly HandlingView[]>;
  /** Has it tried now; a dead one queues behind what came later. False when it is neither failing nor dead. */
  retryHandling(tx: Tx, verdict: Verdict): Promise<boolean>;
  /** Has it never tried again, and lets its object go on. False when it is in hand, or settled. */
  discardHandling(tx: Tx, verdict: Verdict): Promise<boolean>;
  /** Deletes what was done or discarded before then; returns how many. */
  forgetSettled(tx: Tx, before: Date): Promise<number>;
  /**
   * Deletes internal activities from before then that no handler has a row for and nobody was told of, the oldest first, so many at
   * most; returns how many. What was ever to be seen outside stays: others may ask for it.
   */
  forgetInternal(tx: Tx, before: Date, most: number): Promise<number>;
}
