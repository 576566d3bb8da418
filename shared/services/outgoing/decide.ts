import { and, eq, inArray, lt, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { OutgoingDecision, Pause } from "../../contracts/outgoing.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { AuditState } from "../../models/audit.ts";
import { apActivities, apActivityHandlings as handlings } from "../../models/federation.ts";
import { outgoingState } from "../../models/outgoing.ts";
import { lockPause } from "./state.ts";

/** What is in hand is finished: nobody takes it out of a hand. */
export async function pause(tx: Tx, decision: OutgoingDecision, audit: AuditService): Promise<boolean> {
  if ((await lockPause(tx)) !== null) return false;
  await tx.update(outgoingState).set({ pausedAt: sql`now()`, reason: decision.reason });
  await record(tx, audit, "pause", decision, stateOf(null), stateOf(await lockPause(tx)));
  return true;
}

export async function release(tx: Tx, decision: OutgoingDecision, audit: AuditService): Promise<boolean> {
  const found = await lockPause(tx);
  if (found === null) return false;
  await tx.update(outgoingState).set({ pausedAt: null, reason: null });
  await record(tx, audit, "release", decision, stateOf(found), stateOf(null));
  return true;
}

/** A lease that ran out is nobody's: a backup may hold one of a process that is long gone. */
export async function discardPending(
  tx: Tx,
  { handler, ...decision }: OutgoingDecision & { handler: string | null },
  audit: AuditService,
): Promise<number | null> {
  const found = await lockPause(tx);
  if (found === null) return null;
  const emittedBefore = tx.select({ id: apActivities.id }).from(apActivities).where(lt(apActivities.publishedAt, found.since));
  const { rowCount } = await tx
    .update(handlings)
    .set({ state: "discarded", settledAt: sql`now()`, lease: null })
    .where(
      and(
        eq(handlings.state, "pending"),
        sql`(${handlings.lease} is null or ${handlings.nextAttemptAt} <= now())`,
        inArray(handlings.activityId, emittedBefore),
        handler === null ? undefined : eq(handlings.handler, handler),
      ),
    );
  const count = rowCount ?? 0;
  await record(tx, audit, "discard pending", decision, stateOf(found), { handler: handler ?? "all", discarded: count });
  return count;
}

const stateOf = (found: Pause | null): AuditState => ({
  outgoing: found === null ? "goes out" : "paused",
  since: found?.since.toISOString() ?? null,
});

function record(tx: Tx, audit: AuditService, action: string, decision: OutgoingDecision, before: AuditState, after: AuditState) {
  return audit.record(tx, { ...decision, action, subject: "outgoing", before, after });
}
