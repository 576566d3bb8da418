import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { newDatabase } from "../../../tests/database.ts";
import type { CartOwner } from "../../contracts/cart.ts";
import { openDb } from "../../infrastructure/db.ts";
import { cartLines, carts, orderLines, orders } from "../../models/cart.ts";
import { devices, users } from "../../models/identity.ts";
import type { CartLineId, DeviceId, UserId } from "../../models/ids.ts";
import { products, suppliers } from "../../models/market.ts";
import { makeCartService } from "./index.ts";

const db = openDb(await newDatabase(), 12);
afterAll(() => db.close());

const cart = makeCartService(
  {
    db,
    clock: { now: () => new Date("2026-11-18T12:00:00Z") },
    publicUrl: (app, path) => `https://${app}.example${path}`,
    timeZone: "Europe/London",
    locale: "en-GB",
  },
  { relations: { list: async () => [] }, kinds: [] },
);

let guest: Extract<CartOwner, { kind: "device" }>;
let otherGuest: Extract<CartOwner, { kind: "device" }>;
let member: Extract<CartOwner, { kind: "member" }>;
let people = 0;

beforeEach(async () => {
  await db.delete(carts);
  await db.delete(products);
  await db.delete(suppliers);
  guest = { kind: "device", deviceId: await aDevice() };
  otherGuest = { kind: "device", deviceId: await aDevice() };
  member = { kind: "member", userId: await aMember() };
});

async function aDevice(): Promise<DeviceId> {
  people += 1;
  const [device] = await db
    .insert(devices)
    .values({ id: `device-${people}` as DeviceId })
    .returning({ id: devices.id });
  return device?.id ?? expect.fail();
}

async function aMember(): Promise<UserId> {
  people += 1;
  const [user] = await db
    .insert(users)
    .values({ handle: `bilal-${people}`, name: "Bilal" })
    .returning({ id: users.id });
  return user?.id ?? expect.fail();
}

async function aProduct(slug: string, stock: number, priceMinor = 420) {
  await db.insert(suppliers).values({ slug: "old-dairy", name: "The Old Dairy" }).onConflictDoNothing();
  const [supplier] = await db.select().from(suppliers);
  const pack = { packAmount: 800, packUnit: "g" as const, vatClass: "zero" as const };
  await db.insert(products).values({ slug, name: `A ${slug}`, supplierId: supplier?.id ?? 0, priceMinor, stock, ...pack });
}

const add = (owner: CartOwner, productSlug: string, quantity: number) =>
  db.transaction((tx) => cart.addLine(tx, owner, { productSlug, quantity }));
const change = (owner: CartOwner, lineId: CartLineId, quantity: number) =>
  db.transaction((tx) => cart.setQuantity(tx, owner, { lineId, quantity }));
const adopt = () => db.transaction((tx) => cart.adoptGuestCart(tx, guest.deviceId, member.userId));
const held = async (owner: CartOwner) =>
  Object.fromEntries((await cart.getCart(owner)).lines.map(({ product, quantity }) => [product.slug, quantity]));

async function lineOf(owner: CartOwner): Promise<CartLineId> {
  const [line] = (await cart.getCart(owner)).lines;
  return line?.id ?? expect.fail("the cart is empty");
}

describe("adding", () => {
  it("begins a line, then adds to it, up to the stock", async () => {
    await aProduct("rye-loaf", 5);
    expect(await add(guest, "rye-loaf", 2)).toEqual({ kind: "added", quantity: 2 });
    expect(await add(guest, "rye-loaf", 3)).toEqual({ kind: "added", quantity: 5 });
    expect(await add(guest, "rye-loaf", 1)).toEqual({ kind: "capped", quantity: 5 });
    expect(await add(otherGuest, "rye-loaf", 9)).toEqual({ kind: "capped", quantity: 5 });
    expect(await held(guest)).toEqual({ "rye-loaf": 5 });
  });

  it("never goes over the most of a line", async () => {
    await aProduct("egg", 1000);
    expect(await add(member, "egg", 99)).toEqual({ kind: "added", quantity: 99 });
    expect(await add(member, "egg", 99)).toEqual({ kind: "capped", quantity: 99 });
  });

  it("says sold out and leaves what is there", async () => {
    await aProduct("rye-loaf", 2);
    await add(guest, "rye-loaf", 2);
    await db.update(products).set({ stock: 0 });
    expect(await add(guest, "rye-loaf", 1)).toEqual({ kind: "sold-out" });
    expect(await held(guest)).toEqual({ "rye-loaf": 2 });
  });

  it("throws for a product that is not there, and leaves no cart behind", async () => {
    await expect(add(guest, "'; drop table carts; --", 1)).rejects.toMatchObject({ code: "product-gone" });
    expect(await db.$count(carts)).toBe(0);
  });

  it("loses nothing of twenty additions at once", async () => {
    await aProduct("egg", 1000);
    await aProduct("rye-loaf", 7);
    const eggs = Array.from({ length: 20 }, () => add(guest, "egg", 1));
    const loaves = Array.from({ length: 10 }, () => add(otherGuest, "rye-loaf", 1));
    const results = await Promise.all([...eggs, ...loaves]);
    expect(await held(guest)).toEqual({ egg: 20 });
    expect(await held(otherGuest)).toEqual({ "rye-loaf": 7 });
    expect(results.slice(0, 20).map(({ kind }) => kind)).toEqual(Array.from({ length: 20 }, () => "added"));
    expect(results.slice(20).filter(({ kind }) => kind === "capped")).toHaveLength(3);
  });
});

