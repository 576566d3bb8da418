import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aMerchantOfPage } from "../../../tests/builders/merchants.ts";
import { aGuest, aMerchant, aPerson } from "../../../tests/builders/payments.ts";
import { giveRole } from "../../../tests/builders/roles.ts";
import { aProduct, aShelf } from "../../../tests/builders/shop.ts";
import { brokenRules } from "../../../tests/paying.ts";
import type { CartOwner } from "../../contracts/cart.ts";
import { orderLines, orders } from "../../models/cart.ts";
import { discounts, orderDiscounts } from "../../models/discounts.ts";
import type { CategoryId, DiscountId, MerchantId, OrderId, ProductId, UserId } from "../../models/ids.ts";
import { merchants } from "../../models/merchants.ts";

let cart: TestApp;
let coop: MerchantId;
let staff: UserId;
let shelf: CategoryId;
let oats: ProductId;
beforeAll(async () => {
  cart = await openTestApp("cart", { env: { DATABASE_POOL: "10" } });
  await aMerchant(cart.db);
  const [row] = await cart.db.select({ id: merchants.id }).from(merchants);
  coop = row?.id ?? expect.fail();
  staff = await aPerson(cart.db, "Efua");
  await giveRole(cart.db, staff, "steward", "cart");
  shelf = await aShelf(cart.db, { slug: "grain" });
  oats = await aProduct(cart.db, { slug: "oats", stock: 1000, priceMinor: 333, membersPriceMinor: 300 }, [shelf]);
  await aProduct(cart.db, { slug: "soap", stock: 1000, priceMinor: 1200, vatClass: "standard" });
});
afterAll(async () => {
  expect(await brokenRules(cart.db)).toEqual([]);
  await cart.close();
});
beforeEach(() => cart.db.update(discounts).set({ isActive: false }));

async function aDiscount(discount: Partial<typeof discounts.$inferInsert> = {}): Promise<DiscountId> {
  const figure = discount.amountMinor === undefined ? { basisPoints: 1000 } : {};
  const [made] = await cart.db
    .insert(discounts)
    .values({ name: "Flour weeks", merchantId: coop, ...figure, ...discount })
    .returning({ id: discounts.id });
  return made?.id ?? expect.fail();
}
async function fill<O extends CartOwner>(owner: O, wish: Record<string, number> = { oats: 2, soap: 1 }): Promise<O> {
  for (const [productSlug, quantity] of Object.entries(wish))
    await cart.db.transaction((tx) => cart.services.cart.addLine(tx, owner, { productSlug, quantity }));
  return owner;
}
const aMemberCart = async (wish?: Record<string, number>) => fill({ kind: "member" as const, userId: await aPerson(cart.db) }, wish);
const aGuestCart = async (wish?: Record<string, number>) => fill(await aGuest(cart.db), wish);
const offOf = async (owner: CartOwner) =>
  (await cart.services.cart.getCart(owner)).discounts.map(({ name, amountMinor }) => [name, amountMinor]);
const place = (owner: CartOwner, shownTotalMinor: number) =>
  cart.app.transaction((tx) =>
    cart.services.orders.placeFromCart(tx, owner, { email: "g@example.org", name: "Grace", shownTotalMinor, sellers: "all", pickUps: [] }),
  );
const pay = (orderId: OrderId) =>
  cart.app.transaction((tx) => cart.services.payments.payByHand(tx, { orderId, kind: "cash", by: staff, paidAt: new Date() }));
async function anOrder(owner: CartOwner): Promise<OrderId> {
  const placed = await place(owner, (await cart.services.cart.getCart(owner)).totalMinor);
  return placed.kind === "placed" ? placed.orderId : expect.fail(placed.kind);
}
const state = (relation: string, values: (string | number)[], by = "user:999") =>
  cart.db.execute(
    sql`insert into relation_facts (relation, arguments, asserted_by, reason) values (${relation}, ${JSON.stringify(values)}::jsonb, ${by}, 'said so')`,
  );

