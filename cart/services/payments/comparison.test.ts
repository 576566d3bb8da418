import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { OrderId } from "../../../shared/models/ids.ts";
import { paymentMatters } from "../../../shared/models/payments.ts";
import { aPerson, aPlacedOrder, makeDue, passHold } from "../../../tests/builders/payments.ts";
import { mortal, type PayingShop, VISA } from "../../../tests/paying.ts";
import { openPaymentDesk } from "../../../tests/payment-desk.ts";
import { makePaymentFlow } from "./flow.ts";

const { shop, aThing, stockOf, stateOf, newest, refundsOf, mattersOf, simulatedOf, activitiesOf, ask, aPaidOrder } =
  await openPaymentDesk();

describe("the nightly comparison", { timeout: 60_000 }, () => {
  it("shows a charge-back, and a payment that nobody asked for; once", async () => {
    const { orderId } = await aPaidOrder();
    const transaction = (await simulatedOf(orderId)).transactions[0] ?? expect.fail();
    shop.sumup.simulator.chargeBack("MCOOP", transaction.id);
    const wild = {
      reference: "by-hand-at-sumup",
      amount: 3.33,
      currency: "GBP",
      merchantCode: "MCOOP",
      description: "",
      returnUrl: null,
      redirectUrl: null,
      validUntil: null,
      isHosted: true,
    };
    shop.sumup.simulator.pay(shop.sumup.simulator.create(wild) ?? expect.fail(), VISA);
    for (let night = 0; night < 2; night += 1) {
      await shop.cart.db.execute(sql`update reconciliations set next_at = now()`);
      await shop.flow.round();
    }
    expect([await stateOf(orderId), await mattersOf(orderId)]).toEqual(["disputed", ["charge_back"]]);
    await shop.cart.db.execute(sql`update payment_matters set resolved_at = now() where order_id = ${orderId}`);
    await shop.cart.db.execute(sql`update reconciliations set next_at = now()`);
    await shop.flow.round();
    expect(await mattersOf(orderId)).toEqual(["charge_back, ended"]); // what was settled does not come back
    const unknown = await shop.cart.db.select().from(paymentMatters).where(eq(paymentMatters.kind, "unknown_payment"));
    expect(unknown.filter(({ detail }) => detail["amountMinor"] === 333)).toHaveLength(1);
  });

  it("that breaks off says so, and is made good in an hour", async () => {
    shop.sumup.faults.add("history", "broken", 4);
    await shop.cart.db.execute(sql`update reconciliations set next_at = now()`);
    await shop.flow.round();
    const { rows } = await shop.cart.db.execute(
      sql`select is_complete, trouble, next_at < now() + interval '61 minutes' as soon from reconciliations`,
    );
    expect(rows).toMatchObject([{ is_complete: false, trouble: expect.stringContaining("500"), soon: true }]);
    expect(await shop.cart.services.payments.listBrokenComparisons()).toMatchObject([{ trouble: expect.stringContaining("500") }]);
  });
});

describe("killed between any two steps", { timeout: 60_000 }, () => {
  const scenario = async (flow: PayingShop["flow"], orderId: OrderId) => {
    await flow.begin(orderId);
    await shop.pay(orderId);
    await flow.look((await newest(orderId)).id);
  };

  it.each(Array.from({ length: 6 }, (_, at) => [at]))("of paying, at step %i: the money is right, once", async (at) => {
    for (const before of [true, false]) {
      const slug = await aThing();
      const { orderId, reference } = await aPlacedOrder(shop.cart, { [slug]: 1 });
      const doomed = mortal(shop.parts, { at, before });
      await scenario(makePaymentFlow(doomed.parts), orderId).catch(() => undefined);
      await shop.settleAll();
      if ((await stateOf(orderId)) === "pending_payment") {
        await shop.flow.begin(orderId); // the buyer, still there, presses again
        await shop.pay(orderId);
        await shop.settleAll();
      }
      expect([at, before, await stateOf(orderId), await stockOf(slug), await activitiesOf(orderId)]).toEqual([
        at,
        before,
        "paid",
        9,
        ["placed", "paid"],
      ]);
      expect(shop.sumup.simulator.list().filter((one) => one.reference.startsWith(reference) && one.status === "PAID")).toHaveLength(1);
    }
  });

  it.each(Array.from({ length: 5 }, (_, at) => [at]))("of a refund, at step %i: it goes back once", async (at) => {
    for (const before of [true, false]) {
      const { orderId } = await aPaidOrder();
      const asked = await ask(orderId, 400, await aPerson(shop.cart.db));
      const doomed = mortal(shop.parts, { at, before });
      await makePaymentFlow(doomed.parts)
        .refundNow(asked.kind === "requested" ? asked.refundId : expect.fail())
        .catch(() => undefined);
      await shop.settleAll();
      expect([at, before, await stateOf(orderId), (await refundsOf(orderId)).map(({ state }) => state)]).toEqual([
        at,
        before,
        "partly_refunded",
        ["done"],
      ]);
      expect((await simulatedOf(orderId)).transactions[0]?.refunds).toHaveLength(1);
    }
  });

  it.each(Array.from({ length: 4 }, (_, at) => [at]))("of letting an order expire, at step %i: it is over here and there", async (at) => {
    const { orderId } = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
    await shop.flow.begin(orderId);
    await passHold(shop.cart.db, orderId);
    await makePaymentFlow(mortal(shop.parts, { at, before: false }).parts)
      .round()
      .catch(() => undefined);
    await makeDue(shop.cart.db);
    await shop.settleAll();
    expect([await stateOf(orderId), (await simulatedOf(orderId)).status]).toEqual(["expired", "EXPIRED"]);
  });
});
