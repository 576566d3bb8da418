import { and, eq, isNull, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { Arrival, BackOrdersService, ReceiveResult } from "../../contracts/back-orders.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { backOrderSendings, backOrders } from "../../models/back-orders.ts";
import type { BackOrderId, OrderCycleId, UserId } from "../../models/ids.ts";
import { noteShortfalls } from "./note-shortfalls.ts";
import { dropLast } from "./plan-lot.ts";
import { type Lot, planOf, readLots } from "./read-lots.ts";
import { putOnShelf } from "./stock.ts";

/** Noting what a supplier brought. */
export function makeReceive(audit: AuditService): BackOrdersService["receiveBackOrder"] {
  return async (tx, arrival) => {
    const { cycleId, supplierId, pieces, by } = arrival;
    const id = await lockWaiting(tx, arrival);
    if (id === null) return { kind: "conflict" };
    await tx.execute(sql`
      select products.id from products where supplier_id = ${supplierId} and id in (select product_id from cycle_lots where cycle_id = ${cycleId})
      order by products.id for no key update`);
    const lots = (await readLots(tx, cycleId, supplierId)).filter(({ buyers, sentCases }) => buyers.length > 0 || sentCases !== null);
    const refusal = refusalOf(lots, arrival);
    if (refusal) return refusal;
    for (const lot of lots) await takeIn(tx, { lot, backOrderId: id, came: pieces.get(lot.productId) ?? 0, by });
    await tx.update(backOrders).set({ arrivedAt: sql`now()` }).where(eq(backOrders.id, id));
    await tx.execute(sql`
      update order_cycles set arrived_at = now() where id = ${cycleId} and ordered_at is not null and arrived_at is null
        and not exists (select from back_orders where cycle_id = ${cycleId} and arrived_at is null)`);
    await tell(tx, audit, { cycleId, supplierId, by, id });
    return { kind: "received" };
  };
}

/** null: it was not sent, has arrived, or something was sent after the number that was seen. */
async function lockWaiting(tx: Tx, { cycleId, supplierId, number }: Arrival): Promise<BackOrderId | null> {
  const [held] = await tx
    .select({ id: backOrders.id })
    .from(backOrders)
    .where(and(eq(backOrders.cycleId, cycleId), eq(backOrders.supplierId, supplierId), isNull(backOrders.arrivedAt)))
    .for("update");
  if (!held) return null;
  return (await tx.$count(backOrderSendings, eq(backOrderSendings.backOrderId, held.id))) === number ? held.id : null;
}

function refusalOf(lots: readonly Lot[], { pieces, isAsSent }: Arrival): ReceiveResult | null {
  const productIds = lots.map(({ productId }) => productId).filter((id) => !pieces.has(id));
  if (productIds.length > 0) return { kind: "uncounted", productIds };
  return !isAsSent && lots.some((lot) => planOf(lot, true).cases !== (lot.sentCases ?? 0)) ? { kind: "changed" } : null;
}

/** What came and what was set aside is for whoever paid, the first ones first; what is over goes onto the shelf. */
async function takeIn(tx: Tx, { lot, backOrderId, came, by }: { lot: Lot; backOrderId: BackOrderId; came: number; by: UserId }) {
  await tx.execute(sql`
    update back_order_lines set arrived = ${came}::int where product_id = ${lot.productId}
      and sending_id = (select id from back_order_sendings where back_order_id = ${backOrderId} order by number desc limit 1)`);
  const open = lot.buyers.map(({ quantity, missing }) => quantity - missing);
  const over = came + lot.setAside - open.reduce((sum, quantity) => sum + quantity, 0);
  if (over >= 0) await putOnShelf(tx, lot, over, by);
  else await noteShortfalls(tx, lot.buyers, dropLast(open, -over), "not-delivered");
}

async function tell(
  tx: Tx,
  audit: AuditService,
  { cycleId, supplierId, by, id }: { cycleId: OrderCycleId; supplierId: number; by: UserId; id: BackOrderId },
): Promise<void> {
  const what = { cycle: cycleId, supplier: supplierId };
  await audit.record(tx, {
    ...{ app: "market", by, action: "receive back-order", subject: `back-order:${id}`, reason: "", before: null, after: what },
  });
  await emitActivity(tx, { originApp: "market", actorId: by, type: "Accept", object: { type: "BackOrder", id }, details: what });
}
