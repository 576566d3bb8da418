import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aCycle, passCutOff } from "../../../tests/builders/cycle.ts";
import { aGuest, aMerchant, aPerson, aPlacedOrder, passHold } from "../../../tests/builders/payments.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import type { CartOwner } from "../../contracts/cart.ts";
import type { Placing } from "../../contracts/orders.ts";
import { orderLines, orders } from "../../models/cart.ts";
import { products } from "../../models/market.ts";
import { merchants } from "../../models/merchants.ts";

let cart: TestApp;
let names = 0;
beforeAll(async () => {
  cart = await openTestApp("cart", { env: { DATABASE_POOL: "12" } });
  await aMerchant(cart.db);
});
afterAll(() => cart.close());

async function aThing(stock: number, priceMinor = 500): Promise<string> {
  names += 1;
  const slug = `thing-${names}`;
  await aProduct(cart.db, { slug, stock, priceMinor });
  return slug;
}

async function aFullCart(wish: Record<string, number>): Promise<CartOwner> {
  const owner = await aGuest(cart.db);
  for (const [productSlug, quantity] of Object.entries(wish)) {
    await cart.db.transaction((tx) => cart.services.cart.addLine(tx, owner, { productSlug, quantity }));
  }
  return owner;
}

const place = (owner: CartOwner, shownTotalMinor: number, change: Partial<Placing> = {}) =>
  cart.app.transaction((tx) =>
    cart.services.orders.placeFromCart(tx, owner, {
      email: "guest@example.org",
      name: "Grace",
      shownTotalMinor,
      sellers: "all",
      pickUps: [],
      ...change,
    }),
  );

describe("placing an order", { timeout: 60_000 }, () => {
  it("is not possible while five others wait for their money", async () => {
    const slug = await aThing(50);
    const { owner } = await aPlacedOrder(cart, { [slug]: 1 });
    for (let order = 2; order <= 5; order += 1) await aPlacedOrder(cart, { [slug]: 1 }, owner);
    await cart.db.transaction((tx) => cart.services.cart.addLine(tx, owner, { productSlug: slug, quantity: 1 }));
    expect(await place(owner, 500)).toMatchObject({ kind: "too-many" });
    expect((await cart.services.cart.getCart(owner)).count).toBe(1);
  });

  it("of something that is not for sale any more is refused", async () => {
    const slug = await aThing(5, 420);
    const owner = await aFullCart({ [slug]: 2 });
    await cart.db.update(products).set({ isOnSale: false }).where(eq(products.slug, slug));
    expect(await place(owner, 840)).toMatchObject({ kind: "short", lines: [{ left: 0 }] });
  });

  it("takes the cart's lines as they are now, with their tax, and leaves the cart empty", async () => {
    const slug = await aThing(5, 420);
    const owner = await aFullCart({ [slug]: 2 });
    const placed = await place(owner, 840);
    expect(placed).toMatchObject({ kind: "placed", reference: expect.stringMatching(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/) });
    const viewer = { kind: "guest" as const, deviceId: owner.kind === "device" ? owner.deviceId : expect.fail() };
    const found = await cart.services.orders.findFor(viewer, placed.kind === "placed" ? placed.reference : "");
    expect(found).toMatchObject({
      status: "pending_payment",
      isHeld: true,
      totalMinor: 840,
      lines: [{ quantity: 2, totalMinor: 840, vatClass: "zero" }],
    });
    expect((await cart.services.cart.getCart(owner)).count).toBe(0);
    const stranger = await aGuest(cart.db);
    expect(await cart.services.orders.findFor({ kind: "guest", deviceId: stranger.deviceId }, found?.reference ?? "")).toBeNull();
    expect(await cart.services.orders.findFor({ kind: "guest", deviceId: null }, found?.reference ?? "")).toBeNull();
  });

  it("in two tabs makes one order, and tells the second of it", async () => {
    const owner = await aFullCart({ [await aThing(5)]: 1 });
    const results = await Promise.all([place(owner, 500), place(owner, 500), place(owner, 500)]);
    const placed = results.find((result) => result.kind === "placed");
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(["empty", "empty", "placed"]);
    const empty = results.find((result) => result.kind === "empty");
    expect(empty).toEqual({ kind: "empty", latest: placed?.kind === "placed" ? placed.reference : "" });
  });

  it("whose price changed since the page was shown places nothing, and says the new one", async () => {
    const slug = await aThing(5, 420);
    const owner = await aFullCart({ [slug]: 2 });
    await cart.db.update(products).set({ priceMinor: 450 }).where(eq(products.slug, slug));
    expect(await place(owner, 840)).toEqual({ kind: "price-changed", totalMinor: 900 });
    expect(await place(owner, -1)).toEqual({ kind: "price-changed", totalMinor: 900 });
    expect((await cart.services.cart.getCart(owner)).count).toBe(2);
    expect((await place(owner, 900)).kind).toBe("placed");
  });

  it("of which a thing is short keeps nothing of the others", async () => {
    const [there, gone] = [await aThing(5), await aThing(5)];
    const owner = await aFullCart({ [there]: 1, [gone]: 3 });
    await cart.db.update(products).set({ stock: 2 }).where(eq(products.slug, gone));
    expect(await place(owner, 2000)).toMatchObject({ kind: "short", lines: [{ left: 2 }] });
    const { rows } = await cart.db.execute(
      sql`select from stock_reservations join products on products.id = product_id where products.slug = ${there}`,
    );
    expect(rows).toEqual([]);
  });

  it("of the last one by two hundred buyers: one has it", async () => {
    const slug = await aThing(1);
    const results: string[] = [];
    const buyers = Array.from({ length: 200 }, () => slug);
    const shopWhileThereAre = async () => {
      for (let next = buyers.pop(); next !== undefined; next = buyers.pop())
        results.push((await place(await aFullCart({ [next]: 1 }), 500)).kind);
    };
    await Promise.all(Array.from({ length: 24 }, shopWhileThereAre)); // twice as many at a time as there are connections
    expect(results.filter((kind) => kind === "placed")).toHaveLength(1);
    expect(results.filter((kind) => kind === "short")).toHaveLength(199);
  });

  it("counts holds only while they live, with nothing running", async () => {
    const slug = await aThing(1);
    const first = await aPlacedOrder(cart, { [slug]: 1 });
    const owner = await aFullCart({ [slug]: 1 });
    expect((await place(owner, 500)).kind).toBe("short");
    await passHold(cart.db, first.orderId);
    expect((await place(owner, 500)).kind).toBe("placed");
  });

  it("at a pick-up without room places nothing at all", async () => {
    const owner = await aFullCart({ [await aThing(5)]: 1 });
    const nowhere = { cycleId: 4711, pickUpId: 4711, shownFeeMinor: 0, address: null } as unknown as Placing["pickUps"][number]; // nobody has made either
    await expect(place(owner, 500, { pickUps: [nowhere] })).rejects.toMatchObject({ code: "pick-up-gone" });
    expect((await cart.services.cart.getCart(owner)).count).toBe(1);
  });

  it("after the cut-off of what comes by order is refused, line by line", async () => {
    const slug = await aThing(0);
    const [product] = await cart.db.select().from(products).where(eq(products.slug, slug));
    const productId = product?.id ?? expect.fail();
    const cycleId = await aCycle(cart.db, {}, { products: [productId] });
    const owner = await aGuest(cart.db);
    await cart.db.transaction((tx) => cart.services.cart.addShare(tx, owner, { productSlug: slug, quantity: 1, cycleId }));
    await passCutOff(cart.db, cycleId);
    expect(await place(owner, 500)).toMatchObject({ kind: "refused", lines: [{ why: { kind: "cut-off" } }] });
  });

  it("keeps the lot of a line that comes by order", async () => {
    const slug = await aThing(0);
    const [product] = await cart.db.select().from(products).where(eq(products.slug, slug));
    const cycleId = await aCycle(cart.db, {}, { products: [product?.id ?? expect.fail()] });
    const owner = await aGuest(cart.db);
    await cart.db.transaction((tx) => cart.services.cart.addShare(tx, owner, { productSlug: slug, quantity: 2, cycleId }));
    const placed = await place(owner, 1000);
    const lines = await cart.db
      .select()
      .from(orderLines)
      .where(eq(orderLines.orderId, placed.kind === "placed" ? placed.orderId : expect.fail()));
    expect(lines).toMatchObject([{ quantity: 2, lotId: expect.any(Number) }]);
  });

  it("without a merchant, or in another currency than theirs, is not possible", async () => {
    const owner = await aFullCart({ [await aThing(5)]: 1 });
    await cart.db.update(merchants).set({ currency: "EUR" });
    expect(await place(owner, 500)).toEqual({ kind: "not-sold" });
    await cart.db.update(merchants).set({ isActive: false, currency: "GBP" });
    expect(await place(owner, 500)).toEqual({ kind: "not-sold" });
    await cart.db.update(merchants).set({ isActive: true });
  });
});

