import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aGuest, aMerchant, aPerson } from "../../../tests/builders/payments.ts";
import type { Booker, BookingWish } from "../../contracts/bookings.ts";
import type { CartOwner } from "../../contracts/cart.ts";
import type { SlotDraft } from "../../contracts/room-desk.ts";
import { addDays } from "../../infrastructure/zoned-time.ts";
import { bookings, bookingTimes, roomSlots } from "../../models/bookings.ts";
import { calendarKeepers, calendarRooms, calendars, rooms } from "../../models/calendars.ts";
import { cartLines } from "../../models/cart.ts";
import { calendarEntries } from "../../models/events.ts";
import { apActivities } from "../../models/federation.ts";
import type { CalendarId, OrderId, RoomId, RoomSlotId, UserId } from "../../models/ids.ts";
import { occurrences, roomClaims } from "../../models/occurrences.ts";
import { relationFacts } from "../../models/relation-facts.ts";
import { reclaim } from "../calendars/keep-occurrences.ts";

const PATIENCE = { timeout: 120_000 };
let site: TestApp;
let calendarId: CalendarId;
let keeper: UserId;
let made = 0;
let [house, hall, stage, loft]: RoomId[] = [];
/** Ten days ahead. */
const DAY = addDays(new Date().toISOString().slice(0, 10), 10);
const WEEKDAY = ((new Date(`${DAY}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

beforeAll(async () => {
  site = await openTestApp("events", { env: { DATABASE_POOL: "10" } });
  await aMerchant(site.db);
  keeper = await aPerson(site.db, "Grace");
  const row = { slug: "dairy", name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  calendarId = (await site.db.insert(calendars).values(row).returning({ id: calendars.id }))[0]?.id ?? expect.fail();
  await site.db.insert(calendarKeepers).values({ calendarId, userId: keeper });
}, 60_000);
afterAll(() => site.close());
beforeEach(async () => {
  made += 1;
  house = await aRoom("house", null);
  hall = await aRoom("hall", house);
  stage = await aRoom("stage", hall);
  await aRoom("kitchen", hall);
  loft = await aRoom("loft", house);
  await site.db.insert(calendarRooms).values({ calendarId, roomId: house });
}, 60_000);

async function aRoom(name: string, withinId: RoomId | null): Promise<RoomId> {
  const [room] = await site.db
    .insert(rooms)
    .values({ slug: `${name}-${made}`, name: `${name} ${made}`, position: 1, withinId })
    .returning({ id: rooms.id });
  return room?.id ?? expect.fail();
}
async function aSlot(roomId: RoomId | undefined, more: Partial<typeof roomSlots.$inferInsert> = {}): Promise<RoomSlotId> {
  const slot = { weekday: WEEKDAY, startsTime: "18:00", minutes: 180, zone: "Europe/London", firstOn: "2026-01-01" };
  const [row] = await site.db
    .insert(roomSlots)
    .values({ ...slot, calendarId, roomId: roomId ?? expect.fail(), ...more })
    .returning({ id: roomSlots.id });
  return row?.id ?? expect.fail();
}
async function anEntry(roomId: RoomId | undefined, startTime = "19:00", more: Partial<typeof calendarEntries.$inferInsert> = {}) {
  const startsAt = new Date(`${DAY}T${startTime}:00Z`);
  const entry = { calendarId, slug: `choir-${made}-${Math.random().toString(36).slice(2)}`, title: "Choir", zone: "Europe/London" };
  const times = { startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000), status: "confirmed" as const, roomId };
  const [row] = await site.db
    .insert(calendarEntries)
    .values({ ...entry, ...times, organiserId: keeper, ...more })
    .returning({ id: calendarEntries.id });
  await site.app.transaction((tx) => reclaim(tx, [roomId ?? expect.fail()], new Date()));
  return row?.id ?? expect.fail();
}
const member = async () => aPerson(site.db);
async function wishOf(slotId: RoomSlotId, more: Partial<BookingWish> & { by?: UserId } = {}): Promise<BookingWish> {
  const userId = more.by ?? (await member());
  const booker: Booker = { kind: "member", userId };
  const owner: CartOwner = { kind: "member", userId };
  return { slotId, days: [DAY], purpose: "Choir practice", booker, owner, ...more };
}
const bookFor = (wish: BookingWish) => site.app.transaction((tx) => site.services.bookings.book(tx, wish));
const book = async (slotId: RoomSlotId, more: Partial<BookingWish> & { by?: UserId } = {}) => bookFor(await wishOf(slotId, more));
const codeOf = (result: Awaited<ReturnType<typeof bookFor>>) => ("code" in result ? result.code : expect.fail(JSON.stringify(result)));
const claims = async (code: string) => {
  const rows = await site.db
    .select({ roomId: roomClaims.roomId, expiresAt: roomClaims.expiresAt })
    .from(roomClaims)
    .innerJoin(bookingTimes, eq(bookingTimes.id, roomClaims.bookingTimeId))
    .innerJoin(bookings, eq(bookings.id, bookingTimes.bookingId))
    .where(eq(bookings.code, code));
  return rows;
};
const stateOf = async (code: string) =>
  (await site.db.select({ id: bookings.id, state: bookings.state }).from(bookings).where(eq(bookings.code, code)))[0] ?? expect.fail();
const lapse = () => site.db.update(cartLines).set({ heldUntil: sql`now() - interval '1 minute'` });
async function placed(owner: CartOwner): Promise<OrderId> {
  const shownTotalMinor = (await site.services.cart.getCart(owner)).totalMinor;
  const placing = { email: "g@example.org", name: "Zoe", shownTotalMinor, sellers: "all" as const, pickUps: [] };
  const result = await site.app.transaction((tx) => site.services.orders.placeFromCart(tx, owner, placing));
  return result.kind === "placed" ? result.orderId : expect.fail(JSON.stringify(result));
}
async function pay(orderId: OrderId): Promise<void> {
  const by = keeper;
  await site.app.transaction((tx) => site.services.payments.payByHand(tx, { orderId, kind: "cash", by, paidAt: new Date() }));
  await site.app.transaction((tx) => site.services.bookings.settleOrder(tx, orderId));
}
const timeAt = async (room: string, reader: UserId | null = null) => {
  await site.services.relations.holds({ relation: "events.room", values: [`room:${loft}`] }); // sees the rooms that were made just now
  const page = await site.services.bookings.getDays(`${room}-${made}`, DAY, { userId: reader });
  return page.days.find(({ on }) => on === DAY)?.times ?? [];
};
const told = async (type: string, objectType: string) =>
  site.db
    .select({ id: apActivities.objectId, details: apActivities.details })
    .from(apActivities)
    .where(and(eq(apActivities.type, type as "Create"), eq(apActivities.objectType, objectType)))
    .orderBy(apActivities.id);

describe("a room for a slot", PATIENCE, () => {
  it("is booked once, whoever comes at the same moment: 12 bookers, one booking, no partial claims", async () => {
    const slotId = await aSlot(hall);
    const wishes = await Promise.all(Array.from({ length: 12 }, () => wishOf(slotId)));
    const results = await Promise.all(wishes.map(bookFor));
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(["confirmed", ...Array.from({ length: 11 }, () => "taken")]);
    const won = results.find(({ kind }) => kind === "confirmed") ?? expect.fail();
    expect(await claims(codeOf(won))).toHaveLength(2);
    expect(await site.db.$count(bookings, eq(bookings.slotId, slotId))).toBe(1);
  });

  it("blocks what is inside it and what is around it, and leaves its neighbours free, also at the same moment", async () => {
    const [ofHall, ofStage, ofHouse, ofLoft] = [await aSlot(hall), await aSlot(stage), await aSlot(house), await aSlot(loft)];
    codeOf(await book(ofHall));
    expect((await book(ofStage)).kind).toBe("taken");
    expect((await book(ofHouse)).kind).toBe("taken");
    expect((await book(ofLoft)).kind).toBe("confirmed");
    const next = { days: [addDays(DAY, 7)] };
    const both = await Promise.all([book(ofHouse, next), book(ofStage, next), book(ofHouse, next), book(ofStage, next)]);
    expect(both.filter(({ kind }) => kind === "confirmed")).toHaveLength(1);
  });

  it("is for several weeks all or nothing", async () => {
    const slotId = await aSlot(hall);
    const days = [0, 7, 14].map((on) => addDays(DAY, on));
    codeOf(await book(slotId, { days: [addDays(DAY, 14)] }));
    expect((await book(slotId, { days })).kind).toBe("taken");
    const code = codeOf(await book(slotId, { days: days.slice(0, 2) }));
    expect(await claims(code)).toHaveLength(4);
  });

  it("keeps the hour of the wall clock when clocks change", async () => {
    const slotId = await aSlot(loft, { weekday: 1 });
    const times = await site.services.bookings.getWeeks(`loft-${made}`, { slotId, on: mondayAfter(DAY), weeks: 26 }, { userId: null });
    const hours = times.weeks.map(({ startsAt }) =>
      new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" }).format(startsAt),
    );
    expect(times.weeks.length).toBeGreaterThan(20);
    expect(new Set(hours)).toEqual(new Set(["18:00"]));
  });

  it("goes to members only where its slot says so, and to guests once", async () => {
    const guest: Booker = { kind: "guest", email: "zoe@example.org", name: "Zoe" };
    const owner = await aGuest(site.db);
    expect(await book(await aSlot(hall), { booker: guest, owner })).toMatchObject({ kind: "refused" });
    const open = await aSlot(loft, { isForMembers: false });
    expect(await book(open, { booker: guest, owner, days: [DAY, addDays(DAY, 7)] })).toMatchObject({ kind: "refused" });
    expect((await book(open, { booker: guest, owner })).kind).toBe("confirmed");
    const others = Array.from({ length: 10 }, (_, at) => ({ ...guest, email: `zoe-${at}@example.org` }));
    const results = [];
    for (const [at, booker] of others.entries())
      results.push((await book(open, { booker, owner, days: [addDays(DAY, 7 * (at + 1))] })).kind);
    expect(results).toEqual([...Array.from({ length: 9 }, () => "confirmed"), "refused"]);
  });

  it.each([
    ["a day on which it is not offered", () => [addDays(DAY, 1)]],
    ["no day", () => []],
    ["a day that is none", () => ["2026-02-31"]],
    ["words", () => ["'; drop table rooms"]],
    ["the same day twice", () => [DAY, DAY]],
    ["a day of long ago", () => ["2020-01-01"]],
    ["a day in years", () => ["2099-01-01"]],
    ["more weeks than there may be", () => Array.from({ length: 40 }, (_, at) => addDays(DAY, at * 7))],
  ])("is not booked for %s", async (_, days) => {
    const result = await book(await aSlot(hall), { days: days() });
    expect(["gone", "refused"]).toContain(result.kind);
    expect(await site.db.$count(roomClaims, eq(roomClaims.roomId, stage ?? expect.fail()))).toBe(0);
  });

  it("asks what it is for, and does not let one member have all rooms for nothing", async () => {
    const slotId = await aSlot(hall);
    expect((await book(slotId, { purpose: "" })).kind).toBe("wrong");
    expect((await book(slotId, { purpose: "x".repeat(301) })).kind).toBe("wrong");
    const by = await member();
    codeOf(await book(slotId, { by, days: Array.from({ length: 20 }, (_, at) => addDays(DAY, at * 7)) }));
    expect((await book(await aSlot(loft), { by })).kind).toBe("refused");
  });
});

describe("a room that costs something", PATIENCE, () => {
  it("is held in the cart with a visible end, is nobody else's meanwhile, and free when the hold lapses, without anybody sweeping", async () => {
    const slotId = await aSlot(hall, { priceMinor: 2400, isForMembers: false });
    const ada = await wishOf(slotId, { days: [DAY, addDays(DAY, 7)] });
    const code = codeOf(await bookFor(ada));
    const [line] = (await site.services.cart.getCart(ada.owner)).others;
    expect(line).toMatchObject({ kind: "room", title: `hall ${made}`, quantity: 1, totalMinor: 4800, trouble: "", most: 1 });
    expect(line?.heldUntil?.getTime()).toBeGreaterThan(Date.now());
    expect((await claims(code)).every(({ expiresAt }) => expiresAt !== null)).toBe(true);
    expect((await book(slotId)).kind).toBe("taken");
    expect((await timeAt("hall"))[0]?.state).toBe("taken");
    await lapse();
    expect((await timeAt("hall"))[0]?.state).toBe("free");
    const bilal = await wishOf(slotId);
    expect((await bookFor(bilal)).kind).toBe("in-cart");
    expect(await claims(code)).toEqual([]);
    expect((await site.services.cart.getCart(ada.owner)).others[0]?.trouble).toMatch(/Somebody else/);
    const refused = await site.app.transaction((tx) =>
      site.services.orders.placeFromCart(tx, ada.owner, {
        email: "a@example.org",
        name: "A",
        shownTotalMinor: 4800,
        sellers: "all",
        pickUps: [],
      }),
    );
    expect(refused.kind).toBe("not-had");
  });

  it("lets one of two have a lapsed hold that overlaps, in their rooms of different sizes, at the same moment", async () => {
    const [ofHall, ofStage] = [await aSlot(hall, { priceMinor: 100 }), await aSlot(stage, { priceMinor: 100 })];
    codeOf(await book(ofHall));
    await lapse();
    const wishes = await Promise.all([wishOf(ofHall), wishOf(ofStage), wishOf(ofHall), wishOf(ofStage)]);
    const results = await Promise.all(wishes.map(bookFor));
    expect(results.filter(({ kind }) => kind === "in-cart")).toHaveLength(1);
  });

  it("is confirmed once when its order is paid, also when the hold lapsed before, unless somebody has it", async () => {
    const slotId = await aSlot(hall, { priceMinor: 2501 });
    const ada = await wishOf(slotId, { days: [DAY, addDays(DAY, 7)] });
    const code = codeOf(await bookFor(ada));
    await lapse();
    const orderId = await placed(ada.owner);
    expect((await book(slotId)).kind).toBe("taken");
    await pay(orderId);
    await site.app.transaction((tx) => site.services.bookings.settleOrder(tx, orderId));
    expect((await stateOf(code)).state).toBe("confirmed");
    expect((await claims(code)).every(({ expiresAt }) => expiresAt === null)).toBe(true);
    expect(await claims(code)).toHaveLength(4);
    const view = await site.services.bookings.findBooking(code, ada.owner.kind === "member" ? ada.owner.userId : null);
    expect(view).toMatchObject({ isPaid: true, isHolder: true, times: [{ priceMinor: 2501 }, { priceMinor: 2501 }] });
    expect((await told("Create", "Booking")).filter(({ id }) => id === String(view?.id))).toHaveLength(1);
  });

  it("gives back what was paid for a time, in time, and all that is left when a keeper calls it off, with a reason", async () => {
    const slotId = await aSlot(hall, { priceMinor: 1000, refundHours: 24 });
    const ada = await wishOf(slotId, { days: [DAY, addDays(DAY, 7), addDays(DAY, 14)] });
    const code = codeOf(await bookFor(ada));
    const userId = ada.owner.kind === "member" ? ada.owner.userId : expect.fail();
    await pay(await placed(ada.owner));
    const view = (await site.services.bookings.findBooking(code, userId)) ?? expect.fail();
    const stranger = await member();
    const back = (reader: UserId, at: number) =>
      site.app.transaction((tx) => site.services.bookings.giveBack(tx, code, reader, view.times[at]?.id ?? expect.fail()));
    expect(await back(stranger, 0)).toBe("closed");
    expect(await back(userId, 0)).toBe("ended");
    expect(await back(userId, 0)).toBe("closed");
    expect((await book(slotId)).kind).toBe("in-cart");
    const refunds = () =>
      site.db.execute<{ amount: number }>(sql`
      select amount_minor as amount from refunds where request_key like ${`booking:${view.id}:%`} order by id`);
    expect((await refunds()).rows).toEqual([{ amount: 1000 }]);
    await site.db.update(roomSlots).set({ refundHours: 2000 }).where(eq(roomSlots.id, slotId));
    expect(await back(userId, 1)).toBe("closed");
    const off = (note: string, by = keeper) =>
      site.app.transaction((tx) => site.services.roomDesk.callOff(tx, by, { id: view.id, timeId: null, note }));
    expect(await off("")).toBe("no-reason");
    await expect(off("Mine", stranger)).rejects.toMatchObject({ code: "not-found" });
    expect(await off("Burst pipe")).toBe("ended");
    expect((await refunds()).rows).toEqual([{ amount: 1000 }, { amount: 2000 }]);
    expect(await stateOf(code)).toMatchObject({ state: "cancelled" });
    expect(await claims(code)).toEqual([]);
  });
});

describe("a room that is asked for", PATIENCE, () => {
  it("is kept while it waits, and a keeper decides once: approve, or decline with a reason", async () => {
    const slotId = await aSlot(hall, { isModerated: true });
    const code = codeOf(await book(slotId));
    expect((await stateOf(code)).state).toBe("requested");
    expect((await book(slotId)).kind).toBe("taken");
    const { id } = await stateOf(code);
    const decide = (verdict: "confirmed" | "declined", note = "", by = keeper) =>
      site.app.transaction((tx) => site.services.roomDesk.decide(tx, by, { id, verdict, note }));
    await expect(decide("confirmed", "", await member())).rejects.toMatchObject({ code: "not-found" });
    expect((await site.services.roomDesk.listQueue(keeper)).map(({ booking }) => booking.code)).toContain(code);
    expect(await site.services.roomDesk.listQueue(await member())).toEqual([]);
    expect(await decide("declined")).toBe("no-reason");
    expect(await decide("declined", "The floor is being oiled.")).toBe("declined");
    expect(await decide("confirmed")).toBe("settled");
    expect(await claims(code)).toEqual([]);
    const second = codeOf(await book(slotId));
    const two = await stateOf(second);
    const both = await Promise.all(
      (["confirmed", "declined"] as const).map((verdict) =>
        site.app.transaction((tx) => site.services.roomDesk.decide(tx, keeper, { id: two.id, verdict, note: "So." })),
      ),
    );
    expect(both).toContain("settled");
    expect(both.filter((one) => one === "confirmed" || one === "declined")).toHaveLength(1);
  });

  it("can be withdrawn by who asked, and by nobody else", async () => {
    const by = await member();
    const code = codeOf(await book(await aSlot(hall, { isModerated: true }), { by }));
    const back = (reader: UserId | null) => site.app.transaction((tx) => site.services.bookings.giveBack(tx, code, reader, null));
    expect(await site.services.bookings.findBooking(code, await member())).toBeNull();
    expect(await back(null)).toBe("closed");
    expect(await back(by)).toBe("ended");
    expect((await stateOf(code)).state).toBe("cancelled");
    expect(await claims(code)).toEqual([]);
    expect((await site.services.bookings.listOwn(by)).map((one) => one.state)).toEqual(["cancelled"]);
  });
});

describe("why a room is not free", PATIENCE, () => {
  it("is said of an entry, inside or around it, of a booking without its holder, and to its holder and keepers with more", async () => {
    await aSlot(hall);
    const ofStage = await aSlot(stage);
    await anEntry(house, "19:00");
    expect((await timeAt("hall"))[0]).toMatchObject({
      state: "taken",
      reasons: [{ kind: "entry", title: "Choir", where: "around", room: `house ${made}` }],
    });
    await site.db.update(calendarEntries).set({ status: "cancelled" });
    await site.app.transaction((tx) => reclaim(tx, [house ?? expect.fail()], new Date()));
    expect((await timeAt("hall"))[0]).toMatchObject({ state: "free", reasons: [] });
    const by = await member();
    codeOf(await book(ofStage, { by }));
    const forGuest = (await timeAt("hall"))[0];
    expect(forGuest).toMatchObject({ state: "taken", reasons: [{ kind: "booking", title: "", who: "", url: null, where: "inside" }] });
    expect((await timeAt("hall", by))[0]?.reasons[0]).toMatchObject({ kind: "own-booking", title: "Choir practice" });
    expect((await timeAt("hall", keeper))[0]?.reasons[0]).toMatchObject({ kind: "booking", title: "Choir practice", who: "Ada" });
  });

  it("names every reason, and lifting one frees exactly what no other reason holds", async () => {
    await aSlot(hall);
    const ofStage = await aSlot(stage);
    const ofLoft = await aSlot(loft);
    const close = (roomSlug: string, reason: string) =>
      site.app.transaction((tx) =>
        site.services.roomDesk.close(tx, keeper, {
          ...{ roomSlug: `${roomSlug}-${made}`, reason, isOpenEnded: true, endsAt: null },
          startsAt: new Date(`${DAY}T00:00:00Z`),
        }),
      );
    expect(await close("hall", "The floor is being oiled")).toMatchObject({ kind: "closed" });
    expect(await close("house", "No heating")).toMatchObject({ kind: "closed" });
    expect((await timeAt("stage", keeper))[0]?.reasons.map(({ title, where, who }) => [title, where, who]).toSorted()).toEqual([
      ["No heating", "around", "Grace"],
      ["The floor is being oiled", "around", "Grace"],
    ]);
    expect((await timeAt("stage"))[0]?.reasons.map(({ who }) => who)).toEqual(["", ""]);
    expect((await book(ofStage)).kind).toBe("taken");
    expect((await book(ofLoft)).kind).toBe("taken");
    const desk = await site.services.roomDesk.getDesk(keeper, `house-${made}`);
    const lift = (roomSlug: string, id = desk.closures[0]?.id ?? expect.fail()) =>
      site.app.transaction((tx) => site.services.roomDesk.lift(tx, keeper, { roomSlug: `${roomSlug}-${made}`, id }));
    expect(await lift("hall")).toBe(false);
    expect(await lift("house")).toBe(true);
    expect(await lift("house")).toBe(false);
    expect((await timeAt("stage"))[0]?.reasons.map(({ title }) => title)).toEqual(["The floor is being oiled"]);
    expect((await book(ofStage)).kind).toBe("taken");
    expect((await book(ofLoft)).kind).toBe("confirmed");
  });

  it("follows from what people state, and ends when they take that back", async () => {
    const slotId = await aSlot(hall);
    await aSlot(stage);
    const fact = { relation: "events.busy", arguments: [`room:${stage}`, `slot ${slotId} on ${DAY}`], assertedBy: `user:${keeper}` };
    await site.db.insert(relationFacts).values(fact);
    expect((await timeAt("hall"))[0]).toMatchObject({ state: "taken", reasons: [{ kind: "stated", where: "inside" }] });
    expect((await timeAt("stage"))[0]?.state).toBe("free"); // another slot: only what is said of it counts
    await site.db.delete(relationFacts).where(eq(relationFacts.relation, "events.busy"));
    expect((await timeAt("hall"))[0]?.state).toBe("free");
  });

  it("holds for who claims and who closes at the same moment: whoever is second gives way", async () => {
    const slotId = await aSlot(stage);
    const closing = site.app.transaction((tx) =>
      site.services.roomDesk.close(tx, keeper, {
        ...{ roomSlug: `hall-${made}`, reason: "Burst pipe", isOpenEnded: true, endsAt: null, startsAt: new Date() },
      }),
    );
    const [closed, booked] = await Promise.all([closing, book(slotId)]);
    expect(closed.kind).toBe("closed");
    const standing = closed.kind === "closed" ? closed.bookings : 0;
    expect(standing).toBe(booked.kind === "confirmed" ? 1 : 0);
  });
});

describe("entries and rooms", PATIENCE, () => {
  it("lose a room that is closed and get it back when it opens, and their organiser hears of both", async () => {
    const entryId = await anEntry(stage);
    const isUnplaced = async () =>
      (await site.db.select({ is: occurrences.isUnplaced }).from(occurrences).where(eq(occurrences.entryId, entryId)))[0]?.is;
    expect(await isUnplaced()).toBe(false);
    const closed = await site.app.transaction((tx) =>
      site.services.roomDesk.close(tx, keeper, {
        ...{ roomSlug: `hall-${made}`, reason: "Burst pipe", isOpenEnded: true, endsAt: null, startsAt: new Date() },
      }),
    );
    expect(closed).toEqual({ kind: "closed", unplaced: 1, bookings: 0 });
    expect(await isUnplaced()).toBe(true);
    const news = await site.services.bookings.findPlacing(entryId);
    expect(news).toMatchObject({ title: "Choir", people: [{ userId: keeper }] });
    expect(news?.unplaced).toHaveLength(1);
    const { closures } = await site.services.roomDesk.getDesk(keeper, `hall-${made}`);
    await site.app.transaction((tx) =>
      site.services.roomDesk.lift(tx, keeper, { roomSlug: `hall-${made}`, id: closures[0]?.id ?? expect.fail() }),
    );
    expect(await isUnplaced()).toBe(false);
    const types = await Promise.all(["Remove", "Add"].map((type) => told(type, "Placing")));
    expect(types.map((rows) => rows.filter(({ id }) => id === String(entryId)).length)).toEqual([1, 1]);
  });

  it("wait for a room that is booked, are told once, and have it when it is given back; of a lapsed hold they have it at once", async () => {
    const by = await member();
    const code = codeOf(await book(await aSlot(hall), { by }));
    const entryId = await anEntry(stage);
    const unplaced = async () => (await site.services.bookings.findPlacing(entryId))?.unplaced.length;
    expect(await unplaced()).toBe(1);
    await site.app.transaction((tx) => reclaim(tx, [stage ?? expect.fail()], new Date()));
    expect((await told("Remove", "Placing")).filter(({ id }) => id === String(entryId))).toHaveLength(1);
    await site.app.transaction((tx) => site.services.bookings.giveBack(tx, code, by, null));
    expect(await unplaced()).toBe(0);
    const held = codeOf(await book(await aSlot(loft, { priceMinor: 100 })));
    await lapse();
    const second = await anEntry(loft);
    expect((await site.services.bookings.findPlacing(second))?.unplaced).toEqual([]);
    expect(await claims(held)).toEqual([]);
  });

  it("keep their bookings when a room is divided", async () => {
    const code = codeOf(await book(await aSlot(loft)));
    const by = keeper;
    await site.app.transaction((tx) =>
      site.services.calendarSetup.createRoom(tx, { name: `nook ${made}`, description: "", capacity: null, withinId: loft ?? null, by }),
    );
    const [claim] = await claims(code);
    expect(claim?.roomId).not.toBe(loft);
    expect(await claims(code)).toHaveLength(1);
    const removed = await site.app.transaction((tx) => site.services.calendarSetup.removeRoom(tx, { id: loft ?? expect.fail(), by }));
    expect(removed.kind).toBe("in-use");
  });
});

describe("what is offered", PATIENCE, () => {
  const draft = (more: Partial<SlotDraft> = {}): SlotDraft => ({
    ...{ calendarId, weekday: WEEKDAY, startsTime: "22:00", endsTime: "01:00", priceMinor: 0, vatClass: "standard", isForMembers: true },
    ...{ isModerated: false, payHours: 48, refundHours: 24, firstOn: DAY, lastOn: null, isClosed: false, ...more },
  });
  const save = (by: UserId, saved: Partial<SlotDraft>, id: RoomSlotId | null = null, revision = 1) =>
    site.app.transaction((tx) => site.services.roomDesk.saveSlot(tx, by, { roomSlug: `hall-${made}`, id, revision, draft: draft(saved) }));

  it("is made and changed by whoever looks after the room, one after the other, and by nobody else", async () => {
    expect(await save(keeper, {})).toEqual({ kind: "saved" });
    await expect(save(await member(), {})).rejects.toMatchObject({ code: "not-found" });
    const desk = await site.services.roomDesk.getDesk(keeper, `hall-${made}`);
    const [slot] = desk.slots;
    expect(slot).toMatchObject({ startsTime: "22:00", endsTime: "01:00", revision: 1 });
    expect(await save(keeper, { startsTime: "20:00" }, slot?.id)).toEqual({ kind: "saved" });
    expect((await save(keeper, { startsTime: "21:00" }, slot?.id)).kind).toBe("conflict");
    expect(await save(keeper, { isClosed: true }, slot?.id, 2)).toEqual({ kind: "saved" });
    expect(await timeAt("hall")).toEqual([]);
  });

  it.each<[string, Partial<SlotDraft>]>([
    ["calendarId", { calendarId: 999_999 as CalendarId }],
    ["weekday", { weekday: 8 }],
    ["weekday", { weekday: Number.NaN }],
    ["startsTime", { startsTime: "25:00" }],
    ["endsTime", { endsTime: "half past" }],
    ["endsTime", { endsTime: "22:05" }],
    ["price", { priceMinor: -1 }],
    ["price", { priceMinor: Number.NaN }],
    ["payHours", { payHours: 0, priceMinor: 100, isModerated: true }],
    ["payHours", { payHours: 721 }],
    ["refundHours", { refundHours: 0.5 }],
    ["firstOn", { firstOn: "2026-02-31" }],
    ["lastOn", { lastOn: "2020-01-01" }],
  ])("is refused with what is wrong: %s in %o", async (field, wrong) => {
    const result = await save(keeper, wrong);
    expect(result.kind === "wrong" ? result.errors.map((error) => error.field) : result).toEqual([field]);
  });
});

function mondayAfter(on: string): string {
  return addDays(on, 8 - (((new Date(`${on}T00:00:00Z`).getUTCDay() + 6) % 7) + 1));
}
