import { z } from "zod";
import type { DeliveryId, UserId } from "../models/ids.ts";
import type { Queue } from "./outbox.ts";
import type { Tx } from "./tx.ts";

/** What goes, or does not go, to one inbox. at: when it was given up, when it is tried again, or when it was said. */
export const deliveryView = z
  .object({
    id: z.number().int(),
    type: z.string(),
    object: z.string(),
    actor: z.string(),
    inbox: z.string(),
    attempts: z.number().int(),
    isInHand: z.boolean(),
    lastError: z.string().nullable(),
    at: z.date(),
  })
  .readonly();
export type DeliveryView = z.output<typeof deliveryView>;

/** What somebody behind the counter decides, for the audit log. */
interface Decision {
  readonly by: UserId;
  readonly reason: string;
}

/** Deliveries to other servers, and those servers, for those who look after them. */
export interface DeliveriesService {
  countQueues(): Promise<Readonly<Record<Queue, number>>>;
  /** The first fifty: the newest dead, the failing that are tried next, the waiting in their order. */
  listQueue(queue: Queue): Promise<readonly DeliveryView[]>;
  /** Has it tried now; a dead one behind what came later. False when it is neither failing nor dead. */
  retry(tx: Tx, id: DeliveryId, decision: Decision): Promise<boolean>;
  /** Has it never sent. False when it is in hand, or settled. */
  discard(tx: Tx, id: DeliveryId, decision: Decision): Promise<boolean>;
  /** Shuts a host out, or lets it in again. What waits for it when it is shut out is discarded. */
  decideHost(tx: Tx, host: string, isSuspended: boolean, decision: Decision): Promise<void>;
}
