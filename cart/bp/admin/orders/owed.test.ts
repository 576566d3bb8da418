import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { orders } from "../../../../shared/models/cart.ts";
import type { OrderId, UserId } from "../../../../shared/models/ids.ts";
import { paymentAttempts, paymentMatters, refunds } from "../../../../shared/models/payments.ts";
import { openTestApp, type TestApp } from "../../../../tests/app.ts";
import { brokenRules } from "../../../../tests/broken-rules.ts";
import { aMerchant, aPlacedOrder, passHold } from "../../../../tests/builders/payments.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { aProduct } from "../../../../tests/builders/shop.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

let cart: TestApp;
let staff: Record<string, string>;
let efua: UserId;
let things = 0;
beforeAll(async () => {
  cart = await openTestApp("cart"); // there is no key of anybody
  await aMerchant(cart.db);
  efua = await aMember(cart.db, { handle: "efua" });
  await giveRole(cart.db, efua, "steward", "cart");
  staff = await signedIn(cart, "cart", efua);
});
afterAll(async () => {
  expect(await brokenRules(cart.db)).toEqual([]);
  await cart.close();
});
const get = (path: string) => cart.get(path, { cookies: staff });
const post = (path: string, form: Record<string, string>) => cart.post(path, form, { cookies: staff });
const stateOf = async (id: OrderId) => (await cart.db.select().from(orders).where(eq(orders.id, id)))[0]?.status;

async function anOpenOrder() {
  things += 1;
  const slug = `last-one-${things}`;
  await aProduct(cart.db, { slug, stock: 1, priceMinor: 500 });
  const order = await aPlacedOrder(cart, { [slug]: 1 });
  const { payments } = cart.services;
  const opened = await cart.app.transaction((tx) => payments.openAttempt(tx, order.orderId));
  if (opened.kind !== "open") throw new Error(opened.kind);
  const { id } = opened.attempt;
  await cart.app.transaction((tx) => payments.noteCheckout(tx, id, { id: `checkout-${things}`, hostedUrl: "http://127.0.0.1/pay" }));
  return {
    ...order,
    slug,
    attemptId: id,
    reference: order.reference,
    checkoutId: `checkout-${things}`,
    path: `/admin/orders/${order.reference}`,
  };
}

/** Its money came when the order was over and its piece was gone; SumUp would not refund, and staff say that it was not done. */
async function anOrderThatOwes() {
  const order = await anOpenOrder();
  await passHold(cart.db, order.orderId, 40);
  await cart.app.transaction((tx) => cart.services.payments.close(tx, order.attemptId));
  await cart.db.execute(sql`update products set stock = 0 where slug = ${order.slug}`);
  const [attempt] = await cart.db.select().from(paymentAttempts).where(eq(paymentAttempts.id, order.attemptId));
  const transaction = { id: `tx-${things}`, code: "TX", amountMinor: 500, currency: "GBP", status: "SUCCESSFUL" };
  const seen = { id: order.checkoutId, reference: attempt?.reference ?? "", amountMinor: 500, currency: "GBP", merchantCode: "MCOOP" };
  await cart.app.transaction((tx) =>
    cart.services.payments.settle(tx, order.attemptId, { ...seen, status: "PAID", transactions: [transaction] }),
  );
  const [refund] = await cart.db.select().from(refunds).where(eq(refunds.orderId, order.orderId));
  await cart.app.transaction((tx) => cart.services.payments.refuseRefund(tx, refund?.id ?? expect.fail(), "Too old"));
  const [matter] = await cart.db.select().from(paymentMatters).where(eq(paymentMatters.orderId, order.orderId));
  await post(`/admin/matters/${matter?.id}/refund`, { decision: "not-done", note: "SumUp says it is too old" });
  return order;
}

describe("an order whose money came too late and did not go back", { timeout: 60_000 }, () => {
  it("says what is owed and how it can go back; a transfer ends it, once", async () => {
    const { orderId, path } = await anOrderThatOwes();
    expect(await stateOf(orderId)).toBe("refund_due");
    const page = (await get(path)).body;
    expect([page.includes("£5.00 is not ours"), page.includes("Give money back")]).toEqual([true, false]);
    expect((await post(`${path}/owed`, { way: "carrier pigeon" })).statusCode).toBe(400);
    expect((await post(`${path}/owed`, { way: "bank", note: "By transfer" })).statusCode).toBe(303);
    expect([await stateOf(orderId), (await get(path)).body.includes("is not ours")]).toEqual(["refunded", false]);
    expect((await post(`${path}/owed`, { way: "bank" })).statusCode).toBe(409);
  });

  it("sent again through SumUp without a key is under way, and says that the key is missing", async () => {
    const { orderId, path } = await anOrderThatOwes();
    expect((await post(`${path}/owed`, { way: "as-it-came" })).statusCode).toBe(303);
    await expect.poll(async () => (await get(path)).body.includes("There is no key of the merchant")).toBe(true);
    expect((await get(path)).body).toContain("It goes back by itself");
    const [matter] = await cart.db.select().from(paymentMatters).where(eq(paymentMatters.kind, "key_missing"));
    expect((await post(`/admin/matters/${matter?.id}/refund`, { decision: "done" })).statusCode).toBe(303);
    expect(await stateOf(orderId)).toBe("refunded");
  });
});

describe("an open payment without a key", { timeout: 60_000 }, () => {
  it("is let go by whoever looked it up", async () => {
    const { orderId, attemptId, path } = await anOpenOrder();
    await passHold(cart.db, orderId, 40);
    expect(await cart.app.paymentFlow.look(attemptId)).toBe("away");
    const page = (await get(path)).body;
    for (const words of ["There is no key of the merchant", "Nobody has paid it: let it go"]) expect(page).toContain(words);
    const [matter] = await cart.db.select().from(paymentMatters).where(eq(paymentMatters.orderId, orderId));
    expect((await post(`/admin/matters/${matter?.id}/resolution`, { resolution: "I have seen to it" })).statusCode).toBe(303);
    expect((await get(path)).body).toContain("There is no key of the merchant");
    expect((await post(`/admin/matters/${matter?.id}/unpaid`, { note: "Nothing in the dashboard" })).statusCode).toBe(303);
    expect([await stateOf(orderId), (await get(path)).body.includes("There is no key")]).toEqual(["expired", false]);
  });
});
