import { sql } from "drizzle-orm";
import type { Receipt } from "../../contracts/erasures.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { App } from "../../models/apps.ts";
import { erasureReceipts } from "../../models/erasures.ts";
import type { ErasureId } from "../../models/ids.ts";
import type { Erased } from "../personal-data/erase.ts";

export async function keepReceipts(tx: Tx, erasureId: ErasureId, app: App, erased: readonly Erased[]): Promise<void> {
  if (erased.length > 0) await tx.insert(erasureReceipts).values(erased.map((one) => ({ erasureId, app, ...one })));
}

interface Row extends Record<string, unknown>, Omit<Receipt, "keptUntil"> {
  keptUntil: string | null;
}

/** What was done, service by service, of each kind once, what the law keeps first. */
export async function listReceipts(db: Db, id: ErasureId): Promise<readonly Receipt[]> {
  const { rows } = await db.execute<Row>(sql`
    select app, what, deed, sum(count)::int as count, max(kept_until) as "keptUntil", max(because) as because from erasure_receipts
    where erasure_id = ${id} group by app, what, deed order by deed = 'kept' desc, app, min(id)`);
  return rows.map((row) => ({ ...row, keptUntil: row.keptUntil === null ? null : new Date(row.keptUntil) }));
}
