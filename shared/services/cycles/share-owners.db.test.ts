import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { aCycle, aCycleOrder, aLot } from "../../../tests/builders/cycle.ts";
import { openShareDesk } from "../../../tests/builders/share-desk.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import type { CartOwner } from "../../contracts/cart.ts";
import { carts, orders } from "../../models/cart.ts";
import { products } from "../../models/market.ts";
import { cycleLots, pickUps } from "../../models/order-cycles.ts";
import { relationTuples } from "../../models/relation-tuples.ts";

const one = await openShareDesk();
const { db, at, cart, cycles, market, groups, lineOf, aGuest, aBuyer, take, hold, lapse, limitTo } = one;
afterAll(() => db.close());
beforeEach(one.begin);

describe("a checkout", () => {
  it("holds all or nothing, and says line by line what others took", async () => {
    const beans = await aProduct(db, { slug: "beans", name: "Beans", supplierId: at.supplierId, stock: 0 });
    await aLot(db, at.cycleId, beans, { maxCases: 2 });
    const [ada, bilal] = [await aGuest(), await aGuest()];
    await take(ada, 2, "lentils");
    await take(ada, 2, "beans");
    await lapse();
    await take(bilal, 1, "beans");
    expect(await hold(ada)).toMatchObject({ kind: "refused", lines: [{ name: "Beans", why: { kind: "shares-gone", left: 1 } }] });
    expect((await cart.getCart(ada)).lines.map(({ cycle }) => cycle?.heldUntil)).toEqual([null, null]);
    await db.delete(carts).where(sql`device_id = ${bilal.kind === "device" ? bilal.deviceId : ""}`);
    expect(await hold(ada)).toMatchObject({ kind: "held", until: expect.any(Date) });
  });

  it("is offered the pick-ups of each cycle in the cart, and gives the last place away once", async () => {
    const [cycle] = [at.cycleId];
    const day = new Date(Date.now() + 3 * 86_400_000);
    const until = new Date(day.getTime() + 3_600_000);
    const rows = await db
      .insert(pickUps)
      .values([
        { cycleId: cycle, place: "The Hall", startsAt: day, endsAt: until, capacity: 1 },
        { cycleId: cycle, place: "The Old Dairy", startsAt: new Date(day.getTime() - 1), endsAt: until },
      ])
      .returning({ id: pickUps.id });
    const hall = rows[0]?.id ?? expect.fail();
    const guest = await aGuest();
    expect(await cycles.pickUpsFor(guest)).toEqual([]);
    await take(guest, 1);
    expect(await cycles.pickUpsFor(guest)).toMatchObject([
      {
        cycleId: cycle,
        zone: "Europe/London",
        pickUps: [
          { place: "The Old Dairy", left: null },
          { place: "The Hall", left: 1 },
        ],
      },
    ]);
    const buyers = await Promise.all(Array.from({ length: 5 }, aBuyer));
    const orderIds = await Promise.all(buyers.map(({ userId }) => aCycleOrder(db, userId, [])));
    const choose = (orderId: (typeof orderIds)[number]) =>
      db.transaction((tx) => cycles.choosePickUp(tx, { orderId, cycleId: cycle, pickUpId: hall, address: "" }));
    const results = await Promise.all(orderIds.map(choose));
    expect(results.sort()).toEqual(["chosen", "full", "full", "full", "full"]);
    const [chosen] = await db.execute<{ id: string }>(sql`select order_id as id from order_pick_ups`).then(({ rows }) => rows);
    expect(await choose(Number(chosen?.id) as (typeof orderIds)[number])).toBe("chosen");
    const elsewhere = await aCycle(db);
    const stranger = { orderId: orderIds[0] ?? expect.fail(), cycleId: elsewhere, pickUpId: hall, address: "" };
    expect(await db.transaction((tx) => cycles.choosePickUp(tx, stranger))).toBe("gone");
    await db.update(orders).set({ status: "cancelled" });
    expect((await cycles.pickUpsFor(guest))[0]?.pickUps[1]?.left).toBe(1);
    await db.execute(sql`delete from order_pick_ups`);
    await db
      .update(pickUps)
      .set({ startsAt: sql`now() - interval '2 hours'`, endsAt: sql`now() - interval '1 second'` })
      .where(eq(pickUps.id, hall));
    expect((await cycles.pickUpsFor(guest))[0]?.pickUps.map(({ place }) => place)).toEqual(["The Old Dairy"]);
    expect(await choose(Number(chosen?.id) as (typeof orderIds)[number])).toBe("gone");
  });
});

