import { sql } from "drizzle-orm";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { aPlacedOrder, passHold } from "../../../tests/builders/payments.ts";
import { VISA } from "../../../tests/paying.ts";
import { openPaymentDesk } from "../../../tests/payment-desk.ts";
import { SIMULATED_MERCHANT, startSimulatedSumUp } from "../../../tests/simulated-sumup.ts";
import { makeSumUpClient } from "../sumup/index.ts";
import { makePaymentFlow } from "./flow.ts";

const HOUR_MS = 3_600_000;
const { shop, aThing, stockOf, stateOf, newest, mattersOf } = await openPaymentDesk();

let aheadMs = 0;
const theirs = await startSimulatedSumUp({ clock: { now: () => new Date(Date.now() + aheadMs) } });
afterAll(() => theirs.close());
afterEach(() => {
  aheadMs = 0;
});
const client = makeSumUpClient({ timeoutMs: 1_500, pausesMs: [5], longestRestMs: 50, host: theirs.host }, SIMULATED_MERCHANT);
const flow = makePaymentFlow({ ...shop.parts, clientFor: async () => client });
const checkoutOf = async (orderId: Parameters<typeof newest>[0]) =>
  theirs.simulator.find((await newest(orderId)).checkoutId ?? "") ?? expect.fail("no checkout");

describe("a SumUp whose clock is hours", { timeout: 60_000 }, () => {
  it("behind ours lets people pay for longer: what comes after our time is sold while it is there", async () => {
    aheadMs = -3 * HOUR_MS;
    const slug = await aThing(1);
    const { orderId } = await aPlacedOrder(shop.cart, { [slug]: 1 });
    expect((await flow.begin(orderId)).kind).toBe("go");
    await passHold(shop.cart.db, orderId);
    expect(theirs.simulator.pay(await checkoutOf(orderId), VISA)).toBe("paid"); // to them it is not over
    await shop.settleAll(flow);
    expect([await stateOf(orderId), await stockOf(slug), await mattersOf(orderId)]).toEqual(["paid", 0, []]);
  });

  it("behind ours is closed there by us, at our time, before others get the goods", async () => {
    aheadMs = -3 * HOUR_MS;
    const { orderId } = await aPlacedOrder(shop.cart, { [await aThing(1)]: 1 });
    await flow.begin(orderId);
    await passHold(shop.cart.db, orderId);
    await flow.round();
    expect([await stateOf(orderId), (await checkoutOf(orderId)).status]).toEqual(["expired", "EXPIRED"]);
    expect(theirs.simulator.pay(await checkoutOf(orderId), VISA)).toBe("over");
  });

  it("ahead of ours takes nothing, and somebody is told why; the order ends with its time, and its goods are free", async () => {
    aheadMs = 3 * HOUR_MS;
    const slug = await aThing(1);
    const { orderId } = await aPlacedOrder(shop.cart, { [slug]: 1 });
    await flow.begin(orderId);
    expect(theirs.simulator.pay(await checkoutOf(orderId), VISA)).toBe("over");
    expect(await flow.look((await newest(orderId)).id)).toBe("over");
    expect([await stateOf(orderId), await mattersOf(orderId)]).toEqual(["pending_payment", ["checkout_refused"]]);
    aheadMs = 0; // somebody has seen to it
    expect((await flow.begin(orderId)).kind).toBe("go");
    await passHold(shop.cart.db, orderId);
    await shop.settleAll(flow);
    expect(await stateOf(orderId)).toBe("expired");
    await aPlacedOrder(shop.cart, { [slug]: 1 });
  });

  it.each([-5, 5])("off by %i is compared all the same: what came without a call is found in the night", async (hours) => {
    const { orderId } = await aPlacedOrder(shop.cart, { [await aThing(1)]: 1 });
    await flow.begin(orderId);
    await passHold(shop.cart.db, orderId);
    await flow.round();
    aheadMs = hours * HOUR_MS;
    theirs.simulator.payLate(await checkoutOf(orderId));
    await shop.cart.db.execute(sql`update reconciliations set next_at = now()`);
    await flow.round();
    await shop.cart.db.execute(sql`update reconciliations set next_at = now()`);
    await flow.round();
    expect(await stateOf(orderId)).toBe("paid");
  });
});

describe("a process whose own clock is hours off", { timeout: 60_000 }, () => {
  it.each([-5, 5])("by %i decides nothing by it: the database's time counts", async (hours) => {
    const slug = await aThing(1);
    const { orderId } = await aPlacedOrder(shop.cart, { [slug]: 1 });
    await flow.begin(orderId);
    const { now } = Date;
    Date.now = () => now() + hours * HOUR_MS;
    try {
      await flow.round();
      expect(await stateOf(orderId)).toBe("pending_payment");
      await passHold(shop.cart.db, orderId);
      await flow.round();
    } finally {
      Date.now = now;
    }
    expect(await stateOf(orderId)).toBe("expired");
  });
});
