import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aGuest, aMerchant, aPerson, passHold } from "../../../tests/builders/payments.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import { brokenRules } from "../../../tests/paying.ts";
import type { CartOwner, CartService } from "../../contracts/cart.ts";
import type { LineKind, LineOffer } from "../../contracts/line-kinds.ts";
import type { OrdersService } from "../../contracts/orders.ts";
import type { PaymentsService } from "../../contracts/payments.ts";
import { cartLines, orders } from "../../models/cart.ts";
import type { OrderId, UserId } from "../../models/ids.ts";
import { makeOrdersService } from "../orders/index.ts";
import { makePaymentsService } from "../payments/index.ts";
import { makeCartService } from "./index.ts";
import { takenOfRef } from "./taken.ts";

/** Seats at something, of which there are so many: as a seller of tickets would have them. */
const seats = { capacity: 10, priceMinor: 1500, trouble: "" };
const offer = (most: number | null): LineOffer => ({
  ...{ title: "Bread course", detail: "Saturday, 10:00", url: "https://events.example/entries/bread", currency: "GBP" },
  ...{ unitPriceMinor: seats.priceMinor, vatClass: "standard", calendarId: null, most, trouble: seats.trouble },
});

const SEAT: LineKind = {
  kind: "seat",
  holdMinutes: 15,
  async read(_owner, refs) {
    return new Map(refs.filter((ref) => ref !== "gone").map((ref) => [ref, offer(seats.capacity)]));
  },
  async hold(tx, { ref, quantity, lineId }) {
    if (ref === "gone") return null;
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${ref}))`);
    const taken = takenOfRef(sql`'seat'`, sql`${ref}`, { exceptLine: sql`${lineId ?? 0}` });
    const { rows } = await tx.execute<{ taken: number }>(sql`select ${taken} as taken`);
    const left = seats.capacity - (rows[0]?.taken ?? 0);
    return { quantity: Math.max(0, Math.min(quantity, left)), offer: offer(left) };
  },
  async areFree(tx, orderId) {
    const taken = takenOfRef(sql`line.kind`, sql`line.ref`, { exceptOrder: sql`${orderId}` });
    const { rows } = await tx.execute<{ isFree: boolean }>(sql`
      select coalesce(bool_and(${taken} + line.quantity <= ${seats.capacity}), true) as "isFree"
      from order_lines as line where line.order_id = ${orderId} and line.kind = 'seat'`);
    return rows[0]?.isFree ?? true;
  },
};

let app: TestApp;
let cart: CartService;
let placing: OrdersService;
let payments: PaymentsService;
let by: UserId;
let entries = 0;
let ref = "";
beforeAll(async () => {
  app = await openTestApp("cart", { env: { DATABASE_POOL: "10" } });
  const { publicUrl, clock, site } = app.app.runtime;
  const deps = { db: app.app.runtime.db, publicUrl, clock, timeZone: site.timeZone, locale: site.locale };
  const { relations, cycles } = app.services;
  cart = makeCartService(deps, { relations, kinds: [SEAT] });
  placing = makeOrdersService(deps, { cycles, relations, kinds: [SEAT] });
  payments = makePaymentsService(deps, { kinds: [SEAT] });
  await aMerchant(app.db);
  by = await aPerson(app.db);
  await aProduct(app.db, { slug: "loaf", stock: 100, priceMinor: 420 });
});
afterAll(() => app.close());
beforeEach(() => {
  entries += 1;
  ref = `entry-${entries}`;
  Object.assign(seats, { capacity: 10, priceMinor: 1500, trouble: "" });
});

const put = (owner: CartOwner, quantity: number, metadata = { guest: "Ada" }) =>
  app.app.transaction((tx) => cart.putLine(tx, owner, { kind: "seat", ref, quantity, metadata }));
const place = (owner: CartOwner, shownTotalMinor: number) =>
  app.app.transaction((tx) =>
    placing.placeFromCart(tx, owner, { email: "g@example.org", name: "Grace", shownTotalMinor, sellers: "all", pickUps: [] }),
  );
const pay = (orderId: OrderId) => app.app.transaction((tx) => payments.payByHand(tx, { orderId, kind: "cash", by, paidAt: new Date() }));
async function placedSeats(quantity: number): Promise<OrderId> {
  const owner = await aGuest(app.db);
  await put(owner, quantity);
  const placed = await place(owner, quantity * seats.priceMinor);
  return placed.kind === "placed" ? placed.orderId : expect.fail(placed.kind);
}
const expireNow = async (orderId: OrderId) => {
  await passHold(app.db, orderId, 40);
  await app.app.transaction((tx) => payments.expireOrders(tx, 100));
};

describe("a thing that another service sells", { timeout: 60_000 }, () => {
  it("stands in the cart beside products, held for as long as its seller says, with what they say of it now", async () => {
    const owner = await aGuest(app.db);
    await app.db.transaction((tx) => cart.addLine(tx, owner, { productSlug: "loaf", quantity: 1 }));
    expect(await put(owner, 2)).toEqual({ kind: "added", quantity: 2 });
    const view = await cart.getCart(owner);
    expect([view.count, view.totalMinor, view.sellers.length]).toEqual([3, 3420, 1]);
    expect(view.others).toMatchObject([{ title: "Bread course", detail: "Saturday, 10:00", quantity: 2, totalMinor: 3000, trouble: "" }]);
    const minutes = ((view.others[0]?.heldUntil?.getTime() ?? 0) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(13);
    expect(minutes).toBeLessThan(16);
    expect(await cart.getSummary(owner)).toMatchObject({ count: 3, totalMinor: 3420 });
  });

  it("is added up, capped to what is left, refused when nothing is, and gone when it is not there", async () => {
    const owner = await aGuest(app.db);
    await put(owner, 4);
    expect(await put(owner, 9)).toEqual({ kind: "capped", quantity: 10 });
    expect(await put(await aGuest(app.db), 1)).toEqual({ kind: "refused", trouble: "Nothing of it is left." });
    seats.trouble = "It is for members.";
    expect(await put(await aGuest(app.db), 1)).toEqual({ kind: "refused", trouble: "It is for members." });
    ref = "gone";
    expect(await put(owner, 1)).toEqual({ kind: "gone" });
    await expect(put(owner, 0)).rejects.toThrow(RangeError);
    await expect(put(owner, 1.5)).rejects.toThrow(RangeError);
  });

  it("changes its quantity, and shows another price until it is seen; nobody else's line does", async () => {
    const owner = await aGuest(app.db);
    await put(owner, 2);
    const lineOf = async () => (await cart.getCart(owner)).others[0] ?? expect.fail();
    const { id } = await lineOf();
    const set = (who: CartOwner, quantity: number) => app.app.transaction((tx) => cart.setQuantity(tx, who, { lineId: id, quantity }));
    expect(await set(owner, 3)).toEqual({ kind: "changed", quantity: 3 });
    expect(await set(owner, 50)).toEqual({ kind: "capped", quantity: 10 });
    await expect(set(await aGuest(app.db), 1)).rejects.toMatchObject({ code: "line-gone" });
    seats.priceMinor = 1600;
    expect(await lineOf()).toMatchObject({ unitPriceMinor: 1600, seenPriceMinor: 1500 });
    const accept = (priceMinor: number) => app.app.transaction((tx) => cart.acceptPrice(tx, owner, { lineId: id, priceMinor }));
    await accept(1700);
    expect((await lineOf()).seenPriceMinor).toBe(1500);
    await accept(1600);
    expect((await lineOf()).seenPriceMinor).toBeNull();
    expect(await set(owner, 0)).toEqual({ kind: "removed" });
  });

  it("goes with its guest when they sign in", async () => {
    const guest = await aGuest(app.db);
    const member: CartOwner = { kind: "member", userId: await aPerson(app.db) };
    await put(guest, 2, { guest: "Grace" });
    await put(member, 3);
    await app.app.transaction((tx) => cart.adoptGuestCart(tx, guest.deviceId, member.userId));
    expect((await cart.getCart(member)).others).toMatchObject([{ quantity: 5, heldUntil: expect.any(Date) }]);
    expect((await cart.getCart(guest)).count).toBe(0);
  });

  it("becomes a line of an order with its tax and what its seller keeps with it, told of by an activity when it is paid", async () => {
    const orderId = await placedSeats(2);
    await pay(orderId);
    const lines = await placing.findKindLines(orderId, "seat");
    expect(lines).toMatchObject({ status: "paid", userId: null, email: "g@example.org", buyerName: "Grace" });
    expect(lines?.lines).toMatchObject([
      { ref, name: "Bread course, Saturday, 10:00", quantity: 2, unitPriceMinor: 1500, metadata: { guest: "Ada" } },
    ]);
    expect(await placing.findKindLines(orderId, "room")).toBeNull();
    const { rows } = await app.db.execute<{ details: unknown }>(
      sql`select details from ap_activities where object_type = 'Order' and object_id = ${String(orderId)} and type = 'Update'`,
    );
    expect(rows).toMatchObject([{ details: { status: "paid" } }]);
    expect(await brokenRules(app.db)).toEqual([]);
  });

  it("of which there are ten is had ten times, by forty buyers at once", async () => {
    const buyers = Array.from({ length: 40 }, async () => {
      const owner = await aGuest(app.db);
      const added = await put(owner, 1);
      return added.kind === "added" ? (await place(owner, 1500)).kind : added.kind;
    });
    const results = await Promise.all(buyers);
    expect(results.filter((kind) => kind === "placed")).toHaveLength(10);
  });

  it("that is not held any more can be taken by others, and is refused at the checkout then, with the rest of the cart", async () => {
    const owner = await aGuest(app.db);
    await put(owner, 10);
    await app.db.update(cartLines).set({ heldUntil: sql`now() - interval '1 minute'` }).where(eq(cartLines.ref, ref));
    await placedSeats(4);
    expect(await place(owner, 15_000)).toMatchObject({ kind: "not-had", lines: [{ name: "Bread course", left: 6 }] });
    seats.trouble = "It was called off.";
    expect(await place(owner, 15_000)).toMatchObject({ kind: "not-had", lines: [{ trouble: "It was called off." }] });
    expect((await cart.getCart(owner)).count).toBe(10);
  });

  it("whose price changed is not ordered at the old one", async () => {
    const owner = await aGuest(app.db);
    await put(owner, 1);
    seats.priceMinor = 1600;
    expect(await place(owner, 1500)).toEqual({ kind: "price-changed", totalMinor: 1600 });
  });

  it("is free for others when its order expires; paid late it is had if it is free still, else the money goes back", async () => {
    const [late, tooLate] = [await placedSeats(5), await placedSeats(5)];
    await expireNow(late);
    await expireNow(tooLate);
    await pay(late);
    await placedSeats(5);
    await expect(pay(tooLate)).rejects.toMatchObject({ code: "order-not-payable" });
    const [order] = await app.db.select({ status: orders.status }).from(orders).where(eq(orders.id, late));
    expect(order?.status).toBe("paid");
  });

  it("that nobody sells any more stands in the cart as such, and can be taken out", async () => {
    const owner = await aGuest(app.db);
    await put(owner, 1);
    await app.db.update(cartLines).set({ ref: "gone" }).where(eq(cartLines.ref, ref));
    const [line] = (await cart.getCart(owner)).others;
    expect(line).toMatchObject({ most: 0, trouble: expect.stringContaining("not there any more") });
    expect((await place(owner, 0)).kind).toBe("not-had");
    const lineId = line?.id ?? expect.fail();
    expect(await app.app.transaction((tx) => cart.setQuantity(tx, owner, { lineId, quantity: 0 }))).toEqual({ kind: "removed" });
  });
});
