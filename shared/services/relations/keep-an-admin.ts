import { sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { RelationStore } from "../../infrastructure/relations/index.ts";
import { listHolders } from "./rights.ts";

/**
 * Does what may take the role of admin from somebody, and throws last-admin where nobody would have it any more; the transaction is
 * rolled back then. Two who take it from each other at the same moment take turns.
 */
export async function keepingAnAdmin<T>(tx: Tx, store: RelationStore, change: () => Promise<T>): Promise<T> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('admins of the site', 0))`);
  const admins = () => listHolders(store, tx, { role: "admin", scope: "site" });
  const before = await admins();
  const result = await change();
  if (before.length > 0 && (await admins()).length === 0)
    throw new CodedError("last-admin", "Nobody would be an admin of the site any more. Make somebody else one first.");
  return result;
}
