import { and, eq, isNull, sql } from "drizzle-orm";
import type { KindLines } from "../../contracts/line-kinds.ts";
import type { OrdersService } from "../../contracts/orders.ts";
import type { Db } from "../../infrastructure/db.ts";
import { DELIVERY, orderLines } from "../../models/cart.ts";
import type { OrderCycleId, OrderId, UserId } from "../../models/ids.ts";

interface KindRow extends Omit<KindLines, "userId">, Record<string, unknown> {
  userId: string | null;
}

/** What an order has of a kind, with who ordered it. */
export async function findKindLines(db: Db, orderId: OrderId, kind: string): Promise<KindLines | null> {
  const { rows } = await db.execute<KindRow>(sql`
    select reference as "orderReference", status, user_id as "userId", email,
      coalesce(nullif(buyer_name, ''), (select name from users where users.id = user_id), '') as "buyerName",
      (select coalesce(json_agg(json_build_object('id', id, 'ref', ref, 'name', name, 'quantity', quantity, 'unitPriceMinor', unit_price_minor, 'discountMinor', discount_minor,
        'metadata', metadata) order by position), '[]') from order_lines where order_id = orders.id and kind = ${kind}) as lines
    from orders where id = ${orderId}`);
  const [order] = rows;
  if (order === undefined || order.lines.length === 0) return null;
  return { ...order, userId: order.userId === null ? null : (Number(order.userId) as UserId) };
}

/** Products of an order, as they can be put into a cart, in one order for all carts: what is locked for them is locked so. */
export async function listAgain(db: Db, orderId: OrderId): ReturnType<OrdersService["listAgain"]> {
  const { rows } = await db.execute<{ productSlug: string; quantity: number; cycleId: string | null }>(sql`
    select products.slug as "productSlug", line.quantity, lot.cycle_id as "cycleId" from order_lines as line
    join products on products.id = line.product_id left join cycle_lots as lot on lot.id = line.lot_id
    where line.order_id = ${orderId} order by lot.cycle_id nulls first, line.product_id`);
  const others = and(eq(orderLines.orderId, orderId), isNull(orderLines.productId), sql`${orderLines.kind} is distinct from ${DELIVERY}`);
  return {
    isWhole: (await db.$count(orderLines, others)) === 0,
    lines: rows.map(({ cycleId, ...line }) => ({ ...line, cycleId: cycleId === null ? null : (Number(cycleId) as OrderCycleId) })),
  };
}
