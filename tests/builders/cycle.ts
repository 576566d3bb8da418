import { sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { orderLines, orders } from "../../shared/models/cart.ts";
import type { LotId, OrderCycleId, OrderId, ProductId, UserId } from "../../shared/models/ids.ts";
import { products } from "../../shared/models/market.ts";
import { cycleLots, cycleProducts, cycleSuppliers, orderCycles } from "../../shared/models/order-cycles.ts";

/** An order cycle that is open since yesterday and until tomorrow by the database's clock, with these suppliers and products. */
export async function aCycle(
  db: NodePgDatabase,
  cycle: Partial<typeof orderCycles.$inferInsert> = {},
  sells: { suppliers?: readonly number[]; products?: readonly ProductId[] } = {},
): Promise<OrderCycleId> {
  const now = Date.now();
  const whole = { name: "November order", zone: "Europe/London", opensAt: new Date(now - DAY_MS), closesAt: new Date(now + DAY_MS) };
  const { id } = only(
    await db
      .insert(orderCycles)
      .values({ ...whole, ...cycle })
      .returning({ id: orderCycles.id }),
  );
  for (const supplierId of sells.suppliers ?? []) await db.insert(cycleSuppliers).values({ cycleId: id, supplierId });
  for (const productId of sells.products ?? []) await db.insert(cycleProducts).values({ cycleId: id, productId });
  return id;
}

const DAY_MS = 86_400_000;

/** Moves the cut-off of a cycle into the past, by the database's clock. */
export async function passCutOff(db: NodePgDatabase, id: OrderCycleId): Promise<void> {
  await db.execute(
    sql`update order_cycles set opens_at = now() - interval '2 days', closes_at = now() - interval '1 second' where id = ${id}`,
  );
}

/** What a cycle brings of a product. */
export async function aLot(
  db: NodePgDatabase,
  cycleId: OrderCycleId,
  productId: ProductId,
  lot: Partial<typeof cycleLots.$inferInsert> = {},
): Promise<LotId> {
  const rows = db.insert(cycleLots).values({ cycleId, productId, ...lot });
  return only(
    await rows
      .onConflictDoUpdate({ target: [cycleLots.cycleId, cycleLots.productId], set: { productId, ...lot } })
      .returning({ id: cycleLots.id }),
  ).id;
}

let made = 0;

/** An order of a member for pieces that come with a cycle, paid unless said otherwise. */
export async function aCycleOrder(
  db: NodePgDatabase,
  userId: UserId | null,
  lines: readonly { cycleId: OrderCycleId; productId: ProductId; quantity: number }[],
  order: Partial<typeof orders.$inferInsert> = {},
): Promise<OrderId> {
  made += 1;
  const whole = { reference: `RA-${made}`, userId, status: "paid" as const, totalMinor: 0, paidAt: new Date(Date.now() + made), ...order };
  const { id } = only(await db.insert(orders).values(whole).returning({ id: orders.id }));
  for (const [position, { cycleId, productId, quantity }] of lines.entries()) {
    const lotId = await aLot(db, cycleId, productId);
    const [product] = await db
      .select({ name: products.name, priceMinor: products.priceMinor })
      .from(products)
      .where(sql`id = ${productId}`);
    const { name, priceMinor } = product ?? { name: "", priceMinor: 0 };
    await db.insert(orderLines).values({ orderId: id, productId, lotId, name, quantity, unitPriceMinor: priceMinor, position });
  }
  return id;
}

function only<T>([row]: T[]): T {
  if (!row) throw new Error("the row was not made");
  return row;
}
