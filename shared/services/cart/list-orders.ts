import { desc, eq, sql } from "drizzle-orm";
import { type CartService, type OrderView, orderView } from "../../contracts/cart.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { orderLines, orders } from "../../models/cart.ts";

/** A member's orders with their lines, as they were bought. */
export function makeListOrders({ db }: ServiceDeps): CartService["listOrders"] {
  const line = sql`json_build_object('name', ${orderLines.name}, 'quantity', ${orderLines.quantity}, 'unitPriceMinor', ${orderLines.unitPriceMinor})`;
  const ofMember = db
    .select({
      id: orders.id,
      reference: orders.reference,
      status: orders.status,
      totalMinor: orders.totalMinor,
      currency: orders.currency,
      placedAt: orders.createdAt,
      lines: sql<
        OrderView["lines"]
      >`coalesce(json_agg(${line} order by ${orderLines.position}) filter (where ${orderLines.id} is not null), '[]')`,
    })
    .from(orders)
    .leftJoin(orderLines, eq(orderLines.orderId, orders.id))
    .where(eq(orders.userId, sql.placeholder("userId")))
    .groupBy(orders.id)
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .prepare("cart_orders");
  return async (userId) => (await ofMember.execute({ userId })).map((row) => orderView.parse(row));
}
