import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { ledgerEntries } from "../../../shared/models/ledger.ts";
import { paymentMatters } from "../../../shared/models/payments.ts";
import { aPerson, aPlacedOrder, passHold } from "../../../tests/builders/payments.ts";
import { openPaymentDesk } from "../../../tests/payment-desk.ts";
import { makePaymentFlow } from "./flow.ts";

const { shop, aThing, stateOf, newest, refundsOf, mattersOf, simulatedOf, ask, decide, aPaidOrder } = await openPaymentDesk();

/** The same shop after somebody took the merchant's key away. */
const keyless = makePaymentFlow({ ...shop.parts, clientFor: async () => null });

async function anOpenOrder() {
  const { orderId } = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
  await shop.flow.begin(orderId);
  return orderId;
}
const letGo = async (orderId: Awaited<ReturnType<typeof anOpenOrder>>) => {
  const [matter] = await shop.cart.db.select().from(paymentMatters).where(eq(paymentMatters.orderId, orderId));
  const by = await aPerson(shop.cart.db);
  const { id } = matter ?? expect.fail("nothing to decide");
  return shop.cart.app.transaction((tx) => shop.cart.services.payments.letGo(tx, id, { by, note: "Looked at the dashboard" }));
};

describe("an open checkout whose merchant's key was taken away", { timeout: 60_000 }, () => {
  it("is told to staff once, and goes on by itself when there is a key again", async () => {
    const orderId = await anOpenOrder();
    const { id } = await newest(orderId);
    expect([await keyless.look(id), await keyless.look(id)]).toEqual(["away", "away"]);
    expect(await mattersOf(orderId)).toEqual(["key_missing"]);
    await shop.pay(orderId);
    expect(await shop.flow.look(id)).toBe("paid");
    expect([await stateOf(orderId), await mattersOf(orderId)]).toEqual(["paid", ["key_missing, ended"]]);
  });

  it("is not talked away, but let go by whoever looked it up: the order ends with its time", async () => {
    const orderId = await anOpenOrder();
    await passHold(shop.cart.db, orderId);
    await keyless.round();
    expect([await stateOf(orderId), await mattersOf(orderId)]).toEqual(["pending_payment", ["key_missing"]]);
    const [matter] = await shop.cart.db.select().from(paymentMatters).where(eq(paymentMatters.orderId, orderId));
    const by = await aPerson(shop.cart.db);
    const talk = { by, resolution: "I have seen to it" };
    const id = matter?.id ?? expect.fail();
    expect(await shop.cart.app.transaction((tx) => shop.cart.services.payments.resolveMatter(tx, id, talk))).toBe(false);
    expect([await letGo(orderId), await letGo(orderId)]).toEqual([true, false]);
    expect([await stateOf(orderId), (await newest(orderId)).state, await mattersOf(orderId)]).toEqual([
      "expired",
      "closed",
      ["key_missing, ended"],
    ]);
  });

  it("let go before its time leaves the order to be paid anew, and money that comes all the same is found with the key", async () => {
    const orderId = await anOpenOrder();
    await keyless.look((await newest(orderId)).id);
    await letGo(orderId);
    expect(await stateOf(orderId)).toBe("pending_payment");
    const closed = await newest(orderId);
    await shop.pay(orderId);
    await shop.cart.app.transaction((tx) => shop.cart.services.payments.noteHint(tx, closed.checkoutId ?? ""));
    await shop.settleAll();
    expect(await stateOf(orderId)).toBe("paid");
  });
});

describe("a refund whose merchant's key was taken away", { timeout: 60_000 }, () => {
  it("is told to staff, and sent when there is a key again", async () => {
    const { orderId } = await aPaidOrder();
    const by = await aPerson(shop.cart.db);
    await ask(orderId, 400, by);
    await shop.settleAll(keyless);
    expect(await mattersOf(orderId)).toEqual(["key_missing"]);
    await shop.settleAll();
    expect([(await refundsOf(orderId))[0]?.state, await mattersOf(orderId)]).toEqual(["done", ["key_missing, ended"]]);
  });

  it.each([
    ["done", "done", 400],
    ["not-done", "refused", 0],
  ] as const)("that was %s, says whoever looked it up, is %s", async (decision, state, minor) => {
    const { orderId } = await aPaidOrder();
    const by = await aPerson(shop.cart.db);
    await ask(orderId, 400, by);
    await shop.settleAll(keyless);
    expect((await decide(orderId, decision, by)).kind).toBe("decided");
    expect([(await refundsOf(orderId))[0]?.state, (await newest(orderId)).refundedMinor]).toEqual([state, minor]);
  });
});

