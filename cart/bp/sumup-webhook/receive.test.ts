import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { orders } from "../../../shared/models/cart.ts";
import type { OrderId } from "../../../shared/models/ids.ts";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aMerchant, aPlacedOrder } from "../../../tests/builders/payments.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import { brokenRules, VISA } from "../../../tests/paying.ts";
import { SIMULATED_MERCHANT, type SimulatedSumUp, startSimulatedSumUp } from "../../../tests/simulated-sumup.ts";

let cart: TestApp;
let sumup: SimulatedSumUp;
beforeAll(async () => {
  sumup = await startSimulatedSumUp();
  cart = await openTestApp("cart", { env: { SUMUP_HOST: sumup.host, SUMUP_KEYS: `${SIMULATED_MERCHANT.code}:${SIMULATED_MERCHANT.key}` } });
  await aMerchant(cart.db);
  await aProduct(cart.db, { slug: "rye-loaf", stock: 100, priceMinor: 420 });
});
afterAll(async () => {
  await cart.close();
  await sumup.close();
});
beforeEach(() => {
  sumup.calls.length = 0;
});

const host = () => new URL(cart.origin).host;
const call = (payload: string, contentType = "application/json") =>
  cart.app.inject({ method: "POST", url: "/webhooks/sumup", payload, headers: { host: host(), "content-type": contentType } });
const about = (id: string, eventType = "CHECKOUT_STATUS_CHANGED") => JSON.stringify({ event_type: eventType, id });
const stateOf = async (orderId: OrderId) => (await cart.db.select().from(orders).where(eq(orders.id, orderId)))[0]?.status;

async function anOpenCheckout() {
  const { orderId } = await aPlacedOrder(cart, { "rye-loaf": 1 });
  await cart.app.paymentFlow.begin(orderId);
  const { checkoutId } = (await cart.services.payments.findNewest(orderId)) ?? expect.fail();
  sumup.calls.length = 0;
  return { orderId, checkout: sumup.simulator.find(checkoutId ?? "") ?? expect.fail() };
}

describe("a webhook of SumUp's", () => {
  it("a hundred at once, for an order that was paid: one transition", async () => {
    const { orderId, checkout } = await anOpenCheckout();
    sumup.simulator.pay(checkout, VISA);
    const answers = await Promise.all(Array.from({ length: 100 }, () => call(about(checkout.id))));
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode}${body}`))).toEqual(new Set(["204"]));
    await expect.poll(() => stateOf(orderId)).toBe("paid");
    expect(sumup.calls.length).toBeLessThanOrEqual(3);
    expect(await brokenRules(cart.db)).toEqual([]);
    sumup.calls.length = 0;
    await call(about(checkout.id)); // a replay
    expect(sumup.calls).toEqual([]);
  });

  it("a hundred at once, and the page that its buyer comes back to: one transition, one receipt, one mail to send", async () => {
    const { orderId, reference, owner } = await aPlacedOrder(cart, { "rye-loaf": 1 });
    await cart.app.paymentFlow.begin(orderId);
    const { checkoutId } = (await cart.services.payments.findNewest(orderId)) ?? expect.fail();
    const checkout = sumup.simulator.find(checkoutId ?? "") ?? expect.fail();
    sumup.simulator.pay(checkout, VISA);
    const viewer = { kind: "guest" as const, deviceId: owner.kind === "device" ? owner.deviceId : expect.fail() };
    const { findFor } = cart.services.orders;
    cart.services.orders.findFor = (_reader, asked) => findFor(viewer, asked); // the browser that placed it
    const back = () => cart.get(`/orders/${reference}/payment`);
    const answers = await Promise.all([...Array.from({ length: 100 }, () => call(about(checkout.id))), back(), back(), back()]);
    cart.services.orders.findFor = findFor;
    expect(new Set(answers.slice(0, 100).map(({ statusCode }) => statusCode))).toEqual(new Set([204]));
    await expect.poll(() => stateOf(orderId)).toBe("paid");
    const { rows } = await cart.db.execute(sql`
      select (select count(*)::int from receipts where order_id = ${orderId}) as receipts,
        (select count(*)::int from ledger_entries where order_id = ${orderId}) as entries,
        (select count(*)::int from ap_activities where object_type = 'Order' and object_id = ${String(orderId)} and details->>'status' = 'paid') as transitions,
        (select count(*)::int from ap_activity_handlings join ap_activities on ap_activities.id = activity_id
          where handler = 'cart.mail-buyer' and ap_activities.object_type = 'Order' and ap_activities.object_id = ${String(orderId)} and details->>'status' = 'paid') as mails`);
    expect(rows).toEqual([{ receipts: 1, entries: 1, transitions: 1, mails: 1 }]);
    expect(await brokenRules(cart.db)).toEqual([]);
  });

  it("forged, with a checkout that is not ours: answered like any other, nobody asked, nothing changed", async () => {
    const stranger = sumup.simulator.create({ ...SOMEBODY_ELSES, reference: `of-another-shop-${Date.now()}` }) ?? expect.fail();
    sumup.simulator.pay(stranger, VISA);
    for (const id of [stranger.id, "x", "../merchants", "'; drop table orders; --", "0".repeat(100), "a\u0000b"]) {
      expect((await call(about(id))).statusCode).toBe(204);
    }
    expect(sumup.calls).toEqual([]);
  });

  it("forged, with a checkout of ours that nobody paid: it is read, and the order waits still", async () => {
    const { orderId, checkout } = await anOpenCheckout();
    await call(JSON.stringify({ event_type: "CHECKOUT_STATUS_CHANGED", id: checkout.id, status: "PAID", amount: 4.2 }));
    await expect.poll(() => sumup.calls.length).toBe(1);
    expect(await stateOf(orderId)).toBe("pending_payment");
  });

  it.each([
    ["of another kind", JSON.stringify({ event_type: "SOMETHING_ELSE", id: "x" }), "application/json"],
    ["that is no JSON", "<xml/>", "text/xml"],
    ["without words", "", "application/json"],
    ["that is a list", "[1,2]", "application/json"],
    ["with an id that is none", JSON.stringify({ event_type: "CHECKOUT_STATUS_CHANGED", id: { $gt: "" } }), "application/json"],
  ])("%s is ignored in silence", async (_what, body, type) => {
    expect((await call(body, type)).statusCode).toBe(204);
    expect(sumup.calls).toEqual([]);
  });

  it("too large is not read", async () => {
    expect((await call("x".repeat(20_000))).statusCode).toBe(413);
  });
});

const SOMEBODY_ELSES = {
  amount: 4.2,
  currency: "GBP",
  merchantCode: SIMULATED_MERCHANT.code,
  description: "",
  returnUrl: null,
  redirectUrl: null,
  validUntil: null,
  isHosted: true,
};
