import type { AuditService } from "../../contracts/audit.ts";
import type { CycleDeskService } from "../../contracts/cycle-desk.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeCommands } from "./commands.ts";
import { makeReads } from "./reads.ts";

/** Order cycles behind the counter, over PostgreSQL. */
export function makeCycleDeskService(deps: ServiceDeps, { audit }: { audit: AuditService }): CycleDeskService {
  return { ...makeReads(deps), ...makeCommands(audit) };
}