describe("a guest's shares", () => {
  it("come along when they sign in, held together, and never more than there are", async () => {
    await limitTo(1);
    const [guest, member] = [await aGuest(), await aBuyer()];
    await take(guest, 2);
    await take(member, 3);
    if (guest.kind !== "device") return;
    await db.transaction((tx) => cart.adoptGuestCart(tx, guest.deviceId, member.userId));
    expect(await lineOf(member)).toMatchObject({ quantity: 5, cycle: { heldUntil: expect.any(Date) } });
    const second = await aGuest();
    await take(second, 1);
    await lapse();
    await take(await aGuest(), 4);
    if (second.kind !== "device") return;
    await db.transaction((tx) => cart.adoptGuestCart(tx, second.deviceId, member.userId));
    expect(await lineOf(member)).toMatchObject({ quantity: 6, cycle: { heldUntil: null } }); // kept, and not held: others have them
  });

  it("wait for whoever takes of what the member's cart had before", async () => {
    await limitTo(1);
    await aProduct(db, { slug: "beans", name: "Beans", supplierId: at.supplierId, stock: 0, priceMinor: 100 });
    const [guest, member, other] = [await aGuest(), await aBuyer(), await aGuest()];
    await take(member, 4);
    await lapse();
    await take(guest, 1, "beans");
    if (guest.kind !== "device") return;
    const { deviceId } = guest;
    let adopting: Promise<void> | undefined;
    await db.transaction(async (tx) => {
      await cart.addShare(tx, other, { productSlug: "lentils", quantity: 6, cycleId: at.cycleId });
      adopting = db.transaction((its) => cart.adoptGuestCart(its, deviceId, member.userId));
      await Promise.race([adopting, new Promise((resolve) => setTimeout(resolve, 300))]);
    });
    await adopting;
    const held = (await cart.getCart(member)).lines.map(({ product, cycle }) => [product.name, cycle?.heldUntil !== null]);
    expect(Object.fromEntries(held)).toEqual({ Lentils: false, Beans: true });
  });
});

describe("a price that changes", () => {
  it("is shown beside the one that was seen, until its owner says that they have seen it", async () => {
    const member = await aBuyer();
    await take(member, 1);
    expect((await lineOf(member)).seenPriceMinor).toBeNull();
    await db.update(products).set({ priceMinor: 260 });
    await take(member, 1); // adding more is not saying so
    const { id, seenPriceMinor, unitPriceMinor } = await lineOf(member);
    expect([seenPriceMinor, unitPriceMinor]).toEqual([240, 260]);
    const accept = (owner: CartOwner, priceMinor: number) =>
      db.transaction((tx) => cart.acceptPrice(tx, owner, { lineId: id, priceMinor }));
    await accept(member, 250); // another price than the one that holds
    await accept(await aBuyer(), 260); // another's line
    expect((await lineOf(member)).seenPriceMinor).toBe(240);
    await accept(member, 260);
    expect((await lineOf(member)).seenPriceMinor).toBeNull();
  });

  it("is none for who signs in and pays what members pay", async () => {
    await db.update(products).set({ membersPriceMinor: 200, stock: 5 });
    const [guest, member] = [await aGuest(), await aBuyer()];
    await take(guest, 1);
    await db.transaction((tx) => cart.addLine(tx, guest, { productSlug: "lentils", quantity: 1 }));
    if (guest.kind !== "device") return;
    await db.transaction((tx) => cart.adoptGuestCart(tx, guest.deviceId, member.userId));
    expect((await cart.getCart(member)).lines.map(({ unitPriceMinor, seenPriceMinor }) => [unitPriceMinor, seenPriceMinor])).toEqual([
      [200, null],
      [200, null],
    ]);
  });
});

describe("what is sold to some", () => {
  beforeEach(async () => {
    await db.delete(relationTuples);
    await db.insert(relationTuples).values([
      { relation: "cart.members_only", arguments: [`product:${at.lentils}`] },
      { relation: "cart.sold_to", arguments: [`product:${at.lentils}`, "bakers"] },
    ]);
    await db.update(products).set({ stock: 4 });
  });

  it("can be put into their carts only, from the shelf or by order, and everybody is told whom it is for", async () => {
    const [guest, baker, member] = [await aGuest(), await aBuyer(), await aBuyer()];
    groups.set(baker.userId, ["coop", "bakers"]);
    groups.set(member.userId, ["coop"]);
    const add = (owner: CartOwner) => db.transaction((tx) => cart.addLine(tx, owner, { productSlug: "lentils", quantity: 1 }));
    for (const stranger of [guest, member]) {
      expect(await take(stranger, 1)).toEqual({ kind: "not-for-you", groups: ["bakers"] });
      expect(await add(stranger)).toEqual({ kind: "not-for-you", groups: ["bakers"] });
      expect(await cart.whyNotFor(stranger, at.lentils)).toEqual(["bakers"]);
    }
    expect([(await take(baker, 1)).kind, (await add(baker)).kind, await cart.whyNotFor(baker, at.lentils)]).toEqual([
      "added",
      "added",
      null,
    ]);
    expect((await market.listProductCards(["lentils"]))[0]?.soldTo).toEqual(["bakers"]);
    groups.set(baker.userId, ["coop"]);
    expect((await lineOf(baker)).isForOwner).toBe(false);
    expect(await hold(baker)).toMatchObject({ kind: "refused", lines: [{ why: { kind: "not-for-you", groups: ["bakers"] } }] });
  });

  it("and to no group that anybody has named is sold to nobody", async () => {
    await db.delete(relationTuples).where(eq(relationTuples.relation, "cart.sold_to"));
    const member = await aBuyer();
    groups.set(member.userId, ["coop"]);
    expect(await take(member, 1)).toEqual({ kind: "not-for-you", groups: [] });
  });
});

it("keeps one lot of a product in a cycle, whoever comes first", async () => {
  await Promise.all(Array.from({ length: 6 }, async () => take(await aGuest(), 1)));
  expect(await db.$count(cycleLots)).toBe(1);
});
