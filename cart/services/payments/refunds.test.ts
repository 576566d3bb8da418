import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { aPerson, aPlacedOrder } from "../../../tests/builders/payments.ts";
import { openPaymentDesk } from "../../../tests/payment-desk.ts";
import { makePaymentFlow } from "./flow.ts";

const { shop, aThing, stateOf, newest, refundsOf, mattersOf, simulatedOf, activitiesOf, ask, decide, aPaidOrder } = await openPaymentDesk();

describe("refunds", { timeout: 60_000 }, () => {
  it("give back a part, then the rest, with their tax; never more, never two at once, never twice by pressing twice", async () => {
    const { orderId } = await aPaidOrder();
    const by = await aPerson(shop.cart.db);
    const first = await ask(orderId, 300, by, "pressed");
    expect(await ask(orderId, 300, by, "pressed")).toEqual(first);
    expect(await ask(orderId, 100, by)).toEqual({ kind: "in-flight" });
    await shop.settleAll();
    expect(await stateOf(orderId)).toBe("partly_refunded");
    expect(await ask(orderId, 701, by)).toEqual({ kind: "too-much", leftMinor: 700 });
    expect(await ask(orderId, -5, by)).toEqual({ kind: "too-much", leftMinor: 700 });
    await ask(orderId, 700, by);
    await shop.settleAll();
    expect(await stateOf(orderId)).toBe("refunded");
    expect(await ask(orderId, 1, by)).toEqual({ kind: "too-much", leftMinor: 0 });
    const { rows } = await shop.cart.db.execute(sql`
      select account, sum(amount_minor)::int as minor from postings join ledger_entries on ledger_entries.id = entry_id
      where order_id = ${orderId} group by account order by account`);
    expect(rows).toEqual([
      { account: "refunds:standard", minor: 833 },
      { account: "sales:standard", minor: -833 },
      { account: "sumup:MCOOP", minor: 0 },
      { account: "vat:standard", minor: 0 },
    ]);
    expect((await simulatedOf(orderId)).transactions[0]?.refunds.map(({ amount }) => amount)).toEqual([3, 7]);
  });

  it("asked for by twenty at once are one", async () => {
    const { orderId } = await aPaidOrder();
    const by = await aPerson(shop.cart.db);
    const asked = await Promise.all(Array.from({ length: 20 }, () => ask(orderId, 600, by)));
    expect(asked.filter(({ kind }) => kind === "requested")).toHaveLength(1);
    await Promise.all(Array.from({ length: 5 }, () => makePaymentFlow(shop.parts).round()));
    await shop.settleAll();
    expect((await simulatedOf(orderId)).transactions[0]?.refunds).toHaveLength(1);
  });

  it.each(["lost", "late", "cut", "broken", "broken-after", "busy", "garbage"] as const)("answered %s are done once", async (fault) => {
    const { orderId } = await aPaidOrder();
    const by = await aPerson(shop.cart.db);
    shop.sumup.faults.add("refund", fault, 2);
    const asked = await ask(orderId, 400, by);
    await shop.flow.refundNow(asked.kind === "requested" ? asked.refundId : expect.fail());
    await shop.settleAll();
    expect(await refundsOf(orderId)).toMatchObject([{ state: "done" }]);
    expect((await simulatedOf(orderId)).transactions[0]?.refunds).toHaveLength(1);
    expect(await stateOf(orderId)).toBe("partly_refunded");
  });

  it("whose answer was unclear are not sent again before SumUp's figure was read, and not too soon after", async () => {
    const { orderId } = await aPaidOrder();
    const by = await aPerson(shop.cart.db);
    shop.sumup.faults.add("refund", "broken", 1);
    await ask(orderId, 400, by);
    await shop.flow.round();
    expect(await refundsOf(orderId)).toMatchObject([{ state: "unknown", beforeMinor: 0 }]);
    await shop.cart.db.execute(sql`update refunds set look_at = now() where state = 'unknown'`);
    shop.sumup.faults.add("transaction", "broken", 4);
    await shop.flow.round();
    expect(await refundsOf(orderId)).toMatchObject([{ state: "unknown" }]);
    shop.sumup.faults.clear();
    await shop.cart.db.execute(sql`update refunds set look_at = now() where state = 'unknown'`);
    await shop.flow.round();
    expect(await refundsOf(orderId)).toMatchObject([{ state: "unknown" }]); // it may still be under way there
    await shop.settleAll();
    expect(await refundsOf(orderId)).toMatchObject([{ state: "done" }]);
  });

  it("that SumUp refuses, and figures that fit nothing, are told to staff", async () => {
    const { orderId } = await aPaidOrder();
    const by = await aPerson(shop.cart.db);
    const transaction = (await simulatedOf(orderId)).transactions[0] ?? expect.fail();
    Object.assign(transaction, { amount: 1 }); // SumUp has less than we think, and says no
    await ask(orderId, 200, by);
    await shop.settleAll();
    expect([await refundsOf(orderId), await mattersOf(orderId)]).toMatchObject([[{ state: "refused" }], ["refund_refused"]]);
    Object.assign(transaction, { amount: 10 });
    shop.sumup.simulator.refund("MCOOP", transaction.id, 9); // in SumUp's own app
    await shop.cart.db.execute(sql`update reconciliations set next_at = now()`);
    await shop.flow.round();
    expect(await mattersOf(orderId)).toEqual(["refund_refused", "refunded_elsewhere"]);
    expect(await stateOf(orderId)).toBe("paid");
  });

  it("are not sent where SumUp shows that something else went back; sent again by staff who have seen that", async () => {
    const { orderId } = await aPaidOrder();
    const by = await aPerson(shop.cart.db);
    const transaction = (await simulatedOf(orderId)).transactions[0] ?? expect.fail();
    shop.sumup.simulator.refund("MCOOP", transaction.id, 2); // in SumUp's own app
    await ask(orderId, 200, by);
    await shop.settleAll();
    expect(transaction.refunds).toHaveLength(1);
    expect([await refundsOf(orderId), await mattersOf(orderId)]).toMatchObject([[{ state: "unknown" }], ["refund_unknown"]]);
    expect((await decide(orderId, "again", by)).kind).toBe("decided");
    await shop.settleAll();
    expect(transaction.refunds.map(({ amount }) => amount)).toEqual([2, 2]);
    expect([await refundsOf(orderId), await mattersOf(orderId)]).toMatchObject([[{ state: "done" }], ["refund_unknown, ended"]]);
  });

  it.each([
    ["done", "done", "partly_refunded"],
    ["not-done", "refused", "paid"],
  ] as const)("that nobody knows of end by what staff say: %s; then others can be asked for", async (decision, state, status) => {
    const { orderId } = await aPaidOrder();
    const by = await aPerson(shop.cart.db);
    const transaction = (await simulatedOf(orderId)).transactions[0] ?? expect.fail();
    shop.sumup.simulator.refund("MCOOP", transaction.id, 2);
    await ask(orderId, 200, by);
    await shop.settleAll();
    expect(await ask(orderId, 100, by)).toEqual({ kind: "in-flight" });
    expect((await decide(orderId, decision, by)).kind).toBe("decided");
    expect([await refundsOf(orderId), await stateOf(orderId), await mattersOf(orderId)]).toMatchObject([
      [{ state }],
      status,
      ["refund_unknown, ended"],
    ]);
    expect((await decide(orderId, decision, by)).kind).toBe("over");
    expect((await ask(orderId, 100, by)).kind).toBe("requested");
    expect(transaction.refunds).toHaveLength(1);
  });

  it("that SumUp refused can't be sent again beyond what was paid", async () => {
    const { orderId } = await aPaidOrder();
    const by = await aPerson(shop.cart.db);
    const transaction = (await simulatedOf(orderId)).transactions[0] ?? expect.fail();
    Object.assign(transaction, { amount: 1 });
    await ask(orderId, 600, by);
    await shop.settleAll();
    Object.assign(transaction, { amount: 10 });
    await ask(orderId, 500, by);
    expect((await decide(orderId, "again", by)).kind).toBe("in-flight");
    await shop.settleAll();
    expect((await decide(orderId, "done", by)).kind).toBe("too-much");
    expect((await decide(orderId, "again", by)).kind).toBe("too-much");
    expect((await decide(orderId, "not-done", by)).kind).toBe("decided");
  });

  it("are sent again where the key was wrong", async () => {
    const { orderId } = await aPaidOrder();
    const by = await aPerson(shop.cart.db);
    shop.sumup.faults.add("refund", "unauthorized");
    await ask(orderId, 200, by);
    await shop.flow.round();
    expect([await refundsOf(orderId), await mattersOf(orderId)]).toMatchObject([[{ state: "requested" }], []]);
    await shop.settleAll();
    expect(await refundsOf(orderId)).toMatchObject([{ state: "done" }]);
  });

  it("are not sent while SumUp does not say what has gone back; in the end staff are asked", async () => {
    const { orderId } = await aPaidOrder();
    await ask(orderId, 200, await aPerson(shop.cart.db));
    const client = (await shop.parts.clientFor("MCOOP")) ?? expect.fail();
    const readTransaction: typeof client.readTransaction = async (id) => {
      const seen = await client.readTransaction(id);
      return seen && { ...seen, refundedMinor: null };
    };
    const silent = makePaymentFlow({ ...shop.parts, clientFor: async () => ({ ...client, readTransaction }) });
    await silent.round();
    expect([await refundsOf(orderId), await mattersOf(orderId)]).toMatchObject([[{ state: "requested" }], []]);
    await shop.settleAll(silent);
    expect([await refundsOf(orderId), await mattersOf(orderId)]).toMatchObject([[{ state: "unknown" }], ["refund_unknown"]]);
    expect((await simulatedOf(orderId)).transactions[0]?.refunds).toEqual([]);
  });

  it("wait while the site is paused, as everything does", async () => {
    const { orderId } = await aPaidOrder();
    const waiting = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
    const asked = await ask(orderId, 200, await aPerson(shop.cart.db));
    const { outgoing } = shop.parts.services;
    const paused = makePaymentFlow({
      ...shop.parts,
      services: { ...shop.parts.services, outgoing: { ...outgoing, findPause: async () => ({ since: new Date(), by: null, reason: "" }) } },
    });
    shop.sumup.calls.length = 0;
    await paused.refundNow(asked.kind === "requested" ? asked.refundId : expect.fail());
    expect([await paused.begin(waiting.orderId), await paused.look((await newest(orderId)).id)]).toEqual([{ kind: "away" }, "away"]);
    expect([shop.sumup.calls, await refundsOf(orderId)]).toMatchObject([[], [{ state: "requested" }]]);
  });

  it("asked for again by replaying a webhook: nothing", async () => {
    const { orderId } = await aPaidOrder();
    const by = await aPerson(shop.cart.db);
    await ask(orderId, 1000, by);
    await shop.settleAll();
    const { id } = await newest(orderId);
    expect(await Promise.all(Array.from({ length: 10 }, () => shop.flow.look(id)))).toEqual(Array.from({ length: 10 }, () => "before"));
    expect([await stateOf(orderId), (await activitiesOf(orderId)).length]).toEqual(["refunded", 3]);
  });

  it("of cash go back by hand, at once", async () => {
    const by = await aPerson(shop.cart.db);
    const { orderId } = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
    await shop.cart.app.transaction((tx) => shop.cart.services.payments.payByHand(tx, { orderId, kind: "cash", by, paidAt: new Date() }));
    shop.sumup.calls.length = 0;
    await ask(orderId, 500, by);
    expect([await stateOf(orderId), shop.sumup.calls]).toEqual(["refunded", []]);
  });
});