describe("moving an order", { timeout: 60_000 }, () => {
  it("goes only the ways that there are, each once, with an activity", async () => {
    const by = await aPerson(cart.db);
    const { orderId } = await aPlacedOrder(cart, { [await aThing(5)]: 1 });
    const move = (to: "ready" | "paid" | "preparing") => cart.app.transaction((tx) => cart.services.orders.move(tx, orderId, to, by));
    await expect(move("ready")).rejects.toMatchObject({ code: "order-moved" });
    await expect(move("paid")).rejects.toMatchObject({ code: "order-moved" }); // money alone does that
    await cart.app.transaction((tx) => cart.services.payments.payByHand(tx, { orderId, kind: "cash", by, paidAt: new Date() }));
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => move("preparing")));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await move("ready");
    const [order] = await cart.db.select().from(orders).where(eq(orders.id, orderId));
    expect(order?.status).toBe("ready");
  });

  it("called off lets its goods go at once", async () => {
    const slug = await aThing(1);
    const { orderId } = await aPlacedOrder(cart, { [slug]: 1 });
    await cart.app.transaction((tx) => cart.services.orders.cancel(tx, orderId, { kind: "buyer" }));
    expect((await place(await aFullCart({ [slug]: 1 }), 500)).kind).toBe("placed");
    await expect(cart.app.transaction((tx) => cart.services.orders.cancel(tx, orderId, { kind: "buyer" }))).rejects.toMatchObject({
      code: "order-moved",
    });
  });
});

describe("receipts", { timeout: 60_000 }, () => {
  it("are numbered without gaps, also when many are paid at once and some transactions fail", async () => {
    const by = await aPerson(cart.db);
    const slug = await aThing(1000);
    const placed = [];
    for (let index = 0; index < 24; index += 1) placed.push(await aPlacedOrder(cart, { [slug]: 1 }));
    await Promise.allSettled(
      placed.map(({ orderId }, index) =>
        cart.app.transaction(async (tx) => {
          await cart.services.payments.payByHand(tx, { orderId, kind: "bank", by, paidAt: new Date() });
          if (index % 4 === 0) throw new Error("the process was killed before the commit");
        }),
      ),
    );
    const { rows } = await cart.db.execute(sql`select max(number) = count(*) as whole, count(*)::int as count from receipts`);
    expect(rows).toMatchObject([{ whole: true }]);
    expect(Number(rows[0]?.["count"])).toBeGreaterThanOrEqual(18);
  });
});
