import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aGuest, aPerson } from "../../../tests/builders/payments.ts";
import { openTicketed, type Ticketed } from "../../../tests/builders/ticketed.ts";
import { cartLines } from "../../models/cart.ts";
import { ticketTimes } from "../../models/tickets.ts";

let desk: Ticketed;
beforeAll(async () => {
  desk = await openTicketed();
});
afterAll(() => desk.shop.close());

const FOOD = { key: "food", label: "What do you eat?", options: ["All", "Vegan"], isRequired: true };
const NAME = { key: "name", label: "Who comes?", options: [], isRequired: true, isForEach: true };

describe("kinds without a limit of their own", { timeout: 60_000 }, () => {
  it("are had by as many as want them, or as all kinds together have places", async () => {
    const [open, shared] = [await desk.anEntry("open-house"), await desk.anEntry("full-house")];
    const any = await desk.aType(open, { capacity: null });
    expect(await desk.put(await aGuest(desk.shop.db), { slug: "open-house", typeId: any, quantity: 99 })).toMatchObject({ quantity: 99 });
    const { types } = await desk.shop.services.tickets.getBox(null, { slug: "open-house", key: null }, "");
    expect(types).toMatchObject([{ left: null, most: 20, capacity: null }]);
    await desk.aBox(shared, { capacity: 3 });
    const few = await desk.aType(shared, { capacity: null });
    expect(await desk.put(await aGuest(desk.shop.db), { slug: "full-house", typeId: few, quantity: 9 })).toMatchObject({ quantity: 3 });
  });
});

describe("questions for each place", { timeout: 60_000 }, () => {
  it("are answered place by place, and each ticket has its own answers beside those for all", async () => {
    const entryId = await desk.anEntry("dinner");
    await desk.aBox(entryId, { questions: [FOOD, NAME] });
    const typeId = await desk.aType(entryId);
    const owner = await aGuest(desk.shop.db);
    const answers = { food: "Vegan" };
    const wish = { slug: "dinner", typeId, quantity: 2, answers };
    expect(await desk.put(owner, { ...wish, seats: [{ name: "Ada" }] })).toEqual({
      kind: "wrong",
      errors: [{ field: "seat-2-name", message: "Please answer: Who comes? (place 2)" }],
    });
    expect((await desk.put(owner, { ...wish, seats: [{ name: "Ada" }, { name: "Bilal", food: "Stones" }] })).kind).toBe("in-cart");
    expect(await desk.put(owner, { ...wish, quantity: 1, seats: [{ name: "Chidi" }] })).toMatchObject({ quantity: 3 });
    const [line] = (await desk.shop.services.cart.getCart(owner)).others;
    const more = (quantity: number) =>
      desk.shop.app.transaction((tx) => desk.shop.services.cart.setQuantity(tx, owner, { lineId: line?.id ?? expect.fail(), quantity }));
    expect(await more(5)).toEqual({ kind: "capped", quantity: 3 }); // nobody said who the others are
    const made = await desk.ticketsOf(await desk.buy(owner));
    expect(made.map((ticket) => ticket.answers)).toEqual(["Ada", "Bilal", "Chidi"].map((name) => ({ food: "Vegan", name })));
    const door = await desk.shop.services.ticketDesk.getDoor(desk.keeper, "dinner", null);
    expect(door.guests.map(({ answers: given }) => given["name"]).toSorted()).toEqual(["Ada", "Bilal", "Chidi"]);
  });

  it("are asked of free places, too", async () => {
    const entryId = await desk.anEntry("talk");
    await desk.aBox(entryId, { questions: [NAME] });
    const typeId = await desk.aType(entryId, { priceMinor: 0 });
    const userId = await aPerson(desk.shop.db);
    expect((await desk.take(userId, { slug: "talk", typeId, quantity: 2, seats: [{}, { name: "x".repeat(301) }] })).kind).toBe("wrong");
    expect((await desk.take(userId, { slug: "talk", typeId, quantity: 2, seats: [{ name: "A" }, { name: "B" }] })).kind).toBe("issued");
  });
});

