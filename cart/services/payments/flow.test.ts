import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { aPerson, aPlacedOrder, passHold } from "../../../tests/builders/payments.ts";
import { VISA } from "../../../tests/paying.ts";
import { openPaymentDesk } from "../../../tests/payment-desk.ts";
import { makePaymentFlow } from "./flow.ts";

const { shop, aThing, stockOf, stateOf, attemptsOf, newest, refundsOf, mattersOf, simulatedOf, activitiesOf, aPaidOrder } =
  await openPaymentDesk();

describe("paying", { timeout: 60_000 }, () => {
  it("goes once through everything: stock, ledger with its tax, receipt, one activity a step", async () => {
    const { orderId, slug } = await aPaidOrder();
    expect([await stateOf(orderId), await stockOf(slug), await activitiesOf(orderId)]).toEqual(["paid", 8, ["placed", "paid"]]);
    const { rows } = await shop.cart.db.execute(sql`
      select account, amount_minor::int as minor from postings join ledger_entries on ledger_entries.id = entry_id
      where order_id = ${orderId} order by account`);
    expect(rows).toEqual([
      { account: "sales:standard", minor: -833 },
      { account: "sumup:MCOOP", minor: 1000 },
      { account: "vat:standard", minor: -167 },
    ]);
    expect(await shop.flow.begin(orderId)).toEqual({ kind: "not-payable" });
  });

  it("is one transition, whoever looks, however many at once, on however many replicas", async () => {
    const slug = await aThing();
    const { orderId } = await aPlacedOrder(shop.cart, { [slug]: 1 });
    await shop.flow.begin(orderId);
    await shop.pay(orderId);
    const { id } = await newest(orderId);
    const replicas = Array.from({ length: 4 }, () => makePaymentFlow(shop.parts));
    shop.sumup.calls.length = 0;
    const looks = await Promise.all(replicas.flatMap((flow) => Array.from({ length: 26 }, () => flow.look(id))));
    expect(looks.filter((look) => look === "paid").length).toBeGreaterThanOrEqual(1);
    expect(new Set(looks)).toEqual(new Set(["paid", "before"]));
    expect(shop.sumup.calls.length).toBeLessThanOrEqual(8); // one under way and one after it, for each replica
    expect([await stockOf(slug), await activitiesOf(orderId)]).toEqual([9, ["placed", "paid"]]);
  });

  it("begun by two tabs leads both to one checkout", async () => {
    const { orderId, reference } = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
    const begun = await Promise.all(Array.from({ length: 6 }, () => shop.flow.begin(orderId)));
    expect(new Set(begun.map((one) => (one.kind === "go" ? one.url : one.kind))).size).toBe(1);
    expect(shop.sumup.simulator.list().filter((one) => one.reference.startsWith(reference))).toHaveLength(1);
    expect(await attemptsOf(orderId)).toHaveLength(1);
  });

  it("fails and is payable still", async () => {
    const { orderId } = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
    await shop.flow.begin(orderId);
    expect(await shop.pay(orderId, "4000000000000002")).toBe("failed");
    expect(await shop.flow.look((await newest(orderId)).id)).toBe("waiting");
    expect(await newest(orderId)).toMatchObject({ state: "open", lastStatus: "FAILED" });
    await shop.pay(orderId);
    await shop.settleAll();
    expect(await stateOf(orderId)).toBe("paid");
  });

  it.each(["lost", "late", "cut", "garbage", "broken", "broken-after", "conflict", "busy"] as const)(
    "comes to one checkout when making it is answered %s",
    async (fault) => {
      const { orderId, reference } = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
      shop.sumup.faults.add("create", fault, 2);
      await shop.flow.begin(orderId);
      await shop.settleAll();
      const begun = await shop.flow.begin(orderId);
      expect(begun.kind).toBe("go");
      const own = shop.sumup.simulator.list().filter((each) => each.reference.startsWith(reference));
      expect(own).toHaveLength(1);
      await shop.pay(orderId);
      await shop.settleAll();
      expect(await stateOf(orderId)).toBe("paid");
    },
  );

  it("refused for its key is told to staff, and can be begun again", async () => {
    const { orderId } = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
    shop.sumup.faults.add("create", "unauthorized");
    expect(await shop.flow.begin(orderId)).toEqual({ kind: "away" });
    expect([(await newest(orderId)).state, await mattersOf(orderId)]).toEqual(["refused", ["checkout_refused"]]);
    expect((await shop.flow.begin(orderId)).kind).toBe("go");
  });
});

