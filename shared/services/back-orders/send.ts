import { and, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { AmendResult, BackOrdersService, SendResult } from "../../contracts/back-orders.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { backOrderLines, backOrderSendings, backOrders } from "../../models/back-orders.ts";
import type { BackOrderId, BackOrderSendingId, OrderCycleId, UserId } from "../../models/ids.ts";
import { noteShortfalls } from "./note-shortfalls.ts";
import type { LotPlan } from "./plan-lot.ts";
import { type Lot, planOf, readLots } from "./read-lots.ts";
import { putOnShelf } from "./stock.ts";

interface Planned {
  lot: Lot;
  plan: LotPlan;
}

interface Order {
  cycleId: OrderCycleId;
  supplierId: number;
  by: UserId;
}

/** Sending a supplier what a cycle orders, and what changed of it since. */
export function makeSend(audit: AuditService): Pick<BackOrdersService, "sendBackOrder" | "amendBackOrder"> {
  return {
    async sendBackOrder(tx, order): Promise<SendResult> {
      const refusal = await lockClosed(tx, order);
      if (refusal) return { kind: refusal };
      const planned = await planAll(tx, order, false);
      const undecided = planned.filter(({ plan }) => plan.isUndecided).map(({ lot }) => lot.name);
      if (undecided.length > 0) return { kind: "undecided", names: undecided };
      if (planned.every(({ lot }) => lot.buyers.length === 0)) return { kind: "nothing" };
      const { cycleId, supplierId } = order;
      const [made] = await tx.insert(backOrders).values({ cycleId, supplierId }).onConflictDoNothing().returning({ id: backOrders.id });
      if (!made) return { kind: "already-sent" };
      for (const { lot, plan } of planned) await noteShortfalls(tx, lot.buyers, plan.dropped, "case-not-full");
      const sendingId = await keepSending(tx, { id: made.id, number: 1, planned, by: order.by });
      await settleCycle(tx, cycleId);
      await tell(tx, audit, order, { id: made.id, number: 1 });
      return { kind: "sent", sendingId };
    },

    async amendBackOrder(tx, { number, ...order }): Promise<AmendResult> {
      const ofBoth = and(eq(backOrders.cycleId, order.cycleId), eq(backOrders.supplierId, order.supplierId));
      const [held] = await tx.select({ id: backOrders.id, arrivedAt: backOrders.arrivedAt }).from(backOrders).where(ofBoth).for("update");
      if (!held) return { kind: "conflict" };
      if (held.arrivedAt !== null) return { kind: "arrived" };
      const last = await tx.$count(backOrderSendings, eq(backOrderSendings.backOrderId, held.id));
      if (last !== number) return { kind: "conflict" };
      const planned = await planAll(tx, order, true);
      if (planned.every(({ lot, plan }) => plan.cases === (lot.sentCases ?? 0))) return { kind: "unchanged" };
      const sendingId = await keepSending(tx, { id: held.id, number: number + 1, planned, by: order.by });
      await tell(tx, audit, order, { id: held.id, number: number + 1 });
      return { kind: "sent", sendingId };
    },
  };
}

/** The cycle stays closed while the transaction goes on: whoever was ordering has ended, and nobody begins. */
async function lockClosed(tx: Tx, { cycleId, supplierId }: Order): Promise<"not-closed" | "no-address" | null> {
  const { rows } = await tx.execute<{ email: string | null }>(sql`
    select suppliers.order_email as email from order_cycles as cycle, suppliers
    where cycle.id = ${cycleId} and cycle.closes_at <= clock_timestamp() and cycle.done_at is null and suppliers.id = ${supplierId}
    for update of cycle`);
  const [row] = rows;
  if (row === undefined) return "not-closed";
  return row.email === null ? "no-address" : null;
}

/** Stocks are locked in the order of products before they are read. */
async function planAll(tx: Tx, { cycleId, supplierId }: Order, isSent: boolean): Promise<Planned[]> {
  await tx.execute(sql`
    select products.id from products where supplier_id = ${supplierId} and id in (select product_id from cycle_lots where cycle_id = ${cycleId})
    order by products.id for no key update`);
  const lots = await readLots(tx, cycleId, supplierId);
  return lots.map((lot) => ({ lot, plan: planOf(lot, isSent) }));
}

/** Writes down what the supplier is told, and takes off the shelf, or gives back, what changed of what is set aside. */
async function keepSending(
  tx: Tx,
  { id, number, planned, by }: { id: BackOrderId; number: number; planned: readonly Planned[]; by: UserId },
): Promise<BackOrderSendingId> {
  const [sending] = await tx
    .insert(backOrderSendings)
    .values({ backOrderId: id, number, sentBy: by })
    .returning({ id: backOrderSendings.id });
  if (!sending) throw new Error("an insert returns its row");
  const rows = planned.filter(({ lot, plan }) => plan.wanted > 0 || lot.sentCases !== null);
  if (rows.length > 0) {
    await tx.insert(backOrderLines).values(
      rows.map(({ lot: { productId, name, sku, pack, caseSize }, plan: { cases, wanted, fromStock } }) => ({
        ...{ sendingId: sending.id, productId, name, sku, pack, caseSize, cases, wanted, fromStock },
      })),
    );
  }
  for (const { lot, plan } of rows) await putOnShelf(tx, lot, lot.setAside - plan.fromStock, by);
  return sending.id;
}

/** The cycle is ordered once no supplier is left of whom somebody wants something. */
async function settleCycle(tx: Tx, cycleId: OrderCycleId): Promise<void> {
  const lots = await readLots(tx, cycleId, null);
  const { rows } = await tx.execute<{ supplierId: string }>(
    sql`select supplier_id as "supplierId" from back_orders where cycle_id = ${cycleId}`,
  );
  const sent = new Set(rows.map(({ supplierId }) => Number(supplierId)));
  if (lots.some(({ supplierId, buyers }) => buyers.length > 0 && !sent.has(supplierId))) return;
  await tx.execute(sql`update order_cycles set ordered_at = now() where id = ${cycleId} and ordered_at is null`);
}

async function tell(tx: Tx, audit: AuditService, { cycleId, supplierId, by }: Order, sent: { id: BackOrderId; number: number }) {
  const what = { cycle: cycleId, supplier: supplierId, number: sent.number };
  await audit.record(tx, {
    ...{ app: "market", by, action: sent.number === 1 ? "send back-order" : "amend back-order", subject: `back-order:${sent.id}` },
    ...{ reason: "", before: null, after: what },
  });
  const type = sent.number === 1 ? "Create" : "Update";
  await emitActivity(tx, { originApp: "market", actorId: by, type, object: { type: "BackOrder", id: sent.id }, details: what });
}
