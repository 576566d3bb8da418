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

/** The newest alone: lines are gathered of no others. */
export function makeListLatestOrders({ db }: ServiceDeps): CartService["listLatestOrders"] {
  return async (userId, limit) => {
    const [{ rows }, [counted]] = await Promise.all([
      db.execute<Omit<OrderView, "placedAt"> & { placedAt: string } & Record<string, unknown>>(sql`
        select id::int, reference, status, total_minor as "totalMinor", currency, created_at as "placedAt", (
          select coalesce(json_agg(json_build_object('name', name, 'quantity', quantity, 'unitPriceMinor', unit_price_minor) order by position), '[]')
          from order_lines where order_id = latest.id) as lines
        from (select * from orders where user_id = ${userId} order by created_at desc, id desc limit ${limit}) as latest
        order by latest.created_at desc, latest.id desc`),
      db.select({ count: sql<number>`count(*)::int` }).from(orders).where(eq(orders.userId, userId)),
    ]);
    return { orders: rows.map((row) => orderView.parse({ ...row, placedAt: new Date(row.placedAt) })), count: counted?.count ?? 0 };
  };
}