describe("a kind for a group", { timeout: 60_000 }, () => {
  it("is for its members and whom staff invited, and says so to everybody else, also at the checkout", async () => {
    const { db, services } = desk.shop;
    const typeId = await desk.aType(await desk.anEntry("bakers"), { groupName: "bakers" });
    const [ada, bilal, chidi] = [await aPerson(db), await aPerson(db), await aPerson(db)];
    const state = (relation: string, values: readonly string[]) =>
      db.execute(
        sql`insert into relation_facts (relation, arguments, asserted_by) values (${relation}, ${JSON.stringify(values)}::jsonb, 'user:1')`,
      );
    await state("shared.member", [`user:${ada}`, "bakers"]);
    await state("events.invited", [`user:${bilal}`, `ticket-type:${typeId}`]);
    const want = (userId: typeof ada) => desk.put({ kind: "member", userId }, { slug: "bakers", typeId });
    expect([(await want(ada)).kind, (await want(bilal)).kind]).toEqual(["in-cart", "in-cart"]);
    expect(await want(chidi)).toEqual({ kind: "refused", trouble: "It is for bakers, and you are none of them." });
    expect(await desk.put(await aGuest(db), { slug: "bakers", typeId })).toMatchObject({ trouble: /^It is for bakers: sign in/ });
    await db.execute(sql`delete from relation_facts where relation = 'events.invited'`);
    const { others } = await services.cart.getCart({ kind: "member", userId: bilal });
    expect(others).toMatchObject([{ trouble: "It is for bakers, and you are none of them." }]);
  });
});

describe("places at one time of a series", { timeout: 60_000 }, () => {
  it("can be fewer or more than at the others, for whoever looks after it to say", async () => {
    const { db, app, services } = desk.shop;
    const entryId = await desk.anEntry("choir", { recurrence: ["RRULE:FREQ=WEEKLY;COUNT=2"] });
    const [first, second] = ["20301120T183000Z", "20301127T183000Z"] as const;
    for (const [n, key] of [first, second].entries()) {
      await db.execute(sql`insert into occurrences (entry_id, calendar_id, key, starts_at, ends_at)
        values (${entryId}, ${desk.calendarId}, ${key}, now() + make_interval(days => ${7 * n + 3}), now() + make_interval(days => ${7 * n + 3}, hours => 2))`);
    }
    await desk.aBox(entryId, { capacity: 5 });
    const [evening, pass] = [
      await desk.aType(entryId, { covers: "time", capacity: null }),
      await desk.aType(entryId, { name: "Pass", capacity: null }),
    ];
    const save = (by: typeof desk.keeper, key: string, capacity: number | null) =>
      app.transaction((tx) => services.ticketDesk.saveTime(tx, by, { slug: "choir", key, capacity }));
    await expect(save(await aPerson(db), second, 2)).rejects.toMatchObject({ code: "not-found" });
    await expect(save(desk.keeper, "20990101T000000Z", 2)).rejects.toMatchObject({ code: "not-found" });
    expect(await save(desk.keeper, second, 0)).toMatchObject([{ field: "capacity" }]);
    expect(await save(desk.keeper, second, 2)).toEqual([]);
    expect((await services.ticketDesk.getDesk(desk.keeper, "choir", second)).ownCapacity).toBe(2);
    const left = async (key: string) => (await services.tickets.getBox(null, { slug: "choir", key }, "")).types.map((type) => type.left);
    expect([await left(first), await left(second)]).toEqual([
      [5, 2],
      [2, 2],
    ]);
    expect(await desk.put(await aGuest(db), { slug: "choir", key: first, typeId: pass, quantity: 9 })).toMatchObject({ quantity: 2 });
    expect(await desk.put(await aGuest(db), { slug: "choir", key: second, typeId: evening })).toMatchObject({ kind: "refused" });
    expect(await save(desk.keeper, second, null)).toEqual([]);
    expect(await db.$count(ticketTimes)).toBe(0);
    expect(await left(second)).toEqual([3, 3]);
    expect(await db.$count(cartLines)).toBeGreaterThan(0);
  });
});