describe("a discount", { timeout: 60_000 }, () => {
  it("is taken off what it covers, for guests too, and counts in every total", async () => {
    await aDiscount({ name: "Grain", scope: "category", categoryId: shelf });
    const guest = await aGuestCart();
    const view = await cart.services.cart.getCart(guest);
    expect([await offOf(guest), view.totalMinor]).toEqual([[["Grain", 67]], 666 - 67 + 1200]);
    expect(view.sellers).toMatchObject([{ totalMinor: 1799 }]);
    expect(await cart.services.cart.getSummary(guest)).toMatchObject({ totalMinor: 1799 });
  });

  it("of one product, of everything, by amount: whichever takes off most, or all that go together", async () => {
    await aDiscount({ name: "Oats", scope: "product", productId: oats, isCombinable: true });
    await aDiscount({ name: "Two pounds", amountMinor: 200, isCombinable: true });
    const guest = await aGuestCart();
    expect(await offOf(guest)).toEqual([
      ["Oats", 67],
      ["Two pounds", 200],
    ]);
    await aDiscount({ name: "A fifth", basisPoints: 2000 });
    expect(await offOf(guest)).toEqual([["A fifth", 373]]);
  });

  it("runs from its beginning until its end, and only while it is switched on", async () => {
    await aDiscount({ startsAt: new Date(Date.now() + 3_600_000) });
    await aDiscount({ startsAt: new Date(Date.now() - 7_200_000), endsAt: new Date(Date.now() - 3_600_000) });
    await aDiscount({ isActive: false });
    expect(await offOf(await aGuestCart())).toEqual([]);
  });

  it("of one merchant is not taken off what another sells", async () => {
    const jam = await aProduct(cart.db, { slug: "jam", stock: 10, priceMinor: 400 });
    const { merchantId } = await aMerchantOfPage(cart.db, { slug: "jams", code: "MJAM" }, { products: [jam] });
    await aDiscount({ name: "Jam day", merchantId, amountMinor: 1000 });
    const guest = await aGuestCart({ jam: 1, soap: 1 });
    expect(await offOf(guest)).toEqual([["Jam day", 400]]);
    expect((await cart.services.cart.getCart(guest)).sellers.map(({ code, totalMinor }) => [code, totalMinor])).toEqual([
      ["MJAM", 0],
      ["MCOOP", 1200],
    ]);
  });
});

describe("a code", { timeout: 60_000 }, () => {
  const type = (owner: CartOwner, code: string | null) => cart.app.transaction((tx) => cart.services.cart.setCode(tx, owner, code));

  it("brings its discount however it was typed, until it is taken out; one that opens nothing is not kept", async () => {
    await aDiscount({ name: "Fair", code: "FAIR-26" });
    const guest = await aGuestCart();
    expect(await offOf(guest)).toEqual([]);
    expect([await type(guest, "fair"), await type(guest, " fair-26 ")]).toEqual([false, true]);
    expect([await offOf(guest), (await cart.services.cart.getCart(guest)).code]).toEqual([[["Fair", 187]], "FAIR-26"]);
    expect(await type(await aGuest(cart.db), "FAIR-26")).toBe(true);
    await type(guest, null);
    expect(await offOf(guest)).toEqual([]);
    await cart.db.update(discounts).set({ isActive: false });
    expect(await type(guest, "FAIR-26")).toBe(false);
  });

  it("goes with its guest when they sign in", async () => {
    await aDiscount({ name: "Fair", code: "FAIR-27" });
    const guest = await aGuestCart({ soap: 1 });
    await type(guest, "fair-27");
    const userId = await aPerson(cart.db);
    await cart.app.transaction((tx) => cart.services.cart.adoptGuestCart(tx, guest.deviceId, userId));
    expect(await offOf({ kind: "member", userId })).toEqual([["Fair", 120]]);
  });

  it("that so many may use is used so often, by twenty at once", async () => {
    const id = await aDiscount({ code: "FIRST-3", maxUses: 3, amountMinor: 100 });
    const carts = await Promise.all(Array.from({ length: 20 }, () => aGuestCart({ soap: 1 })));
    for (const owner of carts) await type(owner, "FIRST-3");
    const results = await Promise.all(carts.map((owner) => place(owner, 1100)));
    expect(results.filter(({ kind }) => kind === "placed")).toHaveLength(3);
    expect(results.filter(({ kind }) => kind === "price-changed")).toHaveLength(17);
    expect(await cart.services.discounts.get(id)).toMatchObject({ uses: 3, state: "used-up" });
    const [had] = await cart.db.select().from(orderDiscounts).where(eq(orderDiscounts.discountId, id));
    await cart.app.transaction((tx) => cart.services.orders.cancel(tx, had?.orderId ?? expect.fail(), { kind: "buyer" }));
    expect(await cart.services.discounts.get(id)).toMatchObject({ uses: 2, state: "running" }); // who called it off did not use it
  });
});

