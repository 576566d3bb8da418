import { type SQL, sql } from "drizzle-orm";
import { PAID_STATUSES } from "../../models/order-states.ts";

const HOLDING = sql.raw([...PAID_STATUSES, "pending_payment"].map((status) => `'${status}'`).join(", "));

/**
 * Pieces of a thing of a kind that nobody else can have: in orders, and in carts that still hold them, but for one line of a cart and
 * one order. kind, ref, exceptLine and exceptOrder may name columns of the statement around, which may call no row ordered, its_order or in_cart.
 */
export function takenOfRef(
  kind: SQL,
  ref: SQL,
  { exceptLine = sql`0`, exceptOrder = sql`0` }: { exceptLine?: SQL; exceptOrder?: SQL },
): SQL {
  return sql`((select coalesce(sum(ordered.quantity), 0)::int from order_lines as ordered join orders as its_order on its_order.id = ordered.order_id
      where ordered.kind = ${kind} and ordered.ref = ${ref} and its_order.status in (${HOLDING}) and its_order.id <> ${exceptOrder})
    + (select coalesce(sum(in_cart.quantity), 0)::int from cart_lines as in_cart
      where in_cart.kind = ${kind} and in_cart.ref = ${ref} and in_cart.held_until > now() and in_cart.id <> ${exceptLine}))`;
}