/** Money that came when the order was over and its last piece was gone. */
async function aLateOrder() {
  const slug = await aThing(1);
  const { orderId } = await aPlacedOrder(shop.cart, { [slug]: 1 });
  await shop.flow.begin(orderId);
  await passHold(shop.cart.db, orderId);
  await shop.flow.round();
  await aPlacedOrder(shop.cart, { [slug]: 1 });
  shop.sumup.simulator.payLate(await simulatedOf(orderId));
  shop.sumup.faults.add("transaction", "unauthorized", 50);
  await shop.cart.app.transaction(async (tx) => shop.cart.services.payments.noteHint(tx, (await newest(orderId)).checkoutId ?? ""));
  await shop.flow.round();
  return orderId;
}

describe("late money whose refund was not done, says somebody", { timeout: 60_000 }, () => {
  const back = async (orderId: Awaited<ReturnType<typeof aLateOrder>>, way: "as-it-came" | "bank") => {
    const by = await aPerson(shop.cart.db);
    return shop.cart.app.transaction((tx) => shop.cart.services.payments.returnOwed(tx, { orderId, way, note: "By hand", by }));
  };
  async function aGivenUpOrder() {
    const orderId = await aLateOrder();
    const [refund] = await refundsOf(orderId);
    await shop.cart.app.transaction((tx) => shop.cart.services.payments.refuseRefund(tx, refund?.id ?? expect.fail(), "Too old"));
    await decide(orderId, "not-done", await aPerson(shop.cart.db));
    shop.sumup.faults.clear();
    return orderId;
  }

  it("is owed still, and nothing else is given back of it", async () => {
    const orderId = await aGivenUpOrder();
    expect([await stateOf(orderId), await shop.cart.services.payments.findOwed(orderId)]).toEqual([
      "refund_due",
      { amountMinor: 500, currency: "GBP", isUnderWay: false },
    ]);
    expect((await ask(orderId, 100, await aPerson(shop.cart.db))).kind).toBe("too-much");
  });

  it("goes back through SumUp once it is asked again", async () => {
    const orderId = await aGivenUpOrder();
    expect((await back(orderId, "as-it-came")).kind).toBe("requested");
    expect((await back(orderId, "as-it-came")).kind).toBe("in-flight");
    expect((await shop.cart.services.payments.findOwed(orderId))?.isUnderWay).toBe(true);
    await shop.settleAll();
    expect([await stateOf(orderId), await shop.cart.services.payments.findOwed(orderId)]).toEqual(["refunded", null]);
  });

  it("goes back by a transfer that the ledger knows of, once", async () => {
    const orderId = await aGivenUpOrder();
    expect((await back(orderId, "bank")).kind).toBe("requested");
    expect([await stateOf(orderId), (await back(orderId, "bank")).kind]).toEqual(["refunded", "nothing"]);
    const { rows } = await shop.cart.db.execute(sql`
      select account, amount_minor::int as minor from postings join ledger_entries on ledger_entries.id = entry_id
      where order_id = ${orderId} and kind = 'owed_refund' order by account`);
    expect(rows).toEqual([
      { account: "bank:MCOOP", minor: -500 },
      { account: "owed:MCOOP", minor: 500 },
    ]);
  });
});

describe("a part of a card payment that goes back another way", { timeout: 60_000 }, () => {
  it("is booked at once, and does not confuse what SumUp knows of the rest", async () => {
    const { orderId } = await aPaidOrder();
    const by = await aPerson(shop.cart.db);
    const wish = { orderId, amountMinor: 300, reason: "asked", note: "", by, requestKey: `cash-${orderId}`, way: "cash" } as const;
    await shop.cart.app.transaction((tx) => shop.cart.services.payments.requestRefund(tx, wish));
    expect((await refundsOf(orderId)).map(({ state, via }) => [state, via])).toEqual([["done", "cash"]]);
    await ask(orderId, 700, by);
    await shop.settleAll();
    expect([await stateOf(orderId), await mattersOf(orderId)]).toEqual(["refunded", []]);
  });
});

describe("money that staff took by hand", { timeout: 60_000 }, () => {
  it("is booked with the day it came, and never with one to come", async () => {
    const by = await aPerson(shop.cart.db);
    const pay = async (paidAt: Date) => {
      const { orderId } = await aPlacedOrder(shop.cart, { [await aThing()]: 1 });
      await shop.cart.app.transaction((tx) => shop.cart.services.payments.payByHand(tx, { orderId, kind: "bank", by, paidAt }));
      const [entry] = await shop.cart.db.select().from(ledgerEntries).where(eq(ledgerEntries.orderId, orderId));
      return entry?.valueOn;
    };
    const now = new Date();
    const dayOf = (date: Date) => new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" }).format(date);
    const before = new Date(now.getTime() - 3 * 86_400_000);
    expect([await pay(before), await pay(new Date(now.getTime() + 3 * 86_400_000))]).toEqual([dayOf(before), dayOf(now)]);
  });
});