describe("a discount for members of a group", { timeout: 60_000 }, () => {
  it("goes with the membership; what staff granted one person stays, and the price for members has nothing to do with either", async () => {
    const id = await aDiscount({ name: "Bakers", audience: "group", groupName: "bakers" });
    const owner = await aMemberCart();
    expect(await offOf(owner)).toEqual([]);
    await state("shared.member", [`user:${owner.userId}`, "bakers"]);
    expect(await offOf(owner)).toEqual([["Bakers", 180]]);
    await state("cart.entitled", [`user:${owner.userId}`, `discount:${id}`]);
    await cart.db.execute(sql`delete from relation_facts where relation = 'shared.member'`);
    expect(await offOf(owner)).toEqual([["Bakers", 180]]);
    await cart.db.execute(sql`delete from relation_facts where relation = 'cart.entitled'`);
    expect(await offOf(owner)).toEqual([]);
    const { lines } = await cart.services.cart.getCart(owner);
    expect(lines[0]).toMatchObject({ isMembersPrice: true, unitPriceMinor: 300, listPriceMinor: 333 });
    expect(await offOf(await aGuestCart())).toEqual([]);
  });

  it("granted to one person is nobody else's, and nobody else hears of it", async () => {
    const id = await aDiscount({ name: "Sorry, Ada", audience: "person", amountMinor: 500 });
    const [ada, bilal] = [await aMemberCart(), await aMemberCart()];
    const grant = {
      relation: "cart.entitled",
      values: [`user:${ada.userId}`, `discount:${id}`],
      reason: "A crushed crate",
      expiresAt: null,
    };
    expect(await cart.app.transaction((tx) => cart.services.relations.assertFact(tx, staff, grant))).toEqual({ kind: "asserted" });
    expect([await offOf(ada), await offOf(bilal)]).toEqual([[["Sorry, Ada", 500]], []]);
    expect(await cart.services.discounts.answersFor(bilal)).toEqual([]);
    expect(await cart.services.discounts.listGrants(id)).toMatchObject([{ userId: ada.userId, reason: "A crushed crate", byName: "Efua" }]);
    const own = { ...grant, values: [`user:${staff}`, `discount:${id}`] };
    expect(await cart.app.transaction((tx) => cart.services.relations.assertFact(tx, staff, own))).toEqual({ kind: "about-oneself" });
  });

  it("says why it is given or not", async () => {
    await aDiscount({ name: "Bakers", audience: "group", groupName: "bakers" });
    await aDiscount({ name: "Small", basisPoints: 100 });
    await aDiscount({ name: "Oats", basisPoints: 5000, scope: "product", productId: oats });
    await aDiscount({ name: "Secret", code: "SECRET" });
    const owner = await aMemberCart({ soap: 1 });
    const answers = (await cart.services.discounts.answersFor(owner)).map(({ name, kind }) => [name, kind]);
    expect(answers).toEqual([
      ["Bakers", "not-for-you"],
      ["Small", "given"],
      ["Oats", "nothing-covered"],
    ]);
    await state("shared.member", [`user:${owner.userId}`, "bakers"]);
    expect((await cart.services.discounts.answersFor(owner)).map(({ name, kind }) => [name, kind])).toContainEqual(["Small", "another"]);
  });
});

