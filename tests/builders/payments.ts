import { sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { CartOwner } from "../../shared/contracts/cart.ts";
import type { Services } from "../../shared/contracts/services.ts";
import { devices, users } from "../../shared/models/identity.ts";
import type { DeviceId, OrderId, UserId } from "../../shared/models/ids.ts";
import { merchants } from "../../shared/models/merchants.ts";

let made = 0;

/** Who is paid for everything, in pounds. */
export async function aMerchant(db: NodePgDatabase, merchant: Partial<typeof merchants.$inferInsert> = {}): Promise<void> {
  await db.insert(merchants).values({ code: "MCOOP", name: "Rose Ash Co-operative", isDefault: true, ...merchant });
}

export async function aGuest(db: NodePgDatabase): Promise<Extract<CartOwner, { kind: "device" }>> {
  made += 1;
  const deviceId = `paying-device-${made}` as DeviceId;
  await db.insert(devices).values({ id: deviceId });
  return { kind: "device", deviceId };
}

export async function aPerson(db: NodePgDatabase, name = "Ada"): Promise<UserId> {
  made += 1;
  const [user] = await db
    .insert(users)
    .values({ handle: `payer-${made}`, name })
    .returning({ id: users.id });
  if (user === undefined) throw new Error("the row was not made");
  return user.id;
}

interface Shop {
  db: NodePgDatabase;
  services: Pick<Services, "cart" | "orders">;
}

/** An order that waits for its money, placed from a cart, of products by their slugs. */
export async function aPlacedOrder(
  { db, services }: Shop,
  products: Readonly<Record<string, number>>,
  owner?: CartOwner,
): Promise<{ orderId: OrderId; reference: string; owner: CartOwner }> {
  const buyer = owner ?? (await aGuest(db));
  for (const [productSlug, quantity] of Object.entries(products)) {
    await db.transaction((tx) => services.cart.addLine(tx, buyer, { productSlug, quantity }));
  }
  const { totalMinor } = await services.cart.getCart(buyer);
  const placing = { email: "guest@example.org", name: "Grace", shownTotalMinor: totalMinor, sellers: "all" as const, pickUps: [] };
  const placed = await db.transaction((tx) => services.orders.placeFromCart(tx, buyer, placing));
  if (placed.kind !== "placed") throw new Error(`the order was not placed: ${JSON.stringify(placed)}`);
  return { ...placed, owner: buyer };
}

/** Turns the clock on for one order: its hold, its payments and what it keeps of the stock are over since then. */
export async function passHold(db: NodePgDatabase, orderId: OrderId, minutes = 10): Promise<void> {
  const past = sql`now() - make_interval(mins => ${minutes}::int)`;
  await db.execute(sql`update orders set hold_until = ${past} where id = ${orderId}`);
  await db.execute(
    sql`update payment_attempts set valid_until = ${past}, look_at = now() where order_id = ${orderId} and look_at is not null`,
  );
  await db.execute(sql`update stock_reservations set expires_at = ${past} where order_id = ${orderId}`);
}

/** Everything that waits is due now. */
export async function makeDue(db: NodePgDatabase): Promise<void> {
  await db.execute(sql`update payment_attempts set look_at = now() where look_at is not null`);
  await db.execute(sql`update refunds set look_at = now(), sent_at = sent_at - interval '20 minutes' where look_at is not null`);
}
