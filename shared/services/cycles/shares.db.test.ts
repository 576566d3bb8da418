import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { aCycle, aCycleOrder, passCutOff } from "../../../tests/builders/cycle.ts";
import { openShareDesk } from "../../../tests/builders/share-desk.ts";
import { cartLines, orders } from "../../models/cart.ts";
import type { OrderCycleId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import { orderCycles } from "../../models/order-cycles.ts";

const one = await openShareDesk();
const { db, at, cart, cycles, market, lineOf, aGuest, aBuyer, take, hold, change, lapse, limitTo, taken } = one;
afterAll(() => db.close());
beforeEach(one.begin);

describe("a share of a case", () => {
  it("is taken by guests and members alike, who see how far the case is", async () => {
    const [ada, bilal] = [await aGuest(), await aBuyer()];
    expect(await take(ada, 2)).toEqual({ kind: "added", quantity: 2 });
    expect(await take(bilal, 1)).toEqual({ kind: "added", quantity: 1 });
    expect(await taken()).toEqual({ size: 6, full: 0, inCase: 3, missing: 3 });
    expect(await take(ada, 4)).toEqual({ kind: "added", quantity: 6 });
    expect(await taken()).toEqual({ size: 6, full: 1, inCase: 1, missing: 5 });
    expect(await lineOf(ada)).toMatchObject({
      quantity: 6,
      unitPriceMinor: 240,
      cycle: { cycleId: at.cycleId, isOpen: true, heldUntil: expect.any(Date) },
    });
    const [card] = await market.listProductCards(["lentils"]);
    expect(card).toMatchObject({ isAvailable: false, order: { cycleId: at.cycleId, isOpen: true, shares: { inCase: 1 }, left: null } });
  });

  it("that is the last is taken once, whoever comes at the same moment", async () => {
    await limitTo(1);
    const owners = await Promise.all(Array.from({ length: 16 }, (_, n) => (n % 2 ? aGuest() : aBuyer())));
    const results = await Promise.all(owners.map((owner) => take(owner, 1)));
    expect(results.filter(({ kind }) => kind === "added")).toHaveLength(6);
    expect(results.filter(({ kind }) => kind === "shares-gone")).toHaveLength(10);
    expect(await db.$count(cartLines)).toBe(6);
    expect(await cycles.findOffer(at.lentils)).toMatchObject({ left: 0, shares: { full: 1, inCase: 0 } });
  });

  it("is given as far as there are some, also when many change what they have at once", async () => {
    await limitTo(2);
    const owners = await Promise.all(Array.from({ length: 8 }, aGuest));
    await Promise.all(owners.map((owner) => take(owner, 1)));
    const results = await Promise.all(owners.map((owner) => change(owner, 5)));
    const [sum] = await db.select({ n: sql<number>`sum(quantity)::int` }).from(cartLines);
    expect(sum?.n).toBe(12);
    expect(results.map(({ kind }) => kind).sort()).toContain("capped");
  });

  it("that a paid order holds, nobody else can have; one that was cancelled can be had again", async () => {
    await limitTo(1);
    const buyer = await aBuyer();
    const order = await aCycleOrder(db, buyer.userId, [{ cycleId: at.cycleId, productId: at.lentils, quantity: 4 }]);
    const guest = await aGuest();
    expect(await take(guest, 3)).toEqual({ kind: "capped", quantity: 2 });
    await db.update(orders).set({ status: "cancelled" }).where(eq(orders.id, order));
    expect(await change(guest, 6)).toEqual({ kind: "changed", quantity: 6 });
  });

  it("is free again when nobody pays for it in time, and is held again by who changes it, if it is still there", async () => {
    await limitTo(1);
    const [ada, bilal] = [await aGuest(), await aGuest()];
    await take(ada, 4);
    await lapse();
    expect(await lineOf(ada)).toMatchObject({ quantity: 4, cycle: { heldUntil: null } });
    expect(await take(bilal, 5)).toEqual({ kind: "added", quantity: 5 });
    expect(await change(ada, 4)).toEqual({ kind: "capped", quantity: 1 });
    await lapse();
    await take(bilal, 1);
    expect(await change(ada, 3)).toEqual({ kind: "capped", quantity: 1 });
    expect((await lineOf(ada)).cycle?.heldUntil).toBeNull();
  });

  it.each([0, -1, 2 ** 40])("is never %d at once, whoever writes past the form", async (quantity) => {
    await take(await aGuest(), quantity).catch(() => null);
    expect(await db.$count(cartLines)).toBe(0);
  });

  it("is kept apart from the same thing off the shelf", async () => {
    await db.update(products).set({ stock: 3 });
    const guest = await aGuest();
    await take(guest, 2);
    await db.transaction((tx) => cart.addLine(tx, guest, { productSlug: "lentils", quantity: 1 }));
    const { lines, totalMinor } = await cart.getCart(guest);
    expect(lines.map(({ quantity, cycle }) => [quantity, cycle?.cycleId ?? null])).toEqual([
      [2, at.cycleId],
      [1, null],
    ]);
    expect([totalMinor, await cart.getSummary(guest)]).toEqual([720, { count: 3, totalMinor: 720, currency: "GBP" }]);
  });
});

describe("the cut-off", () => {
  it("is the database's: a cycle that is closed, planned, done, unknown, or does not sell it takes nothing", async () => {
    const guest = await aGuest();
    const planned = await aCycle(db, { opensAt: new Date(Date.now() + 3_600_000) }, { suppliers: [at.supplierId] });
    const other = await aCycle(db);
    const done = await aCycle(db, { doneAt: new Date() }, { suppliers: [at.supplierId] });
    for (const id of [planned, other, done, 0 as OrderCycleId]) expect(await take(guest, 1, "lentils", id)).toEqual({ kind: "cut-off" });
    await passCutOff(db, at.cycleId);
    expect(await take(guest, 1)).toEqual({ kind: "cut-off" });
    expect(await db.$count(cartLines)).toBe(0);
    await expect(take(guest, 1, "nothing-like-it")).rejects.toMatchObject({ code: "product-gone" });
  });

  it("that passes while somebody waits for a lock refuses them", async () => {
    await db.execute(sql`update order_cycles set closes_at = clock_timestamp() + interval '400 milliseconds' where id = ${at.cycleId}`);
    const guest = await aGuest();
    await take(guest, 1);
    let waiting: Promise<unknown> = Promise.resolve();
    await db.transaction(async (tx) => {
      await tx.execute(sql`select from carts for update`);
      waiting = take(guest, 1);
      await new Promise((resolve) => setTimeout(resolve, 600));
    });
    expect(await waiting).toEqual({ kind: "cut-off" });
  });

  it("leaves what is in a cart to be made less or taken out, not more", async () => {
    const guest = await aGuest();
    await take(guest, 3);
    await passCutOff(db, at.cycleId);
    expect(await lineOf(guest)).toMatchObject({ cycle: { isOpen: false } });
    expect(await change(guest, 5)).toEqual({ kind: "capped", quantity: 3 });
    expect(await change(guest, 2)).toEqual({ kind: "changed", quantity: 2 });
    expect(await hold(guest)).toMatchObject({ kind: "refused", lines: [{ name: "Lentils", why: { kind: "cut-off" } }] });
    expect(await change(guest, 0)).toEqual({ kind: "removed" });
    expect(await hold(guest)).toMatchObject({ kind: "held" });
  });

  it("waits for whoever is ordering when somebody closes by hand", async () => {
    const guest = await aGuest();
    const order: string[] = [];
    let closing: Promise<unknown> = Promise.resolve();
    await db.transaction(async (tx) => {
      await cart.addShare(tx, guest, { productSlug: "lentils", quantity: 1, cycleId: at.cycleId });
      closing = db
        .update(orderCycles)
        .set({ closesAt: sql`now()` })
        .then(() => order.push("closed"));
      await new Promise((resolve) => setTimeout(resolve, 60));
      order.push("ordered");
    });
    await closing;
    expect(order).toEqual(["ordered", "closed"]);
  });

  it("of the cycle that closes first is offered, of several that are open; else the one that opens first", async () => {
    const later = await aCycle(db, { name: "Later", closesAt: new Date(Date.now() + 9 * 86_400_000) }, { suppliers: [at.supplierId] });
    expect(await cycles.findOffer(at.lentils)).toMatchObject({ cycleId: at.cycleId, isOpen: true });
    await passCutOff(db, at.cycleId);
    expect(await cycles.findOffer(at.lentils)).toMatchObject({ cycleId: later, name: "Later" });
    await db
      .update(orderCycles)
      .set({ opensAt: new Date(Date.now() + 86_400_000) })
      .where(eq(orderCycles.id, later));
    expect(await cycles.findOffer(at.lentils)).toMatchObject({ cycleId: later, isOpen: false });
    await db.delete(orderCycles);
    expect(await cycles.findOffer(at.lentils)).toBeNull();
  });
});
