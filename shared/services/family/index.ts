import type { AuditService } from "../../contracts/audit.ts";
import type { FamilyService } from "../../contracts/family.ts";
import type { FederationService } from "../../contracts/federation.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeAsk } from "./ask.ts";
import { makeDecide } from "./decide.ts";
import { makeReads } from "./reads.ts";

/** Who looks after whom, over PostgreSQL. */
export function makeFamilyService(
  { db }: Pick<ServiceDeps, "db">,
  beside: { audit: Pick<AuditService, "record">; federation: Pick<FederationService, "notifyPeople"> },
): FamilyService {
  return { ...makeReads(db), ...makeAsk(beside), ...makeDecide(beside) };
}
