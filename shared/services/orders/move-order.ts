import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { orders } from "../../models/cart.ts";
import type { OrderId, UserId } from "../../models/ids.ts";
import { type OrderMover, type OrderStatus, statesBefore } from "../../models/order-states.ts";

export interface OrderMove {
  to: OrderStatus;
  by: OrderMover;
  /** Who did it; null: nobody, it came by itself. */
  actorId?: UserId | null;
}

/**
 * Moves an order if the list of transitions has such a way from where it stands: one statement decides, and the activity is in the
 * same transaction. False: it stands elsewhere, and nothing happened.
 */
export async function moveOrder(tx: Tx, orderId: OrderId, { to, by, actorId = null }: OrderMove): Promise<boolean> {
  const froms = [...statesBefore(to, by)];
  const set = { status: to, ...(to === "paid" && { paidAt: sql`now()` }), ...(to !== "pending_payment" && { holdUntil: null }) };
  const [moved] = await tx
    .update(orders)
    .set(set)
    .where(and(eq(orders.id, orderId), inArray(orders.status, froms)))
    .returning({ reference: orders.reference });
  if (moved === undefined) return false;
  purgeOnCommit(tx, [`order:${moved.reference}`]);
  await emitActivity(tx, { type: "Update", object: { type: "Order", id: orderId }, originApp: "cart", actorId, details: { status: to } });
  return true;
}
