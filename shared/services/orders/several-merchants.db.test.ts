import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aCycle } from "../../../tests/builders/cycle.ts";
import { aMerchantOfPage } from "../../../tests/builders/merchants.ts";
import { aGuest, aMerchant, aPerson, passHold } from "../../../tests/builders/payments.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import { brokenRules } from "../../../tests/paying.ts";
import type { CartOwner } from "../../contracts/cart.ts";
import type { Placing } from "../../contracts/orders.ts";
import { orders } from "../../models/cart.ts";
import type { MerchantId, OrderId, ProductId, UserId } from "../../models/ids.ts";
import { merchants } from "../../models/merchants.ts";
import { pickUps } from "../../models/order-cycles.ts";

let cart: TestApp;
let by: UserId;
let bakery: MerchantId;
let loaf: ProductId;
beforeAll(async () => {
  cart = await openTestApp("cart", { env: { DATABASE_POOL: "8" } });
  await aMerchant(cart.db);
  by = await aPerson(cart.db);
  loaf = await aProduct(cart.db, { slug: "loaf", stock: 100, priceMinor: 420 });
  await aProduct(cart.db, { slug: "soap", stock: 100, priceMinor: 300, vatClass: "standard" });
  bakery = (await aMerchantOfPage(cart.db, { slug: "bakery", code: "MBAKERY", name: "The Bakery" }, { products: [loaf] })).merchantId;
});
afterAll(() => cart.close());

async function aFullCart(wish: Record<string, number> = { loaf: 2, soap: 1 }): Promise<CartOwner & { kind: "device" }> {
  const owner = await aGuest(cart.db);
  for (const [productSlug, quantity] of Object.entries(wish))
    await cart.db.transaction((tx) => cart.services.cart.addLine(tx, owner, { productSlug, quantity }));
  return owner;
}

const place = (owner: CartOwner, shownTotalMinor: number, change: Partial<Placing> = {}) => {
  const placing: Placing = { email: "guest@example.org", name: "Grace", shownTotalMinor, sellers: "all", pickUps: [], ...change };
  return cart.app.transaction((tx) => cart.services.orders.placeFromCart(tx, owner, placing));
};

async function twoOrders() {
  const owner = await aFullCart();
  const placed = await place(owner, 1140);
  if (placed.kind !== "placed") throw new Error(`not placed: ${placed.kind}`);
  const [first, second] = placed.orders;
  return { owner, first: first ?? expect.fail(), second: second ?? expect.fail() };
}
const pay = (orderId: OrderId) =>
  cart.app.transaction((tx) => cart.services.payments.payByHand(tx, { orderId, kind: "cash", by, paidAt: new Date() }));
const viewerOf = (owner: CartOwner & { kind: "device" }) => ({ kind: "guest" as const, deviceId: owner.deviceId });