describe("without a key of the merchant", { timeout: 60_000 }, () => {
  it("nothing is sold or opened, and what was opened ends with the order's time", async () => {
    const keyless = makePaymentFlow({ ...shop.parts, clientFor: async () => null });
    expect([await shop.flow.canPay("MCOOP"), await keyless.canPay("MCOOP")]).toEqual([true, false]);
    const { orderId } = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
    expect([await keyless.begin(orderId), await attemptsOf(orderId)]).toEqual([{ kind: "no-merchant" }, []]);
    await shop.cart.app.transaction((tx) => shop.cart.services.payments.openAttempt(tx, orderId)); // and the key was taken away
    await passHold(shop.cart.db, orderId);
    await keyless.round();
    expect([await stateOf(orderId), (await newest(orderId)).state]).toEqual(["expired", "closed"]);
  });
});

describe("called off while its checkout is being made", { timeout: 60_000 }, () => {
  it.each(["cancelled", "closed"] as const)("%s: nobody is led there, and it is closed at SumUp", async (end) => {
    const { orderId } = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
    const { services, transaction } = shop.parts;
    const client = (await shop.parts.clientFor("MCOOP")) ?? expect.fail();
    const slow = makePaymentFlow({
      ...shop.parts,
      clientFor: async () => ({
        ...client,
        async createCheckout(wish) {
          const made = await client.createCheckout(wish);
          await shop.cart.app.transaction((tx) => shop.cart.services.orders.cancel(tx, orderId, { kind: "buyer" }));
          if (end === "closed") await transaction(async (tx) => services.payments.close(tx, (await newest(orderId)).id));
          return made;
        },
      }),
    });
    expect((await slow.begin(orderId)).kind).toBe("not-payable");
    expect((await newest(orderId)).checkoutId).not.toBeNull();
    await shop.flow.round();
    expect([(await newest(orderId)).state, (await simulatedOf(orderId)).status]).toEqual(["closed", "EXPIRED"]);
  });
});

describe("what came is not what was asked for", { timeout: 60_000 }, () => {
  it.each([
    ["amount_differs", { amount: 0.01 }],
    ["currency_differs", { currency: "EUR" }],
    ["merchant_differs", { merchantCode: "MOTHER" }],
    ["reference_differs", { reference: "somebody-elses-1" }],
  ] as const)("%s: nothing is handed out, somebody looks, the money is kept apart", async (matter, change) => {
    const slug = await aThing();
    const { orderId } = await aPlacedOrder(shop.cart, { [slug]: 1 });
    await shop.flow.begin(orderId);
    Object.assign(await simulatedOf(orderId), change);
    await shop.pay(orderId);
    const { id } = await newest(orderId);
    expect(await shop.flow.look(id)).toBe("differs");
    expect(await shop.flow.look(id)).toBe("before");
    expect([await stateOf(orderId), await stockOf(slug), await mattersOf(orderId)]).toEqual(["pending_payment", 10, [matter]]);
    const { rows } = await shop.cart.db.execute(sql`select kind from ledger_entries where order_id = ${orderId}`);
    expect(rows).toEqual(matter === "merchant_differs" ? [] : [{ kind: "suspense" }]); // somebody else has that money
  });

  it("transaction_differs: PAID without a payment in it", async () => {
    const { orderId } = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
    await shop.flow.begin(orderId);
    Object.assign(await simulatedOf(orderId), { status: "PAID" });
    expect(await shop.flow.look((await newest(orderId)).id)).toBe("differs");
    expect(await mattersOf(orderId)).toEqual(["transaction_differs"]);
  });

  it("transaction_differs: a payment that paid another order before", async () => {
    const { orderId: first } = await aPaidOrder();
    const { orderId: second } = await aPlacedOrder(shop.cart, { [await aThing()]: 2 });
    await shop.flow.begin(second);
    const [from, to] = [await simulatedOf(first), await simulatedOf(second)];
    to.transactions.push(...from.transactions);
    Object.assign(to, { status: "PAID" });
    expect(await shop.flow.look((await newest(second)).id)).toBe("differs");
    expect(await stateOf(second)).toBe("pending_payment");
    const { rows } = await shop.cart.db.execute(sql`select kind from ledger_entries where order_id = ${second}`);
    expect(rows).toEqual([]); // it is booked with the first
  });
});