describe("changing a line", () => {
  beforeEach(async () => {
    await aProduct("rye-loaf", 5);
    await add(guest, "rye-loaf", 2);
  });

  it("sets the quantity, up to the stock; none removes the line", async () => {
    const line = await lineOf(guest);
    expect(await change(guest, line, 4)).toEqual({ kind: "changed", quantity: 4 });
    expect(await change(guest, line, 50)).toEqual({ kind: "capped", quantity: 5 });
    expect(await change(guest, line, 0)).toEqual({ kind: "removed" });
    expect(await held(guest)).toEqual({});
    await expect(change(guest, line, 1)).rejects.toMatchObject({ code: "line-gone" });
    await expect(change(guest, line, 0)).rejects.toMatchObject({ code: "line-gone" });
  });

  it("lets what is sold out become less, and nothing else", async () => {
    await db.update(products).set({ stock: 0 });
    const line = await lineOf(guest);
    expect(await change(guest, line, 3)).toEqual({ kind: "capped", quantity: 2 });
    expect(await change(guest, line, 1)).toEqual({ kind: "changed", quantity: 1 });
  });

  it("knows no line of another's cart", async () => {
    const line = await lineOf(guest);
    for (const stranger of [otherGuest, member]) {
      await expect(change(stranger, line, 1)).rejects.toMatchObject({ code: "line-gone" });
      await expect(change(stranger, line, 0)).rejects.toMatchObject({ code: "line-gone" });
    }
    expect(await held(guest)).toEqual({ "rye-loaf": 2 });
  });
});

describe("adopting the guest's cart", () => {
  it("adds quantities up within the stock, and the guest's cart is gone", async () => {
    await aProduct("rye-loaf", 5);
    await aProduct("egg", 500);
    await aProduct("honey", 3);
    await add(guest, "rye-loaf", 4);
    await add(guest, "egg", 60);
    await add(guest, "honey", 1);
    await add(member, "rye-loaf", 3);
    await add(member, "egg", 60);
    await adopt();
    expect(await held(member)).toEqual({ "rye-loaf": 5, egg: 99, honey: 1 });
    expect(await held(guest)).toEqual({});
    expect(await db.$count(carts)).toBe(1);
  });

  it("keeps what was chosen of a product that has sold out", async () => {
    await aProduct("rye-loaf", 5);
    await add(guest, "rye-loaf", 2);
    await add(member, "rye-loaf", 3);
    await db.update(products).set({ stock: 0 });
    await adopt();
    expect(await held(member)).toEqual({ "rye-loaf": 3 });
  });

  it("does nothing where the guest has no cart", async () => {
    await adopt();
    expect(await db.$count(carts)).toBe(0);
  });

  it("does not double when two sign-ins adopt at once", async () => {
    await aProduct("egg", 500);
    await add(guest, "egg", 6);
    await Promise.all([adopt(), adopt()]);
    expect(await held(member)).toEqual({ egg: 6 });
  });

  it("waits for an addition under way and takes it along", async () => {
    await aProduct("egg", 500);
    await add(guest, "egg", 1);
    const additions = Array.from({ length: 8 }, () => add(guest, "egg", 1));
    await Promise.all([...additions, adopt()]);
    await adopt(); // what came after the first adoption began another guest's cart
    expect(await held(member)).toEqual({ egg: 9 });
  });

  it("takes a line along that changes at this moment", async () => {
    await aProduct("egg", 500);
    await add(guest, "egg", 1);
    const line = await lineOf(guest);
    await db
      .transaction(async (tx) => {
        await cart.setQuantity(tx, guest, { lineId: line, quantity: 12 });
        const adopting = adopt();
        await Promise.race([adopting, new Promise((done) => setTimeout(done, 50))]);
        return { adopting };
      })
      .then(({ adopting }) => adopting);
    expect(await held(member)).toEqual({ egg: 12 });
  });
});

