import type { AuditService } from "../../contracts/audit.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { auditEntries } from "../../models/audit.ts";
import { listAbout, listEntries } from "./list-entries.ts";

/** What was done behind the counter, in PostgreSQL. */
export function makeAuditService({ db }: Pick<ServiceDeps, "db">): AuditService {
  return {
    async record(tx, { by, ...entry }) {
      await tx.insert(auditEntries).values({ ...entry, actor: `user:${by}` });
    },
    listEntries: (filter, page) => listEntries(db, filter, page),
    listAbout: (subject) => listAbout(db, subject),
  };
}
