import { sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import { type DeliveriesService, deliveryView } from "../../contracts/deliveries.ts";
import type { FediverseService } from "../../contracts/fediverse.ts";
import type { Queue } from "../../contracts/outbox.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { AuditState } from "../../models/audit.ts";
import type { DeliveryId } from "../../models/ids.ts";

const LISTED = 50;

/** Which rows a queue has, in which order, and what its moment is. */
const PARTS = {
  dead: { where: sql`state = 'dead'`, order: sql`settled_at desc, delivery.id desc`, at: sql`settled_at` },
  failing: { where: sql`state = 'pending' and not is_first`, order: sql`next_attempt_at, delivery.id`, at: sql`next_attempt_at` },
  waiting: { where: sql`state = 'pending' and is_first`, order: sql`delivery.id`, at: sql`created_at` },
} as const satisfies Record<Queue, object>;

interface Found {
  inbox: string;
  state: string;
  attempts: number;
}

/** Deliveries as they stand in PostgreSQL; what people decide about them goes to the audit log. */
export function makeDeliveriesService(
  { db }: Pick<ServiceDeps, "db">,
  { audit, fediverse }: { audit: AuditService; fediverse: Pick<FediverseService, "suspendHost"> },
): DeliveriesService {
  const record = (
    tx: Tx,
    action: string,
    subject: string,
    decision: Parameters<DeliveriesService["retry"]>[2],
    states: [AuditState, AuditState],
  ) => audit.record(tx, { ...decision, app: "federation", action, subject, before: states[0], after: states[1] });
  return {
    async countQueues() {
      const { rows } = await db.execute<Record<Queue, number>>(sql`
        select count(*) filter (where ${PARTS.dead.where})::int as dead, count(*) filter (where ${PARTS.failing.where})::int as failing,
          count(*) filter (where ${PARTS.waiting.where})::int as waiting
        from ap_deliveries where state in ('pending', 'dead')`);
      return rows[0] ?? { dead: 0, failing: 0, waiting: 0 };
    },
    async listQueue(queue) {
      const { where, order, at } = PARTS[queue];
      const { rows } = await db.execute(sql`
        select delivery.id::int as id, outgoing.type, delivery.object, outgoing.actor, inbox, attempts, lease is not null as "isInHand",
          last_error as "lastError", ${at} as at
        from ap_deliveries as delivery join ap_outgoing as outgoing on outgoing.id = outgoing_id
        where ${where} order by ${order} limit ${LISTED}`);
      return rows.map((row) => deliveryView.parse({ ...row, at: new Date(String(row["at"])) }));
    },
    async retry(tx, id, decision) {
      const found = await lockIdle(tx, id);
      if (found === null || (found.state === "pending" && found.attempts === 0)) return false;
      // a new id puts a dead one behind what has come since
      const again = found.state === "dead" ? sql`id = default, attempts = 0, settled_at = null,` : sql``;
      await tx.execute(
        sql`update ap_deliveries set ${again} state = 'pending', is_first = false, next_attempt_at = now() where id = ${id}`,
      );
      await record(tx, "retry delivery", `delivery:${id}`, decision, [{ ...found }, { ...found, state: "pending" }]);
      return true;
    },
    async discard(tx, id, decision) {
      const found = await lockIdle(tx, id);
      if (found === null) return false;
      await tx.execute(sql`update ap_deliveries set state = 'discarded', settled_at = now() where id = ${id}`);
      await record(tx, "discard delivery", `delivery:${id}`, decision, [{ ...found }, { ...found, state: "discarded" }]);
      return true;
    },
    async decideHost(tx, host, isSuspended, decision) {
      await fediverse.suspendHost(tx, host, isSuspended, decision.reason);
      if (isSuspended) await discardFor(tx, host);
      await record(tx, isSuspended ? "suspend host" : "let host in", `host:${host}`, decision, [
        { isSuspended: !isSuspended },
        { isSuspended },
      ]);
    },
  };
}

/** What waits for a server that is shut out, or for one below it, goes nowhere any more. */
export async function discardFor(tx: Tx, host: string): Promise<void> {
  await tx.execute(sql`
    update ap_deliveries set state = 'discarded', settled_at = now(), last_error = 'the host is shut out'
    where ${host} = any(hosts_above(host)) and state = 'pending' and lease is null`);
}

/** Null when it is settled, or in a worker's hand. */
async function lockIdle(tx: Tx, id: DeliveryId): Promise<Found | null> {
  const { rows } = await tx.execute<Found & Record<string, unknown>>(sql`
    select inbox, state, attempts from ap_deliveries where id = ${id} and state in ('pending', 'dead') and lease is null for update`);
  return rows[0] ?? null;
}
