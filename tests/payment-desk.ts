import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, expect } from "vitest";
import type { RefundDecision } from "../shared/contracts/payments.ts";
import { orders } from "../shared/models/cart.ts";
import type { OrderId } from "../shared/models/ids.ts";
import { products } from "../shared/models/market.ts";
import { paymentAttempts, paymentMatters, refunds } from "../shared/models/payments.ts";
import { type aPerson, aPlacedOrder } from "./builders/payments.ts";
import { aProduct } from "./builders/shop.ts";
import { brokenRules, openPayingShop } from "./paying.ts";

let names = 0;

/**
 * A shop that takes money from the simulator, and what tests of payments do and look at in it. Whatever a test did, money and stock
 * agree after it; nothing that it left to be looked at is looked at in the next.
 */
export async function openPaymentDesk() {
  const shop = await openPayingShop();
  afterAll(() => shop.close());
  beforeEach(async () => {
    shop.sumup.faults.clear();
    await shop.cart.db.execute(sql`update payment_attempts set look_at = null`);
    await shop.cart.db.execute(sql`update refunds set look_at = null`);
  });
  afterEach(async () => expect(await brokenRules(shop.cart.db)).toEqual([]));
  async function aThing(stock = 10, priceMinor = 500): Promise<string> {
    names += 1;
    const slug = `thing-${names}`;
    await aProduct(shop.cart.db, { slug, stock, priceMinor, vatClass: "standard" });
    return slug;
  }
  const stockOf = async (slug: string) => (await shop.cart.db.select().from(products).where(eq(products.slug, slug)))[0]?.stock;
  const stateOf = async (orderId: OrderId) => {
    const [order] = await shop.cart.db.select().from(orders).where(eq(orders.id, orderId));
    return order?.status;
  };
  const attemptsOf = (orderId: OrderId) =>
    shop.cart.db.select().from(paymentAttempts).where(eq(paymentAttempts.orderId, orderId)).orderBy(paymentAttempts.id);
  const newest = async (orderId: OrderId) => (await attemptsOf(orderId)).at(-1) ?? expect.fail("no payment");
  const refundsOf = (orderId: OrderId) => shop.cart.db.select().from(refunds).where(eq(refunds.orderId, orderId)).orderBy(refunds.id);
  const mattersOf = async (orderId: OrderId) =>
    (await shop.cart.db.select().from(paymentMatters).where(eq(paymentMatters.orderId, orderId))).map(({ kind, resolvedAt }) =>
      resolvedAt ? `${kind}, ended` : kind,
    );
  const simulatedOf = async (orderId: OrderId) =>
    shop.sumup.simulator.find((await newest(orderId)).checkoutId ?? "") ?? expect.fail("no checkout");
  const activitiesOf = async (orderId: OrderId) => {
    const { rows } = await shop.cart.db.execute<{ details: { status?: string } }>(
      sql`select details from ap_activities where object_type = 'Order' and object_id = ${String(orderId)} order by id`,
    );
    return rows.map(({ details }) => details.status ?? "placed");
  };
  const ask = (orderId: OrderId, amountMinor: number, by: Awaited<ReturnType<typeof aPerson>>, requestKey = `key-${Math.random()}`) =>
    shop.cart.app.transaction((tx) =>
      shop.cart.services.payments.requestRefund(tx, {
        orderId,
        amountMinor,
        reason: "asked",
        note: "A crushed loaf",
        by,
        requestKey,
        way: "as-it-came",
      }),
    );

  const decide = async (orderId: OrderId, decision: RefundDecision, by: Awaited<ReturnType<typeof aPerson>>) => {
    const [matter] = await shop.cart.db.select().from(paymentMatters).where(eq(paymentMatters.orderId, orderId));
    const { id } = matter ?? expect.fail("nothing to decide");
    return shop.cart.app.transaction((tx) => shop.cart.services.payments.decideRefund(tx, id, { decision, by, note: "" }));
  };

  async function aPaidOrder(stock = 10, quantity = 2) {
    const slug = await aThing(stock);
    const { orderId } = await aPlacedOrder(shop.cart, { [slug]: quantity });
    await shop.flow.begin(orderId);
    await shop.pay(orderId);
    expect(await shop.flow.look((await newest(orderId)).id)).toBe("paid");
    return { orderId, slug };
  }
  return { shop, aThing, stockOf, stateOf, attemptsOf, newest, refundsOf, mattersOf, simulatedOf, activitiesOf, ask, decide, aPaidOrder };
}
