import { asc, eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openBackOrderDesk } from "../../../tests/builders/back-order-desk.ts";
import { passCutOff } from "../../../tests/builders/cycle.ts";
import { aMerchant } from "../../../tests/builders/payments.ts";
import { aProduct, aSupplier } from "../../../tests/builders/shop.ts";
import { backOrders, shortfalls } from "../../models/back-orders.ts";
import { orderLines, orders } from "../../models/cart.ts";
import type { BackOrderId, OrderId } from "../../models/ids.ts";
import { products, suppliers } from "../../models/market.ts";
import { merchants } from "../../models/merchants.ts";
import { orderCycles } from "../../models/order-cycles.ts";
import { refunds } from "../../models/payments.ts";
import { listMatters } from "../payments/matters.ts";

const one = await openBackOrderDesk();
const { db, at, back, payments, cycles, see, seeLine, buy, cancel, send, amend, receive, stockOf, told, stateOf } = one;
afterAll(() => db.close());
beforeEach(one.begin);

describe("what changes after it was sent", () => {
  it("is shown as a difference, and sent as an amendment, once", async () => {
    const six = await buy(6);
    await buy(6);
    await passCutOff(db, at.cycleId);
    await send();
    expect(await amend(1)).toEqual({ kind: "unchanged" });
    await cancel(six);
    expect(await see()).toMatchObject({ state: "changed", lines: [{ cases: 1, sentCases: 2 }] });
    const results = await Promise.all([amend(1), amend(1), amend(1)]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(["conflict", "conflict", "sent"]);
    expect(await told()).toEqual(["Create", "Update"]);
    expect(await see()).toMatchObject({ state: "sent", sendings: [{ number: 1 }, { number: 2 }] });
    const { id } = await see();
    const mails = await back.listUnmailed(id as BackOrderId);
    expect(mails.map(({ number, lines }) => [number, lines.map(({ cases, before }) => [cases, before])])).toEqual([
      [1, [[2, null]]],
      [2, [[1, 2]]],
    ]);
    await db.transaction(async (tx) => {
      for (const { sendingId } of mails) await back.markMailed(tx, sendingId);
    });
    expect(await back.listUnmailed(id as BackOrderId)).toEqual([]);
  });

  it("drops nobody any more: what is left over is for the shelf, and what is called off whole is ordered no more", async () => {
    const [two, four] = [await buy(2), await buy(4)];
    await passCutOff(db, at.cycleId);
    await send();
    await cancel(two);
    expect(await seeLine()).toMatchObject({ wanted: 4, cases: 1, surplus: 2, sentCases: 1 });
    await cancel(four);
    expect(await see()).toMatchObject({ state: "changed", lines: [{ cases: 0, wanted: 0, sentCases: 1 }] });
    expect((await amend(1)).kind).toBe("sent");
    expect((await see()).state).toBe("sent");
  });

  it("gives back to the shelf what is not needed from it", async () => {
    await db.update(orderCycles).set({ usesStock: true });
    await db.update(products).set({ stock: 8 });
    const [eight, six] = [await buy(8), await buy(6)];
    await passCutOff(db, at.cycleId);
    await send();
    expect([await stockOf(), (await seeLine()).cases]).toEqual([0, 1]);
    await cancel(eight);
    expect(await seeLine()).toMatchObject({ wanted: 6, fromStock: 6, cases: 0 });
    await amend(1);
    expect(await stockOf()).toBe(2);
    await cancel(six);
    expect(await amend(2)).toEqual({ kind: "unchanged" });
  });

  it("is asked for by nobody before there was an order", async () => {
    expect(await amend(1)).toEqual({ kind: "conflict" });
  });
});

describe("what arrives", () => {
  it("is short for whoever paid last, who is told; the cycle has arrived when all of it has", async () => {
    const other = await aSupplier(db, { slug: "spices", name: "Spices" });
    await db.update(suppliers).set({ orderEmail: "x@spices.example" }).where(eq(suppliers.id, other));
    const cumin = await aProduct(db, { slug: "cumin", name: "Cumin", supplierId: other, stock: 0 });
    const [first, last] = [await buy(4), await buy(2)];
    await buy(1, cumin);
    await passCutOff(db, at.cycleId);
    await send();
    expect(await stateOf()).toBe("closed"); // the other one is still to be sent
    await db.transaction((tx) => back.sendBackOrder(tx, { cycleId: at.cycleId, supplierId: other, by: at.efua }));
    expect(await stateOf()).toBe("ordered");
    const twice = await Promise.all([receive([[at.lentils, 3]]), receive([[at.lentils, 6]])]);
    expect(twice.sort()).toEqual(["conflict", "received"]);
    await db.delete(shortfalls);
    await db.update(backOrders).set({ arrivedAt: null }).where(eq(backOrders.supplierId, at.supplierId));
    expect(await receive([[at.lentils, 3]])).toBe("received");
    expect(await cycles.listShortfalls(first)).toMatchObject([{ quantity: 1, reason: "not-delivered", amountMinor: 240 }]);
    expect(await cycles.listShortfalls(last)).toMatchObject([{ quantity: 2, reason: "not-delivered" }]);
    expect(await see()).toMatchObject({ state: "arrived", lines: [{ arrived: 3 }] });
    expect(await stateOf()).toBe("ordered");
    await receive([[cumin, 1]], { supplierId: other });
    expect(await stateOf()).toBe("arrived");
    expect(await amend(1)).toEqual({ kind: "arrived" });
  });

  it("goes onto the shelf where it is more than people want", async () => {
    await db.update(orderCycles).set({ incompleteCase: "fill" });
    await buy(4);
    await passCutOff(db, at.cycleId);
    await send();
    await receive([[at.lentils, 6]]);
    expect([await stockOf(), await db.$count(shortfalls)]).toEqual([2, 0]);
  });

  it("is missing whole where nothing came, and where it was paid too late to be ordered", async () => {
    await buy(6);
    await passCutOff(db, at.cycleId);
    await send();
    const late = await buy(2);
    expect((await see()).state).toBe("changed");
    expect(await receive([[at.lentils, 6]])).toBe("changed");
    expect(await receive([[at.lentils, 6]], { isAsSent: true })).toBe("received");
    expect(await cycles.listShortfalls(late)).toMatchObject([{ quantity: 2, reason: "not-delivered" }]);
  });

  it("can't come before it was ordered", async () => {
    await buy(6);
    expect(await receive([[at.lentils, 6]])).toBe("conflict");
  });

  it("is counted of each product that was ordered, by somebody who has seen the last sending", async () => {
    const six = await buy(6);
    await buy(6);
    await passCutOff(db, at.cycleId);
    await send();
    expect(await receive([])).toBe("uncounted");
    await cancel(six);
    await amend(1);
    expect(await receive([[at.lentils, 12]])).toBe("conflict");
    expect([await stateOf(), await db.$count(shortfalls), await stockOf()]).toEqual(["ordered", 0, 0]);
    expect(await receive([[at.lentils, 6]], { number: 2 })).toBe("received");
  });

  it("that is short can be paid back, each order once, also of two who press at once, and ends what waited to be looked at", async () => {
    await db.delete(merchants);
    await aMerchant(db);
    const [merchant] = await db.select({ id: merchants.id }).from(merchants);
    const paid = async (quantity: number) => {
      const id = await buy(quantity, at.lentils, {
        status: "pending_payment",
        paidAt: null,
        merchantId: merchant?.id ?? null,
        totalMinor: 240 * quantity,
      });
      await db.transaction((tx) => payments.payByHand(tx, { orderId: id, kind: "cash", by: at.efua, paidAt: new Date() }));
      return id;
    };
    const [first, last] = [await paid(4), await paid(2)];
    await passCutOff(db, at.cycleId);
    await send();
    await receive([[at.lentils, 3]]);
    const short = () => back.listShortOrders(at.cycleId, at.supplierId);
    expect(await short()).toMatchObject([
      { orderId: first, owedMinor: 240, lines: [{ name: "Lentils", quantity: 1, amountMinor: 240, reason: "not-delivered" }] },
      { orderId: last, owedMinor: 480 },
    ]);
    await db.update(orderLines).set({ discountMinor: 120 }).where(eq(orderLines.orderId, first)); // 30 off each of the four
    expect((await short())[0]).toMatchObject({ owedMinor: 210, lines: [{ amountMinor: 210 }] });
    const payBack = (orderId: OrderId) => db.transaction((tx) => back.payBack(tx, { orderId, by: at.efua }));
    const both = await Promise.all([payBack(last), payBack(last)]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(["nothing", "requested"]);
    expect((await short()).map(({ owedMinor }) => owedMinor)).toEqual([210, 0]);
    expect((await listMatters(db)).map(({ subject }) => subject)).toEqual([`order:${first}`]);
    expect((await payBack(first)).kind).toBe("requested");
    const rows = await db.select().from(refunds).orderBy(asc(refunds.id));
    expect(rows.map(({ orderId, amountMinor, reason, state }) => [orderId, amountMinor, reason, state])).toEqual([
      [last, 480, "shortfall", "done"],
      [first, 210, "shortfall", "done"],
    ]);
    const [order] = await db.select().from(orders).where(eq(orders.id, last));
    expect(order).toMatchObject({ status: "refunded", refundedMinor: 480 });
  });
});
