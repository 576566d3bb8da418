import { sql } from "drizzle-orm";
import type { Pause } from "../../contracts/outgoing.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { outgoingState } from "../../models/outgoing.ts";

/** Asked before the row is read: asking is what pauses a site that came back. */
export async function findPause(db: Db): Promise<Pause | null> {
  const asked = await db.execute<{ since: Date | null }>(sql`select outgoing_paused_at() as since`);
  const since = asked.rows[0]?.since ?? null;
  if (since === null) return null;
  const [row] = await db.select({ reason: outgoingState.reason }).from(outgoingState);
  return { since: new Date(since), reason: row?.reason ?? null };
}

/** As findPause, and nobody else decides until the transaction ends. */
export async function lockPause(tx: Tx): Promise<Pause | null> {
  await tx.execute(sql`select outgoing_paused_at()`);
  const [row] = await tx.select({ since: outgoingState.pausedAt, reason: outgoingState.reason }).from(outgoingState).for("update");
  return row?.since ? { since: row.since, reason: row.reason } : null;
}