describe("a cart with things of two merchants", { timeout: 60_000 }, () => {
  it("says who is paid how much for what", async () => {
    const { sellers, totalMinor } = await cart.services.cart.getCart(await aFullCart());
    expect(sellers).toMatchObject([
      { code: "MBAKERY", name: "The Bakery", count: 2, totalMinor: 840, isActive: true },
      { code: "MCOOP", count: 1, totalMinor: 300 },
    ]);
    expect(totalMinor).toBe(1140);
  });

  it("ends in two orders of one purchase, each with its own lines; none where one can't be had", async () => {
    const { owner, first, second } = await twoOrders();
    const found = await cart.services.orders.findFor(viewerOf(owner), first.reference);
    expect(found).toMatchObject({ merchantName: "The Bakery", totalMinor: 840, lines: [{ name: "loaf", quantity: 2 }] });
    expect(found?.parts.map(({ reference, status, totalMinor, isHeld }) => [reference, status, totalMinor, isHeld])).toEqual([
      [first.reference, "pending_payment", 840, true],
      [second.reference, "pending_payment", 300, true],
    ]);
    expect((await cart.services.cart.getCart(owner)).count).toBe(0);
    const greedy = await aFullCart({ loaf: 1, soap: 99 });
    await cart.db.execute(sql`update products set stock = 3 where slug = 'soap'`);
    expect(await place(greedy, 420 + 99 * 300)).toMatchObject({ kind: "short" });
    await cart.db.execute(sql`update products set stock = 100 where slug = 'soap'`);
    expect((await cart.services.cart.getCart(greedy)).count).toBe(100);
  });

  it("alone with one of them is one order that stands alone", async () => {
    const owner = await aFullCart({ soap: 1 });
    const placed = await place(owner, 300);
    const found = await cart.services.orders.findFor(viewerOf(owner), placed.kind === "placed" ? placed.reference : "");
    expect(found?.parts).toEqual([]);
  });

  it("keeps what whoever stopped after the first has not paid, until its own time is over", async () => {
    const { owner, first, second } = await twoOrders();
    await pay(first.orderId);
    const found = await cart.services.orders.findFor(viewerOf(owner), second.reference);
    expect(found?.parts.map(({ status, isHeld }) => [status, isHeld])).toEqual([
      ["paid", false],
      ["pending_payment", true],
    ]);
    await passHold(cart.db, second.orderId, 40);
    await cart.app.transaction((tx) => cart.services.payments.expireOrders(tx, 100));
    const states = await cart.db
      .select({ status: orders.status })
      .from(orders)
      .where(inArray(orders.id, [first.orderId, second.orderId]))
      .orderBy(orders.id);
    expect(states).toEqual([{ status: "paid" }, { status: "expired" }]);
    expect(await cart.services.orders.listAgain(second.orderId)).toEqual({
      isWhole: true,
      lines: [{ productSlug: "soap", quantity: 1, cycleId: null }],
    });
  });

  it("gives each merchant receipts without gaps and a ledger of their own", async () => {
    for (let round = 0; round < 3; round += 1) {
      const { first, second } = await twoOrders();
      await Promise.all([pay(first.orderId), pay(second.orderId)]);
    }
    expect(await brokenRules(cart.db)).toEqual([]);
    const { rows } = await cart.db.execute<{ merchantId: string; numbers: number[] }>(sql`
      select merchant_id as "merchantId", json_agg(number order by number) as numbers from receipts group by merchant_id`);
    for (const { numbers } of rows) expect(numbers).toEqual(numbers.map((_, at) => at + 1));
    expect(rows).toHaveLength(2);
    const balances = await cart.services.payments.listBalances();
    const paid = await cart.db.execute<{ code: string; minor: number }>(sql`
      select code, sum(total_minor)::int as minor from orders join merchants on merchants.id = merchant_id where status = 'paid' group by code`);
    for (const { code, minor } of paid.rows)
      expect(balances).toContainEqual({ account: `cash:${code}`, currency: "GBP", amountMinor: minor });
  });

  it("has no tax in what somebody sells who is not registered, and receipts that stay as they were when the merchant changes", async () => {
    const before = { name: "The Bakery", address: "1 Mill Lane", vatId: "", chargesVat: false };
    await cart.db.update(merchants).set(before).where(eq(merchants.id, bakery));
    await cart.db.execute(sql`update products set vat_class = 'standard' where slug = 'loaf'`);
    const { owner, first, second } = await twoOrders();
    await pay(first.orderId);
    await cart.db.update(merchants).set({ name: "Another name", address: "Elsewhere", chargesVat: true }).where(eq(merchants.id, bakery));
    const find = ({ reference }: { reference: string }) => cart.services.orders.findFor(viewerOf(owner), reference);
    const [paid, waiting] = await Promise.all([find(first), find(second)]);
    expect(paid).toMatchObject({ merchantName: "The Bakery", merchantAddress: "1 Mill Lane" });
    const rates = [paid, waiting].map((order) => order?.vat.map((one) => [one.vatBasisPoints, one.vatMinor]));
    expect(rates).toEqual([[[0, 0]], [[2000, 50]]]);
    await cart.db.update(merchants).set({ name: "The Bakery" }).where(eq(merchants.id, bakery));
    await cart.db.execute(sql`update products set vat_class = 'zero' where slug = 'loaf'`);
  });

  it("of which one can't be paid here makes orders of the others alone, and leaves its lines in the cart", async () => {
    const owner = await aFullCart();
    expect(await place(owner, 840, { sellers: [bakery] })).toMatchObject({ kind: "placed", orders: [{}] });
    const left = await cart.services.cart.getCart(owner);
    expect(left.lines.map(({ product }) => product.name)).toEqual(["soap"]);
    expect(await place(owner, 0, { sellers: [bakery] })).toMatchObject({ kind: "empty" });
  });

  it("of which one sells nothing any more sells nothing of theirs", async () => {
    const owner = await aFullCart();
    await cart.db.update(merchants).set({ isActive: false }).where(eq(merchants.id, bakery));
    expect((await place(owner, 1140)).kind).toBe("not-sold");
    await cart.db.update(merchants).set({ isActive: true }).where(eq(merchants.id, bakery));
  });

  it("counts as one purchase among those that may wait, and in two tabs is ordered once", async () => {
    const owner = await aFullCart();
    const results = await Promise.all([place(owner, 1140), place(owner, 1140)]);
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(["empty", "placed"]);
    for (let purchase = 2; purchase <= 5; purchase += 1) {
      for (const productSlug of ["loaf", "soap"])
        await cart.db.transaction((tx) => cart.services.cart.addLine(tx, owner, { productSlug, quantity: 1 }));
      expect((await place(owner, 720)).kind).toBe("placed");
    }
    await cart.db.transaction((tx) => cart.services.cart.addLine(tx, owner, { productSlug: "soap", quantity: 1 }));
    expect((await place(owner, 300)).kind).toBe("too-many");
  });

  it("is fetched at one pick-up, of which it takes one place", async () => {
    const butter = await aProduct(cart.db, { slug: "butter", stock: 0, priceMinor: 200 });
    const cycleId = await aCycle(cart.db, {}, { products: [butter, loaf] });
    const soon = new Date(Date.now() + 3 * 86_400_000);
    const [pickUp] = await cart.db
      .insert(pickUps)
      .values({ cycleId, place: "Old Dairy", startsAt: soon, endsAt: new Date(soon.getTime() + 3_600_000), capacity: 1 })
      .returning({ id: pickUps.id });
    const pickUpId = pickUp?.id ?? expect.fail();
    const order = async () => {
      const owner = await aGuest(cart.db);
      for (const productSlug of ["butter", "loaf"])
        await cart.db.transaction((tx) => cart.services.cart.addShare(tx, owner, { productSlug, quantity: 1, cycleId }));
      return place(owner, 620, { pickUps: [{ cycleId, pickUpId, shownFeeMinor: 0, address: null }] });
    };
    const placed = await order();
    const { rows } = await cart.db.execute(sql`select order_id from order_pick_ups where pick_up_id = ${pickUpId}`);
    expect([placed.kind, rows.length]).toEqual(["placed", 2]);
    await expect(order()).rejects.toMatchObject({ code: "pick-up-gone" });
  });
});
