import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aGuest, aMerchant, aPerson, passHold } from "../../../tests/builders/payments.ts";
import type { CartOwner } from "../../contracts/cart.ts";
import type { TicketChoice } from "../../contracts/tickets.ts";
import { calendars } from "../../models/calendars.ts";
import { cartLines } from "../../models/cart.ts";
import { calendarEntries } from "../../models/events.ts";
import type { CalendarEntryId, CalendarId, OrderId, TicketTypeId, UserId } from "../../models/ids.ts";
import { occurrences } from "../../models/occurrences.ts";
import { ticketBoxes, tickets, ticketTypes, ticketWaits } from "../../models/tickets.ts";

let shop: TestApp;
let calendarId: CalendarId;
let staff: UserId;
let made = 0;
let slug = "";
let entryId: CalendarEntryId;
beforeAll(async () => {
  shop = await openTestApp("events", { env: { DATABASE_POOL: "10" } });
  await aMerchant(shop.db);
  staff = await aPerson(shop.db);
  const row = { slug: "dairy", name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  calendarId = (await shop.db.insert(calendars).values(row).returning({ id: calendars.id }))[0]?.id ?? expect.fail();
});
afterAll(() => shop.close());
beforeEach(async () => {
  made += 1;
  slug = `supper-${made}`;
  entryId = await anEntry();
});

const NO_ANSWERS = { answers: {}, seats: [] };
const hours = (from: number) => new Date(Date.now() + from * 3_600_000);
async function anEntry(more: Partial<typeof calendarEntries.$inferInsert> = {}): Promise<CalendarEntryId> {
  const entry = {
    calendarId,
    slug,
    title: "Supper",
    startsAt: hours(100),
    endsAt: hours(103),
    zone: "Europe/London",
    status: "confirmed" as const,
  };
  const [row] = await shop.db
    .insert(calendarEntries)
    .values({ ...entry, ...more })
    .returning({ id: calendarEntries.id });
  return row?.id ?? expect.fail();
}
async function aType(more: Partial<typeof ticketTypes.$inferInsert> = {}): Promise<TicketTypeId> {
  const type = { entryId, name: "Place", priceMinor: 1200, capacity: 10, position: 1 };
  const [row] = await shop.db
    .insert(ticketTypes)
    .values({ ...type, ...more })
    .returning({ id: ticketTypes.id });
  return row?.id ?? expect.fail();
}
const aBox = (more: Partial<typeof ticketBoxes.$inferInsert>) => shop.db.insert(ticketBoxes).values({ entryId, ...more });
const choose = (typeId: TicketTypeId, quantity: number, more: Partial<TicketChoice> = {}): TicketChoice => ({
  ...{ slug, key: "", typeId, quantity, amountMinor: null, code: "", answers: {}, seats: [] },
  ...more,
});
const put = (owner: CartOwner, typeId: TicketTypeId, quantity: number, more: Partial<TicketChoice> = {}) =>
  shop.app.transaction((tx) => shop.services.tickets.putIntoCart(tx, owner, choose(typeId, quantity, more)));
const take = (userId: UserId, typeId: TicketTypeId, quantity = 1, more: Partial<TicketChoice> = {}) =>
  shop.app.transaction((tx) => shop.services.tickets.takeFree(tx, { kind: "member", userId }, choose(typeId, quantity, more)));
async function place(owner: CartOwner) {
  const shownTotalMinor = (await shop.services.cart.getCart(owner)).totalMinor;
  const placing = { email: "g@example.org", name: "Grace", shownTotalMinor, sellers: "all" as const, pickUps: [] };
  return shop.app.transaction((tx) => shop.services.orders.placeFromCart(tx, owner, placing));
}
async function ordered(owner: CartOwner): Promise<OrderId> {
  const placed = await place(owner);
  return placed.kind === "placed" ? placed.orderId : expect.fail(JSON.stringify(placed));
}
const pay = (orderId: OrderId) =>
  shop.app.transaction((tx) => shop.services.payments.payByHand(tx, { orderId, kind: "cash", by: staff, paidAt: new Date() }));
const settle = (orderId: OrderId) => shop.app.transaction((tx) => shop.services.tickets.settleOrder(tx, orderId));
async function bought(owner: CartOwner, typeId: TicketTypeId, quantity = 1) {
  await put(owner, typeId, quantity);
  const orderId = await ordered(owner);
  await pay(orderId);
  await settle(orderId);
  return orderId;
}
const issued = (orderId: OrderId) =>
  shop.db
    .select()
    .from(tickets)
    .where(eq(tickets.batch, `order-${orderId}`))
    .orderBy(tickets.id);
const box = async (code = "", owner: CartOwner | null = null) => shop.services.tickets.getBox(owner, { slug, key: null }, code);
const leftOf = async (typeId: TicketTypeId) => (await box()).types.find(({ id }) => id === typeId)?.left;
const member = async (): Promise<Extract<CartOwner, { kind: "member" }>> => ({ kind: "member", userId: await aPerson(shop.db) });
const joinAs = async (typeId: TicketTypeId, quantity = 1) => {
  const userId = await aPerson(shop.db);
  const joined = await shop.app.transaction((tx) =>
    shop.services.tickets.joinWaiting(tx, { kind: "member", userId }, choose(typeId, quantity)),
  );
  return joined.kind === "waiting" ? { ...joined, userId } : expect.fail(joined.kind);
};
const offer = () => shop.app.transaction((tx) => shop.services.tickets.offerPlaces(tx, entryId));
const states = async () =>
  (await shop.db.select({ state: ticketWaits.state }).from(ticketWaits).orderBy(ticketWaits.id)).map(({ state }) => state);

describe("places", { timeout: 120_000 }, () => {
  it("are held in a cart while its hold lives, and free for others without anybody sweeping", async () => {
    const typeId = await aType({ capacity: 3 });
    const ada = await aGuest(shop.db);
    expect(await put(ada, typeId, 2)).toEqual({ kind: "in-cart", quantity: 2, isLess: false });
    expect(await leftOf(typeId)).toBe(1);
    expect(await put(await aGuest(shop.db), typeId, 3)).toEqual({ kind: "in-cart", quantity: 1, isLess: true });
    expect(await put(await aGuest(shop.db), typeId, 1)).toMatchObject({ kind: "refused" });
    await shop.db.update(cartLines).set({ heldUntil: sql`now() - interval '1 second'` }).where(eq(cartLines.quantity, 2));
    expect(await leftOf(typeId)).toBe(2);
    expect(await put(await aGuest(shop.db), typeId, 2)).toMatchObject({ kind: "in-cart", quantity: 2 });
    expect((await place(ada)).kind).toBe("not-had");
  });

  it("that are 20 are sold 20 times to 500 who want them at once, of two types and from carts and orders, without a deadlock", async () => {
    await aBox({ capacity: 20 });
    const [one, other] = [await aType({ capacity: 15 }), await aType({ name: "Child", capacity: 15, priceMinor: 600 })];
    const queue = Array(500).keys();
    const results: string[] = [];
    const buy = async () => {
      for (const index of queue) {
        const owner = await aGuest(shop.db);
        const got = await put(owner, index % 2 === 0 ? one : other, 1);
        results.push(got.kind === "in-cart" ? (await place(owner)).kind : got.kind);
      }
    };
    await Promise.all(Array.from({ length: 20 }, buy)); // of whom ten have a connection at a time
    expect(Map.groupBy(results, (kind) => kind).get("placed")?.length).toBe(20);
    expect(results.filter((kind) => kind === "refused")).toHaveLength(480);
    expect([await leftOf(one), await leftOf(other)]).toEqual([0, 0]);
  });

  it("are shared by the types of an entry, also by lines of one cart whose holds are over", async () => {
    await aBox({ capacity: 1 });
    const [one, other] = [await aType(), await aType({ name: "Child" })];
    const ada = await aGuest(shop.db);
    await put(ada, one, 1);
    expect(await leftOf(other)).toBe(0);
    await shop.db.update(cartLines).set({ heldUntil: sql`now() - interval '1 second'` });
    await put(ada, other, 1).then((result) => expect(result.kind).toBe("refused"));
    await shop.db.execute(sql`insert into cart_lines (cart_id, kind, ref, quantity, held_until)
      select cart_id, kind, replace(ref, ${`.${one}.`}, ${`.${other}.`}), 1, held_until from cart_lines where ref like ${`%.${one}.%`}`);
    expect((await place(ada)).kind).toBe("not-had");
  });

  it("of a series are counted at each time, and a pass takes one at all of them", async () => {
    slug = `choir-${made}`;
    entryId = await anEntry({ recurrence: ["RRULE:FREQ=WEEKLY;COUNT=2"] });
    const times = ["20301120T183000Z", "20301127T183000Z"];
    const row = { entryId, calendarId };
    await shop.db.delete(occurrences).where(eq(occurrences.entryId, entryId));
    await shop.db
      .insert(occurrences)
      .values(times.map((key, n) => ({ ...row, key, startsAt: hours(100 + 168 * n), endsAt: hours(102 + 168 * n) })));
    await aBox({ capacity: 3 });
    const [evening, pass] = [await aType({ covers: "time", capacity: 3 }), await aType({ name: "Pass", capacity: 3 })];
    const [first, second] = times as [string, string];
    await put(await aGuest(shop.db), evening, 2, { key: second });
    expect((await put(await aGuest(shop.db), pass, 2, { key: first })).kind === "in-cart").toBe(true);
    const at = async (key: string) => (await shop.services.tickets.getBox(null, { slug, key }, "")).types.map(({ left }) => left);
    expect([await at(first), await at(second)]).toEqual([
      [2, 0],
      [0, 0],
    ]);
    expect(await put(await aGuest(shop.db), evening, 3, { key: first })).toMatchObject({ kind: "in-cart", quantity: 2 });
    expect(await put(await aGuest(shop.db), evening, 1, { key: "20990101T000000Z" })).toEqual({ kind: "gone" });
  });
});

describe("what a ticket costs and who may have it", () => {
  it("is decided by its window, its code, membership and how many somebody has", async () => {
    const later = await aType({ name: "Later", opensAt: hours(1) });
    const over = await aType({ name: "Over", closesAt: hours(-1) });
    const members = await aType({ name: "Members", isForMembers: true });
    const hidden = await aType({ name: "Friends", code: "Rosebud" });
    const two = await aType({ name: "Two", perPerson: 2 });
    const guest = await aGuest(shop.db);
    for (const id of [later, over, members, hidden]) expect((await put(guest, id, 1)).kind).toBe("refused");
    expect((await put(await member(), members, 1)).kind).toBe("in-cart");
    expect((await put(guest, hidden, 1, { code: " rosebud" })).kind).toBe("in-cart");
    expect((await box()).types.map(({ name }) => name)).not.toContain("Friends");
    expect([(await box()).hasHidden, (await box("ROSEBUD")).types.some(({ name }) => name === "Friends")]).toEqual([true, true]);
    expect(await put(guest, two, 9)).toMatchObject({ quantity: 2 });
    await pay(await ordered(guest));
    expect(await put(guest, two, 1)).toEqual({ kind: "refused", trouble: "2 for each person, and you have them." });
  });

  it("is what a giver says, from the least on", async () => {
    const typeId = await aType({ priceMinor: 500, isDonation: true, capacity: 2 });
    const owner = await aGuest(shop.db);
    for (const amountMinor of [null, 0, 499, -1, 10.5, 1_000_001]) {
      expect((await put(owner, typeId, 1, { amountMinor })).kind).toBe("wrong");
    }
    await put(owner, typeId, 1, { amountMinor: 1500 });
    expect((await shop.services.cart.getCart(owner)).totalMinor).toBe(1500);
    expect(await put(await aGuest(shop.db), typeId, 2, { amountMinor: 700 })).toMatchObject({ quantity: 1 });
    expect(await put(await aGuest(shop.db), typeId, 1, { amountMinor: 900 })).toMatchObject({ kind: "refused" });
  });

  it("is not sold for what does not take place, whatever the cart held", async () => {
    const typeId = await aType();
    const owner = await aGuest(shop.db);
    await put(owner, typeId, 1);
    await shop.db.update(calendarEntries).set({ status: "cancelled" }).where(eq(calendarEntries.id, entryId));
    expect(await put(owner, typeId, 1)).toEqual({ kind: "refused", trouble: "It does not take place." });
    expect(await place(owner)).toMatchObject({ kind: "not-had", lines: [{ trouble: "It does not take place." }] });
  });

  it("asks its questions, and keeps the answers with the ticket", async () => {
    await aBox({ questions: [{ key: "food", label: "What do you eat?", options: ["All", "Vegan"], isRequired: true }] });
    const typeId = await aType();
    const owner = await aGuest(shop.db);
    expect((await put(owner, typeId, 1)).kind).toBe("wrong");
    expect((await put(owner, typeId, 1, { answers: { food: "Stones" } })).kind).toBe("wrong");
    await put(owner, typeId, 1, { answers: { food: "Vegan", price: "0" } });
    const orderId = await ordered(owner);
    await pay(orderId);
    await settle(orderId);
    expect(await issued(orderId)).toMatchObject([{ answers: { food: "Vegan" }, email: "g@example.org", holderName: "Grace" }]);
  });
});

describe("tickets", () => {
  it("are made once for each seat of a paid order, however often its handler runs, and taken back with its money", async () => {
    const typeId = await aType({ capacity: 3 });
    const owner = await member();
    const orderId = await bought(owner, typeId, 3);
    await Promise.all([settle(orderId), settle(orderId)]);
    const seats = await issued(orderId);
    expect(seats.map(({ seat, userId, status }) => [seat, userId, status])).toEqual([1, 2, 3].map((seat) => [seat, owner.userId, "valid"]));
    expect(new Set(seats.map(({ code }) => code)).size).toBe(3);
    expect(await leftOf(typeId)).toBe(0);
    const refund = {
      orderId,
      amountMinor: 3600,
      reason: "asked" as const,
      note: "",
      by: staff,
      requestKey: `all-${orderId}`,
      way: "cash" as const,
    };
    await shop.app.transaction((tx) => shop.services.payments.requestRefund(tx, refund));
    expect(await leftOf(typeId)).toBe(3);
    await settle(orderId);
    expect((await issued(orderId)).every(({ status }) => status === "cancelled")).toBe(true);
  });

  it("are not made of an order that is paid too late for its places, nor counted while it is expired", async () => {
    const typeId = await aType({ capacity: 1 });
    const late = await aGuest(shop.db);
    await put(late, typeId, 1);
    const orderId = await ordered(late);
    await passHold(shop.db, orderId, 40);
    await shop.app.transaction((tx) => shop.services.payments.expireOrders(tx, 100));
    expect(await leftOf(typeId)).toBe(1);
    await bought(await aGuest(shop.db), typeId);
    await expect(pay(orderId)).rejects.toMatchObject({ code: "order-not-payable" });
  });

  it("that cost nothing are given out at once, so many as there are, to each person once where that is the rule", async () => {
    const typeId = await aType({ priceMinor: 0, capacity: 5, perPerson: 1 });
    const people = await Promise.all(Array.from({ length: 12 }, () => aPerson(shop.db)));
    const results = await Promise.all(people.map((userId) => take(userId, typeId)));
    expect(results.filter(({ kind }) => kind === "issued")).toHaveLength(5);
    const [winner] = people.filter((_, index) => results[index]?.kind === "issued");
    expect((await take(winner ?? expect.fail(), typeId)).kind).toBe("refused");
    expect((await put(await aGuest(shop.db), typeId, 1)).kind).toBe("refused");
  });

  it("are given back by the rule: the money goes back once, the seat is free, and others' tickets are nobody's business", async () => {
    const typeId = await aType({ capacity: 2 });
    const owner = await member();
    const orderId = await bought(owner, typeId, 2);
    const [first] = await issued(orderId);
    const code = first?.code ?? expect.fail();
    const give = (reader: UserId | null) => shop.app.transaction((tx) => shop.services.tickets.giveBack(tx, code, reader));
    expect(await shop.services.tickets.findTicket(code, staff)).toBeNull();
    expect([await give(null), await give(staff)]).toEqual(["closed", "closed"]);
    expect(await give(owner.userId)).toBe("given-back");
    expect(await give(owner.userId)).toBe("closed");
    expect(await leftOf(typeId)).toBe(1);
    const { rows } = await shop.db.execute(sql`select status, refunded_minor from orders where id = ${orderId}`);
    expect(rows).toMatchObject([{ status: "partly_refunded", refunded_minor: 1200 }]);
    await settle(orderId);
    expect((await issued(orderId)).map(({ status }) => status)).toEqual(["cancelled", "valid"]);
  });

  it("can't be given back when it is too late, but for what does not take place", async () => {
    await aBox({ refundHours: 200 });
    const owner = await member();
    const [ticket] = await issued(await bought(owner, await aType()));
    const code = ticket?.code ?? expect.fail();
    const give = () => shop.app.transaction((tx) => shop.services.tickets.giveBack(tx, code, owner.userId));
    expect(await give()).toBe("closed");
    await shop.db.update(calendarEntries).set({ status: "cancelled" }).where(eq(calendarEntries.id, entryId));
    expect(await shop.services.tickets.findTicket(code, owner.userId)).toMatchObject({
      isOff: true,
      canGiveBack: true,
      canTransfer: false,
    });
    expect(await give()).toBe("given-back");
  });

  it("go to another person by mail, under a new code", async () => {
    const owner = await member();
    const [ticket] = await issued(await bought(owner, await aType()));
    const code = ticket?.code ?? expect.fail();
    const to = { email: "grace@example.org", name: "Grace" };
    const send = (reader: UserId | null) => shop.app.transaction((tx) => shop.services.tickets.transfer(tx, code, reader, to));
    expect([await send(staff), await send(owner.userId), await send(owner.userId)]).toEqual([false, true, false]);
    expect(await shop.services.tickets.findTicket(code, owner.userId)).toBeNull();
    const [now] = await shop.db
      .select()
      .from(tickets)
      .where(eq(tickets.id, ticket?.id ?? expect.fail()));
    expect(now).toMatchObject({ email: "grace@example.org", userId: null });
    const mails = await shop.services.tickets.listBatch(now?.batch ?? "");
    expect(mails).toMatchObject([{ email: "grace@example.org", tickets: [{ holderName: "Grace" }] }]);
  });
});

describe("the waiting list", { timeout: 60_000 }, () => {
  it("is in the order in which people came, keeps what is free from everybody else, and goes on when an offer lapses", async () => {
    await shop.db.delete(ticketWaits);
    const typeId = await aType({ capacity: 1 });
    const owner = await member();
    const orderId = await bought(owner, typeId);
    const [one, two, three] = [await joinAs(typeId), await joinAs(typeId), await joinAs(typeId)];
    expect([one.place, two.place, three.place]).toEqual([1, 2, 3]);
    const [ticket] = await issued(orderId);
    await shop.app.transaction((tx) => shop.services.tickets.giveBack(tx, ticket?.code ?? "", owner.userId));
    expect(await states()).toEqual(["offered", "waiting", "waiting"]);
    expect((await put(await aGuest(shop.db), typeId, 1)).kind).toBe("refused");
    await shop.db.update(ticketWaits).set({ offeredUntil: sql`now() - interval '1 second'` }).where(eq(ticketWaits.state, "offered"));
    expect((await put(await aGuest(shop.db), typeId, 1)).kind).toBe("refused");
    const late = await shop.app.transaction((tx) =>
      shop.services.tickets.acceptOffer(tx, one.token, { kind: "member", userId: one.userId }, NO_ANSWERS),
    );
    expect(late).toEqual({ kind: "refused", trouble: "This offer is over." });
    expect(await offer()).toBe(1);
    expect(await states()).toEqual(["lapsed", "offered", "waiting"]);
    const second = { kind: "member", userId: two.userId } as const;
    const accept = () => shop.app.transaction((tx) => shop.services.tickets.acceptOffer(tx, two.token, second, NO_ANSWERS));
    expect((await Promise.all([accept(), accept()])).map(({ kind }) => kind).toSorted()).toEqual(["in-cart", "refused"]);
    await pay(await ordered(second));
    expect(await offer()).toBe(0);
    expect(await states()).toEqual(["lapsed", "taken", "waiting"]);
  });

  it("gives what comes free to the first, whoever asks and however many offer at once", async () => {
    await shop.db.delete(ticketWaits);
    const typeId = await aType({ capacity: 5, priceMinor: 0 });
    const people = await Promise.all(Array.from({ length: 5 }, () => aPerson(shop.db)));
    for (const userId of people) await take(userId, typeId);
    const waiting = await Promise.all(Array.from({ length: 10 }, () => joinAs(typeId)));
    const held = await shop.db.select({ code: tickets.code, userId: tickets.userId }).from(tickets).where(eq(tickets.ticketTypeId, typeId));
    await Promise.all([
      ...held.slice(0, 3).map(({ code, userId }) => shop.app.transaction((tx) => shop.services.tickets.giveBack(tx, code, userId))),
      ...Array.from({ length: 5 }, offer),
      ...Array.from({ length: 20 }, async () => take(await aPerson(shop.db), typeId).then(({ kind }) => expect(kind).toBe("refused"))),
    ]);
    expect(await states()).toEqual([...Array(3).fill("offered"), ...Array(7).fill("waiting")]);
    const [first] = await shop.db
      .select({ token: ticketWaits.token, userId: ticketWaits.userId })
      .from(ticketWaits)
      .orderBy(ticketWaits.id);
    const owner = { kind: "member", userId: first?.userId ?? expect.fail() } as const;
    const got = await shop.app.transaction((tx) => shop.services.tickets.acceptOffer(tx, first?.token ?? "", owner, NO_ANSWERS));
    expect(got.kind).toBe("issued");
    expect(waiting).toHaveLength(10);
  });

  it("lets whoever ordered before it filled pay, takes nobody while there are places, and keeps a place for who joins twice", async () => {
    const typeId = await aType({ capacity: 1 });
    const ada = await aGuest(shop.db);
    const join = () =>
      shop.app.transaction((tx) =>
        shop.services.tickets.joinWaiting(tx, { kind: "guest", email: "B@example.org", name: "B" }, choose(typeId, 1)),
      );
    expect((await join()).kind).toBe("free");
    await put(ada, typeId, 1);
    const [first, again] = [await join(), await join()];
    expect(first).toEqual(again);
    expect((await place(ada)).kind).toBe("placed");
  });
});
