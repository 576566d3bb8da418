import { and, inArray, lt, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { OutboxService, Verdict } from "../../contracts/outbox.ts";
import type { Tx } from "../../contracts/tx.ts";
import { apActivityHandlings, type HandlingState } from "../../models/federation.ts";
import type { HandlingId } from "../../models/ids.ts";

interface Unsettled {
  handler: string;
  object_type: string;
  object_id: string;
  state: HandlingState;
  attempts: number;
}

/** A new id puts a dead one behind what has come since: whatever is in hand of the object stays the only one. */
export async function retryHandling(tx: Tx, verdict: Verdict, audit: AuditService): Promise<boolean> {
  const found = await lockIdle(tx, verdict.id);
  if (found === null || (found.state === "pending" && found.attempts === 0)) return false;
  if (found.state === "dead") {
    await tx.execute(sql`
      update ap_activity_handlings set id = default, state = 'pending', attempts = 0, next_attempt_at = now(), settled_at = null
      where id = ${verdict.id}`);
  } else await letGoOn(tx, verdict.id, found);
  await record(tx, audit, "retry handling", verdict, found, { ...stateOf(found), state: "pending" });
  return true;
}

/** Whatever waits behind it on the same object goes on. */
export async function discardHandling(tx: Tx, verdict: Verdict, audit: AuditService): Promise<boolean> {
  const found = await lockIdle(tx, verdict.id);
  if (found === null) return false;
  await letGoOn(tx, verdict.id, found);
  await tx.execute(sql`update ap_activity_handlings set state = 'discarded', settled_at = now() where id = ${verdict.id}`);
  await record(tx, audit, "discard handling", verdict, found, { ...stateOf(found), state: "discarded" });
  return true;
}

export const forgetSettled: OutboxService["forgetSettled"] = async (tx, before) => {
  const isOver = and(inArray(apActivityHandlings.state, ["done", "discarded"]), lt(apActivityHandlings.settledAt, before));
  const { rowCount } = await tx.delete(apActivityHandlings).where(isOver);
  return rowCount ?? 0;
};

/** Null when it is settled, or in somebody's hand; processors skip it until the transaction ends. */
async function lockIdle(tx: Tx, id: HandlingId): Promise<Unsettled | null> {
  const { rows } = await tx.execute<Unsettled & Record<string, unknown>>(sql`
    select handler, object_type, object_id, state, attempts from ap_activity_handlings
    where id = ${id} and state in ('pending', 'dead') and lease is null
    for update`);
  return rows[0] ?? null;
}

/** It, and what was put off with it. */
async function letGoOn(tx: Tx, id: HandlingId, { handler, object_type, object_id }: Unsettled): Promise<void> {
  await tx.execute(sql`
    update ap_activity_handlings set next_attempt_at = now()
    where handler = ${handler} and object_type = ${object_type} and object_id = ${object_id}
      and state = 'pending' and id >= ${id} and next_attempt_at > now() and lease is null`);
}

const stateOf = ({ handler, object_type, object_id, state, attempts }: Unsettled) => ({
  ...{ handler, object: `${object_type} ${object_id}`, state, attempts },
});

function record(tx: Tx, audit: AuditService, action: string, { id, ...verdict }: Verdict, found: Unsettled, after: object): Promise<void> {
  return audit.record(tx, { ...verdict, action, subject: `handling:${id}`, before: stateOf(found), after: { ...after } });
}