describe("time", { timeout: 60_000 }, () => {
  it("over: the checkout is closed at SumUp before the goods are let go", async () => {
    const slug = await aThing(1);
    const { orderId } = await aPlacedOrder(shop.cart, { [slug]: 1 });
    await shop.flow.begin(orderId);
    await passHold(shop.cart.db, orderId);
    await shop.flow.round();
    expect([await stateOf(orderId), (await newest(orderId)).state, (await simulatedOf(orderId)).status]).toEqual([
      "expired",
      "closed",
      "EXPIRED",
    ]);
    expect(await stockOf(slug)).toBe(1);
    await aPlacedOrder(shop.cart, { [slug]: 1 }); // somebody else may have it
  });

  it("over while SumUp is away: nobody else gets it paid for twice, and it expires when SumUp is back", async () => {
    const { orderId } = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
    await shop.flow.begin(orderId);
    await passHold(shop.cart.db, orderId);
    shop.sumup.faults.add("deactivate", "broken", 2);
    await shop.flow.round();
    expect([await stateOf(orderId), (await newest(orderId)).state]).toEqual(["pending_payment", "open"]);
    await shop.settleAll();
    expect(await stateOf(orderId)).toBe("expired");
  });

  it("over at the moment of paying: what was paid counts", async () => {
    const { orderId } = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
    await shop.flow.begin(orderId);
    await passHold(shop.cart.db, orderId);
    const checkout = await simulatedOf(orderId);
    const { deactivate } = shop.sumup.simulator;
    shop.sumup.simulator.deactivate = (one) => {
      shop.sumup.simulator.pay(checkout, VISA);
      return deactivate(one);
    };
    await shop.flow.round();
    shop.sumup.simulator.deactivate = deactivate;
    expect(await stateOf(orderId)).toBe("paid");
  });

  it("over, and the money comes all the same: the order has it while the goods are there", async () => {
    const slug = await aThing(1);
    const { orderId } = await aPlacedOrder(shop.cart, { [slug]: 1 });
    await shop.flow.begin(orderId);
    await passHold(shop.cart.db, orderId);
    await shop.flow.round();
    shop.sumup.simulator.payLate(await simulatedOf(orderId));
    expect(await shop.flow.look((await newest(orderId)).id)).toBe("paid");
    expect([await stateOf(orderId), await stockOf(slug)]).toEqual(["paid", 0]);
  });

  it("over, and the goods are gone: the money goes back by itself", async () => {
    const slug = await aThing(1);
    const { orderId } = await aPlacedOrder(shop.cart, { [slug]: 1 });
    await shop.flow.begin(orderId);
    await passHold(shop.cart.db, orderId);
    await shop.flow.round();
    const other = await aPlacedOrder(shop.cart, { [slug]: 1 });
    shop.sumup.simulator.payLate(await simulatedOf(orderId));
    expect(await shop.flow.look((await newest(orderId)).id)).toBe("refund-due");
    expect(await stateOf(orderId)).toBe("refund_due");
    await shop.settleAll();
    expect([await stateOf(orderId), await stateOf(other.orderId), await stockOf(slug)]).toEqual(["refunded", "pending_payment", 1]);
    expect((await simulatedOf(orderId)).transactions.at(-1)?.refunds).toMatchObject([{ amount: 5 }]);
    expect(await mattersOf(orderId)).toEqual([]);
  });

  it("called off by its buyer, then paid: the money goes back by itself", async () => {
    const { orderId } = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
    await shop.flow.begin(orderId);
    await shop.cart.app.transaction((tx) => shop.cart.services.orders.cancel(tx, orderId, { kind: "buyer" }));
    await shop.pay(orderId);
    await shop.settleAll();
    expect(await stateOf(orderId)).toBe("refunded");
  });

  it("found by nobody but the nightly comparison: money that came without a webhook to a closed payment", async () => {
    const { orderId } = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
    await shop.flow.begin(orderId);
    await passHold(shop.cart.db, orderId);
    await shop.flow.round();
    shop.sumup.simulator.payLate(await simulatedOf(orderId));
    await shop.settleAll();
    expect(await stateOf(orderId)).toBe("expired"); // nobody told
    await shop.cart.db.execute(sql`update reconciliations set next_at = now()`);
    await shop.flow.round();
    expect(await stateOf(orderId)).toBe("paid");
  });
});

describe("paid twice", { timeout: 60_000 }, () => {
  it("by cash and by card: the card's money goes back by itself", async () => {
    const slug = await aThing();
    const by = await aPerson(shop.cart.db);
    const { orderId } = await aPlacedOrder(shop.cart, { [slug]: 1 });
    await shop.flow.begin(orderId);
    await shop.pay(orderId);
    await shop.cart.app.transaction((tx) => shop.cart.services.payments.payByHand(tx, { orderId, kind: "cash", by, paidAt: new Date() }));
    expect(await stateOf(orderId)).toBe("paid");
    await shop.settleAll();
    expect([await stateOf(orderId), await stockOf(slug), await mattersOf(orderId)]).toEqual(["paid", 9, ["paid_twice, ended"]]);
    expect(await refundsOf(orderId)).toMatchObject([{ reason: "paid_twice", state: "done", amountMinor: 500 }]);
  });

  it("by hand a second time is refused", async () => {
    const { orderId } = await aPaidOrder();
    const by = await aPerson(shop.cart.db);
    const twice = shop.cart.app.transaction((tx) =>
      shop.cart.services.payments.payByHand(tx, { orderId, kind: "bank", by, paidAt: new Date() }),
    );
    await expect(twice).rejects.toMatchObject({ code: "order-not-payable" });
  });
});
