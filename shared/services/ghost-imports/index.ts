import { sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { GhostImportsService } from "../../contracts/ghost-imports.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { GhostImportId, UserId } from "../../models/ids.ts";
import { addImport } from "./add-import.ts";
import { getImport, listAddresses, listImports, listItems, listTaken, listWaiting } from "./read-imports.ts";
import { begin, end, forget, release, settle, stop, take } from "./run-imports.ts";

/** Files of a Ghost, over PostgreSQL. */
export function makeGhostImportsService({ db }: ServiceDeps, { audit }: { audit: AuditService }): GhostImportsService {
  const record = (tx: Tx, action: string, id: GhostImportId, by: UserId) =>
    audit.record(tx, { app: "blog", by, action, subject: `ghost-import:${id}`, reason: "", before: null, after: null });
  return {
    list: (limit) => listImports(db, limit),
    get: (id) => getImport(db, id),
    listItems: (id, plan, limit) => listItems(db, id, plan, limit),
    listTaken: (addresses) => listTaken(db, addresses),
    async add(tx, file, items) {
      const id = await addImport(tx, file, items);
      await record(tx, "read ghost file", id, file.by);
      return id;
    },
    async begin(tx, id, by) {
      if (!(await begin(tx, id))) return false;
      await record(tx, "import ghost file", id, by);
      await tx.execute(sql`select pg_notify('ghost', '')`);
      return true;
    },
    async stop(tx, id, by) {
      if (!(await stop(tx, id))) return false;
      await record(tx, "stop ghost file", id, by);
      return true;
    },
    forget,
    take,
    release,
    listWaiting: (id, limit) => listWaiting(db, id, limit),
    listAddresses: (id) => listAddresses(db, id),
    settle,
    end,
  };
}