describe("an order with discounts", { timeout: 60_000 }, () => {
  it("keeps them with their names, dealt out to its lines; the ledger has what was not paid, and tax of what was", async () => {
    await aDiscount({ name: "A tenth", basisPoints: 1000 });
    const owner = await aGuestCart();
    const orderId = await anOrder(owner);
    await cart.db.update(discounts).set({ name: "Renamed" });
    const [order] = await cart.db.select().from(orders).where(eq(orders.id, orderId));
    expect(order?.totalMinor).toBe(1866 - 187);
    const lines = await cart.db.select().from(orderLines).where(eq(orderLines.orderId, orderId)).orderBy(orderLines.position);
    expect(lines.map(({ discountMinor }) => discountMinor)).toEqual([67, 120]);
    await pay(orderId);
    const shown = await cart.services.orders.find(order?.reference ?? "");
    expect([shown?.discounts, shown?.vat.map(({ grossMinor, vatMinor }) => [grossMinor, vatMinor])]).toEqual([
      [{ name: "A tenth", amountMinor: 187 }],
      [
        [599, 0],
        [1080, 180],
      ],
    ]);
    const { rows } = await cart.db.execute(sql`
      select account, amount_minor::int as minor from postings join ledger_entries on ledger_entries.id = entry_id
      where order_id = ${orderId} order by account`);
    expect(rows).toEqual([
      { account: "cash:MCOOP", minor: 1679 },
      { account: "discounts:standard", minor: 100 },
      { account: "discounts:zero", minor: 67 },
      { account: "sales:standard", minor: -1000 },
      { account: "sales:zero", minor: -666 },
      { account: "vat:standard", minor: -180 },
    ]);
    const ask = {
      orderId,
      amountMinor: 1679,
      reason: "asked",
      note: "",
      by: staff,
      requestKey: `all-${orderId}`,
      way: "as-it-came",
    } as const;
    await cart.app.transaction((tx) => cart.services.payments.requestRefund(tx, ask));
    expect(await brokenRules(cart.db)).toEqual([]);
  });

  it("that costs nothing is paid as it is placed, with a receipt, and its stock is taken", async () => {
    await aDiscount({ name: "All of it", basisPoints: 10_000 });
    const owner = await aGuestCart({ soap: 2 });
    const orderId = await anOrder(owner);
    const { rows } = await cart.db.execute(sql`
      select status, total_minor as total, (select number > 0 from receipts where order_id = orders.id) as "hasReceipt",
        (select state from stock_reservations where order_id = orders.id) as stock from orders where id = ${orderId}`);
    expect(rows).toEqual([{ status: "paid", total: 0, hasReceipt: true, stock: "taken" }]);
  });

  it("whose discount ended since the page was shown is not placed at the old price", async () => {
    await aDiscount({ basisPoints: 5000 });
    const owner = await aGuestCart({ soap: 1 });
    await cart.db.update(discounts).set({ isActive: false });
    expect(await place(owner, 600)).toEqual({ kind: "price-changed", totalMinor: 1200 });
  });

  it("gives back for what does not come what was paid for it", async () => {
    await aDiscount({ basisPoints: 2500 });
    const orderId = await anOrder(await aGuestCart({ soap: 4 }));
    const [line] = await cart.db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
    await cart.db.execute(sql`insert into shortfalls (order_line_id, reason, quantity) values (${line?.id}, 'not-delivered', 1)`);
    expect(await cart.services.cycles.listShortfalls(orderId)).toMatchObject([{ quantity: 1, amountMinor: 900 }]);
  });
});
