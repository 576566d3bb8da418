import type { AuditService } from "../../contracts/audit.ts";
import type { OutgoingService } from "../../contracts/outgoing.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { discardPending, pause, release } from "./decide.ts";
import { listPending } from "./pending.ts";
import { findPause } from "./state.ts";

/** Whether anything goes out, from PostgreSQL; what people decide about it goes to the audit log. */
export function makeOutgoingService({ db }: Pick<ServiceDeps, "db">, { audit }: { audit: AuditService }): OutgoingService {
  return {
    findPause: () => findPause(db),
    listPending: () => listPending(db),
    pause: (tx, decision) => pause(tx, decision, audit),
    release: (tx, decision) => release(tx, decision, audit),
    discardPending: (tx, decision) => discardPending(tx, decision, audit),
  };
}