describe("a cart", () => {
  it("has today's prices and says how many there are in stock", async () => {
    await aProduct("rye-loaf", 5, 420);
    await aProduct("egg", 500, 35);
    await add(guest, "rye-loaf", 2);
    await add(guest, "egg", 6);
    await db.update(products).set({ stock: 1, priceMinor: 450 }).where(eq(products.slug, "rye-loaf"));
    const view = await cart.getCart(guest);
    expect(view).toMatchObject({ totalMinor: 1110, count: 8, currency: "GBP" });
    expect(view.lines[0]).toMatchObject({
      quantity: 2,
      stock: 1,
      totalMinor: 900,
      product: { url: "https://market.example/products/rye-loaf", picture: null, isAvailable: true },
    });
    expect(await cart.getSummary(guest)).toEqual({ count: 8, totalMinor: 1110, currency: "GBP" });
  });

  it("has the members' price for a member, where there is one, also of what was put in before signing in", async () => {
    await aProduct("rye-loaf", 5, 420);
    await aProduct("egg", 500, 35);
    await db.update(products).set({ membersPriceMinor: 380 }).where(eq(products.slug, "rye-loaf"));
    await add(guest, "rye-loaf", 2);
    await add(guest, "egg", 6);
    expect((await cart.getCart(guest)).lines.map(({ unitPriceMinor, isMembersPrice }) => [unitPriceMinor, isMembersPrice])).toEqual([
      [420, false],
      [35, false],
    ]);
    expect((await cart.getSummary(guest)).totalMinor).toBe(1050);
    await adopt();
    const view = await cart.getCart(member);
    expect(view.lines[0]).toMatchObject({ unitPriceMinor: 380, isMembersPrice: true, totalMinor: 760, product: { priceMinor: 380 } });
    expect([view.totalMinor, (await cart.getSummary(member)).totalMinor]).toEqual([970, 970]);
  });

  it("is empty for a guest without a device, and for who has put nothing in", async () => {
    for (const owner of [null, guest, member]) {
      expect(await cart.getCart(owner)).toEqual({
        lines: [],
        others: [],
        sellers: [],
        discounts: [],
        code: null,
        totalMinor: 0,
        currency: "GBP",
        count: 0,
      });
      expect(await cart.getSummary(owner)).toEqual({ totalMinor: 0, currency: "GBP", count: 0 });
    }
  });

  it("goes with its device", async () => {
    await aProduct("egg", 500);
    await add(guest, "egg", 1);
    await db.delete(devices).where(eq(devices.id, guest.deviceId));
    expect(await db.$count(cartLines)).toBe(0);
  });
});

it("lists a member's orders, newest first, with names and prices as they were", async () => {
  const row = (reference: string, createdAt: string) => ({
    reference,
    userId: member.userId,
    totalMinor: 455,
    createdAt: new Date(createdAt),
  });
  const values = [row("R-1", "2026-11-01T10:00:00Z"), row("R-2", "2026-11-09T10:00:00Z")];
  const [first] = await db.insert(orders).values(values).returning({ id: orders.id });
  const orderId = first?.id ?? expect.fail();
  await db.insert(orderLines).values([
    { orderId, name: "Egg", quantity: 1, unitPriceMinor: 35, position: 2 },
    { orderId, name: "Rye loaf", quantity: 1, unitPriceMinor: 420, position: 1 },
  ]);
  const listed = await cart.listOrders(member.userId);
  expect(listed.map(({ reference, lines }) => [reference, lines.map(({ name }) => name)])).toEqual([
    ["R-2", []],
    ["R-1", ["Rye loaf", "Egg"]],
  ]);
  expect(listed[1]).toMatchObject({ status: "pending_payment", placedAt: new Date("2026-11-01T10:00:00Z") });
  expect(await cart.listOrders(await aMember())).toEqual([]);
});
