import type { AuditService } from "../../contracts/audit.ts";
import type { OutboxService } from "../../contracts/outbox.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { forgetInternal } from "./forget-internal.ts";
import { countByHandler, countQueues, listQueue } from "./queues.ts";
import { discardHandling, forgetSettled, retryHandling } from "./settle.ts";

/** What waits to be handled, from PostgreSQL; what people decide about it goes to the audit log. */
export function makeOutboxService({ db }: Pick<ServiceDeps, "db">, { audit }: { audit: AuditService }): OutboxService {
  return {
    countQueues: () => countQueues(db),
    countByHandler: (handlers) => countByHandler(db, handlers),
    listQueue: (queue) => listQueue(db, queue),
    retryHandling: (tx, verdict) => retryHandling(tx, verdict, audit),
    discardHandling: (tx, verdict) => discardHandling(tx, verdict, audit),
    forgetSettled,
    forgetInternal,
  };
}
