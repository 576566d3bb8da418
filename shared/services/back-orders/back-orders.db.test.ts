import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openBackOrderDesk } from "../../../tests/builders/back-order-desk.ts";
import { aCycleOrder, aLot, passCutOff } from "../../../tests/builders/cycle.ts";
import { backOrderLines, backOrderSendings } from "../../models/back-orders.ts";
import { orderLines } from "../../models/cart.ts";
import { userEmails, users } from "../../models/identity.ts";
import type { BackOrderId } from "../../models/ids.ts";
import { products, suppliers } from "../../models/market.ts";
import { orderCycles } from "../../models/order-cycles.ts";
import { stockReservations } from "../../models/payments.ts";
import { listMatters } from "../payments/matters.ts";

const one = await openBackOrderDesk();
const { db, at, back, desk, cart, cycles, aBuyer, see, seeLine, buy, cancel, send, stockOf, told, stateOf } = one;
afterAll(() => db.close());
beforeEach(one.begin);

describe("what is ordered of a supplier", () => {
  it("follows paid orders as they come and are called off, in the fewest cases, with who ordered what", async () => {
    const four = await buy(4);
    await buy(3);
    await buy(5, at.lentils, { status: "pending_payment", paidAt: null });
    expect(await see()).toMatchObject({ state: "collecting", waiting: 1, supplier: { email: "orders@harbour.example" } });
    expect(await seeLine()).toMatchObject({ ordered: 7, wanted: 6, cases: 1, surplus: 0 });
    expect((await seeLine()).buyers.map(({ quantity, dropped }) => [quantity, dropped])).toEqual([
      [4, 0],
      [3, 1],
    ]);
    await buy(5);
    expect(await seeLine()).toMatchObject({ ordered: 12, wanted: 12, cases: 2 });
    await cancel(four);
    expect(await seeLine()).toMatchObject({ ordered: 8, wanted: 6, cases: 1 });
  });

  it("is rounded up, asked about, or taken from the shelf first, as the cycle says; a lot can differ", async () => {
    await buy(7);
    await db.update(orderCycles).set({ incompleteCase: "fill" });
    expect(await seeLine()).toMatchObject({ wanted: 7, cases: 2, surplus: 5, isUndecided: false });
    await db.update(orderCycles).set({ incompleteCase: "decide" });
    expect((await seeLine()).isUndecided).toBe(true);
    await aLot(db, at.cycleId, at.lentils, { decision: "drop" });
    expect(await seeLine()).toMatchObject({ cases: 1, isUndecided: false });
    await db.update(orderCycles).set({ usesStock: true });
    await db.update(products).set({ stock: 3 });
    expect(await seeLine()).toMatchObject({ fromStock: 3, cases: 0, wanted: 3 });
  });

  it("is nothing where nobody ordered anything", async () => {
    await expect(see()).rejects.toMatchObject({ code: "not-found" });
    await passCutOff(db, at.cycleId);
    expect(await send()).toEqual({ kind: "nothing" });
  });
});

describe("sending", () => {
  it("goes out once, of ten who press at once, and not before the cut-off", async () => {
    await buy(6);
    expect(await send()).toEqual({ kind: "not-closed" });
    await passCutOff(db, at.cycleId);
    expect(await stateOf()).toBe("closed");
    const results = await Promise.all(Array.from({ length: 10 }, send));
    expect(results.map(({ kind }) => kind).sort()).toEqual([...Array.from({ length: 9 }, () => "already-sent"), "sent"]);
    expect(await told()).toEqual(["Create"]);
    expect([await db.$count(backOrderSendings), await db.$count(backOrderLines), await stateOf()]).toEqual([1, 1, "ordered"]);
    expect(await see()).toMatchObject({ state: "sent", sendings: [{ number: 1, by: "Efua", isMailed: false }] });
  });

  it("waits for whoever orders at this moment, and so has them", async () => {
    await buy(5);
    const buyer = await aBuyer();
    let sending: ReturnType<typeof send> | undefined;
    await db.transaction(async (tx) => {
      await cart.addShare(tx, { kind: "member", userId: buyer }, { productSlug: "lentils", quantity: 1, cycleId: at.cycleId });
      sending = db.execute(sql`update order_cycles set closes_at = now()`).then(send);
      await aCycleOrder(tx, buyer, [{ cycleId: at.cycleId, productId: at.lentils, quantity: 1 }]);
    });
    await sending;
    expect(await seeLine()).toMatchObject({ ordered: 6, cases: 1, sentCases: 1 });
  });

  it("needs a decision where the cycle asks for one, and an address", async () => {
    await db.update(orderCycles).set({ incompleteCase: "decide" });
    await buy(4);
    await passCutOff(db, at.cycleId);
    expect((await see()).state).toBe("undecided");
    expect(await send()).toEqual({ kind: "undecided", names: ["Lentils"] });
    const settle = (decision: "drop" | "fill" | null) =>
      db.transaction((tx) => desk.settleLot(tx, { cycleId: at.cycleId, productId: at.lentils, maxCases: null, decision, by: at.efua }));
    expect(await settle("fill")).toBe(true);
    await db.update(suppliers).set({ orderEmail: null });
    expect(await send()).toEqual({ kind: "no-address" });
    await db.transaction((tx) =>
      back.setSupplierContact(tx, { id: at.supplierId, email: "new@harbour.example", contact: "", by: at.efua }),
    );
    expect((await send()).kind).toBe("sent");
    expect(await settle("drop")).toBe(false);
  });

  it("notes who is dropped, to be told and paid back, whoever paid last first", async () => {
    await buy(5);
    const last = await buy(4);
    await passCutOff(db, at.cycleId);
    await send();
    expect(await cycles.listShortfalls(last)).toMatchObject([{ name: "Lentils", quantity: 3, amountMinor: 720, reason: "case-not-full" }]);
    expect((await listMatters(db)).map(({ kind, subject }) => [kind, subject])).toEqual([["not_all_comes", `order:${last}`]]);
    const { id } = await see();
    const untold = await back.listUntold(id as BackOrderId);
    expect(untold).toMatchObject([{ orderId: last, currency: "GBP", lines: [{ quantity: 3, amountMinor: 720 }] }]);
    await db.transaction((tx) =>
      back.markTold(
        tx,
        untold.flatMap(({ lines }) => lines.map((line) => line.id)),
      ),
    );
    expect(await back.listUntold(id as BackOrderId)).toEqual([]);
  });

  it("takes from the shelf what it has, so that nobody else buys it, and says so in the history", async () => {
    await db.update(orderCycles).set({ usesStock: true });
    await db.update(products).set({ stock: 4 });
    await buy(10);
    await passCutOff(db, at.cycleId);
    await send();
    expect(await stockOf()).toBe(0);
    expect(await seeLine()).toMatchObject({ fromStock: 4, cases: 1, wanted: 10, sentCases: 1 });
    expect((await db.execute(sql`select before, after from product_changes where field = 'stock'`)).rows).toEqual([
      { before: 4, after: 0 },
    ]);
  });
});

it("leaves on the shelf what a checkout holds", async () => {
  await db.update(orderCycles).set({ usesStock: true });
  await db.update(products).set({ stock: 4 });
  await buy(6);
  const held = { productId: at.lentils, quantity: 3, expiresAt: new Date(Date.now() + 600_000) };
  const waiting = await aCycleOrder(db, await aBuyer(), [], { status: "pending_payment", paidAt: null });
  await db.insert(stockReservations).values({ ...held, orderId: waiting });
  expect(await seeLine()).toMatchObject({ fromStock: 1, cases: 0, wanted: 1 });
  await passCutOff(db, at.cycleId);
  await send();
  expect(await stockOf()).toBe(3);
});

it("is told to nobody who has left", async () => {
  await buy(5);
  const last = await buy(4);
  await passCutOff(db, at.cycleId);
  await send();
  await db.delete(userEmails);
  expect(await back.listUntold((await see()).id as BackOrderId)).toEqual([]);
  expect(await db.$count(orderLines, eq(orderLines.orderId, last))).toBe(1);
  expect(await db.$count(users)).toBeGreaterThan(0);
});
