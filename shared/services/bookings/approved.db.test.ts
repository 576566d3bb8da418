import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aGuest, aMerchant, aPerson } from "../../../tests/builders/payments.ts";
import type { BookResult } from "../../contracts/bookings.ts";
import type { CartOwner } from "../../contracts/cart.ts";
import { addDays } from "../../infrastructure/zoned-time.ts";
import { bookings, bookingTimes, roomSlots } from "../../models/bookings.ts";
import { calendarKeepers, calendarRooms, calendars, rooms } from "../../models/calendars.ts";
import { apActivities } from "../../models/federation.ts";
import type { BookingTimeId, CalendarId, OrderId, RoomId, RoomSlotId, UserId } from "../../models/ids.ts";
import { roomClaims } from "../../models/occurrences.ts";

/** Ten days ahead. */
const DAY = addDays(new Date().toISOString().slice(0, 10), 10);
const WEEKDAY = ((new Date(`${DAY}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
const PRICE = 2_501;
let site: TestApp;
let calendarId: CalendarId;
let keeper: UserId;
let roomId: RoomId;
let slotId: RoomSlotId;
let made = 0;

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
  const room = { slug: `hall-${made}`, name: `Hall ${made}`, position: 1 };
  roomId = (await site.db.insert(rooms).values(room).returning({ id: rooms.id }))[0]?.id ?? expect.fail();
  await site.db.insert(calendarRooms).values({ calendarId, roomId });
  const slot = { calendarId, roomId, weekday: WEEKDAY, startsTime: "18:00", minutes: 180, zone: "Europe/London", firstOn: "2026-01-01" };
  const [row] = await site.db
    .insert(roomSlots)
    .values({ ...slot, priceMinor: PRICE, payHours: 24, isModerated: true, isForMembers: false })
    .returning({ id: roomSlots.id });
  slotId = row?.id ?? expect.fail();
}, 60_000);

const inTx = <T>(work: Parameters<typeof site.app.transaction<T>>[0]) => site.app.transaction(work);
const cartOf = (userId: UserId): CartOwner => ({ kind: "member", userId });
const ask = (userId: UserId, days: readonly string[] = [DAY]): Promise<BookResult> =>
  inTx((tx) =>
    site.services.bookings.book(tx, { slotId, days, purpose: "Concert", booker: { kind: "member", userId }, owner: cartOf(userId) }),
  );
async function asked(userId: UserId, days?: readonly string[]): Promise<string> {
  const result = await ask(userId, days);
  return result.kind === "requested" ? result.code : expect.fail(JSON.stringify(result));
}
const rowOf = async (code: string) => (await site.db.select().from(bookings).where(eq(bookings.code, code)))[0] ?? expect.fail();
const decide = async (code: string, verdict: "confirmed" | "declined" = "confirmed", note = "") => {
  const { id } = await rowOf(code);
  return inTx((tx) => site.services.roomDesk.decide(tx, keeper, { id, verdict, note }));
};
const pay = (code: string, reader: UserId | null, owner: CartOwner) => inTx((tx) => site.services.bookings.pay(tx, code, reader, owner));
async function order(owner: CartOwner): Promise<OrderId> {
  const shownTotalMinor = (await site.services.cart.getCart(owner)).totalMinor;
  const placing = { email: "g@example.org", name: "Zoe", shownTotalMinor, sellers: "all" as const, pickUps: [] };
  const result = await inTx((tx) => site.services.orders.placeFromCart(tx, owner, placing));
  return result.kind === "placed" ? result.orderId : expect.fail(JSON.stringify(result));
}
async function receive(orderId: OrderId): Promise<void> {
  await inTx((tx) => site.services.payments.payByHand(tx, { orderId, kind: "cash", by: keeper, paidAt: new Date() }));
  await settle(orderId);
}
const settle = (orderId: OrderId) => inTx((tx) => site.services.bookings.settleOrder(tx, orderId));
const lapse = (code: string) => site.db.update(bookings).set({ payUntil: sql`now() - interval '1 second'` }).where(eq(bookings.code, code));
const claims = async (code: string) =>
  (
    await site.db
      .select({ id: roomClaims.id })
      .from(roomClaims)
      .innerJoin(bookingTimes, eq(bookingTimes.id, roomClaims.bookingTimeId))
      .innerJoin(bookings, eq(bookings.id, bookingTimes.bookingId))
      .where(eq(bookings.code, code))
  ).length;
const refunds = async (orderId: OrderId) =>
  (
    await site.db.execute<{ amount: number }>(sql`select amount_minor as amount from refunds where order_id = ${orderId} order by id`)
  ).rows.map(({ amount }) => amount);
const told = async (code: string) =>
  (
    await site.db
      .select({ type: apActivities.type })
      .from(apActivities)
      .where(and(eq(apActivities.objectType, "Booking"), eq(apActivities.objectId, String((await rowOf(code)).id))))
      .orderBy(apActivities.id)
  ).map(({ type }) => type);

describe("a room that costs something and needs somebody's yes", { timeout: 120_000 }, () => {
  it("is asked for without money, approved, paid in time and theirs, and nobody else's at any moment of that", async () => {
    const ada = await aPerson(site.db, "Ada");
    const code = await asked(ada);
    expect((await ask(await aPerson(site.db))).kind).toBe("taken");
    expect(await pay(code, ada, cartOf(ada))).toEqual({ kind: "closed" }); // nobody said yes
    expect(await decide(code)).toBe("approved");
    expect(await decide(code)).toBe("settled");
    expect((await ask(await aPerson(site.db))).kind).toBe("taken");
    const view = (await site.services.bookings.findBooking(code, ada)) ?? expect.fail();
    expect(view).toMatchObject({ state: "approved", isLive: true, dueMinor: PRICE, isPaid: false, isOrdered: false });
    expect(Math.abs((view.payUntil?.getTime() ?? 0) - Date.now() - 86_400_000)).toBeLessThan(120_000);
    expect(await pay(code, ada, cartOf(ada))).toEqual({ kind: "in-cart" });
    expect(await pay(code, ada, cartOf(ada))).toEqual({ kind: "in-cart" }); // once more: it is one line still
    expect((await site.services.cart.getCart(cartOf(ada))).totalMinor).toBe(PRICE);
    const orderId = await order(cartOf(ada));
    expect(await site.services.bookings.findBooking(code, ada)).toMatchObject({ isOrdered: true });
    expect(await pay(code, ada, cartOf(ada))).toEqual({ kind: "closed" });
    await receive(orderId);
    await settle(orderId);
    expect(await site.services.bookings.findBooking(code, ada)).toMatchObject({
      ...{ state: "confirmed", isPaid: true, isHolder: true, dueMinor: 0 },
      times: [{ priceMinor: PRICE }],
    });
    expect(await told(code)).toEqual(["Offer", "Accept", "Create"]);
    expect(await claims(code)).toBe(1);
  });

  it("costs what it cost when it was asked for, whatever its slot says by then", async () => {
    const ada = await aPerson(site.db);
    const code = await asked(ada, [DAY, addDays(DAY, 7)]);
    await site.db.update(roomSlots).set({ priceMinor: 9_999, isClosed: true }).where(eq(roomSlots.id, slotId));
    await decide(code);
    await pay(code, ada, cartOf(ada));
    expect((await site.services.cart.getCart(cartOf(ada))).totalMinor).toBe(2 * PRICE);
    const free = await aPerson(site.db);
    await site.db.update(roomSlots).set({ priceMinor: 0, isClosed: false }).where(eq(roomSlots.id, slotId));
    const other = await inTx((tx) =>
      site.services.bookings.book(tx, {
        ...{ slotId, days: [addDays(DAY, 14)], purpose: "Tea", owner: cartOf(free) },
        booker: { kind: "member", userId: free },
      }),
    );
    await site.db.update(roomSlots).set({ priceMinor: 5_000 }).where(eq(roomSlots.id, slotId));
    expect(await decide("code" in other ? other.code : expect.fail())).toBe("confirmed"); // it was asked for at no charge
  });

  it("lapses by itself: others have it from that moment, it is told once, and can't be paid for any more", async () => {
    const [ada, bilal] = [await aPerson(site.db), await aPerson(site.db)];
    const code = await asked(ada);
    await decide(code);
    await pay(code, ada, cartOf(ada));
    await lapse(code);
    expect(JSON.stringify(await site.services.cart.getCart(cartOf(ada)))).toContain("not paid for in time");
    expect(await pay(code, ada, cartOf(ada))).toEqual({ kind: "late" });
    expect((await ask(bilal)).kind).toBe("requested"); // before anybody swept
    expect(await claims(code)).toBe(0);
    await inTx((tx) => site.services.bookings.endUnpaid(tx));
    await inTx((tx) => site.services.bookings.endUnpaid(tx));
    expect((await rowOf(code)).state).toBe("cancelled");
    expect(await told(code)).toEqual(["Offer", "Accept", "Delete"]);
    expect(await pay(code, ada, cartOf(ada))).toEqual({ kind: "closed" });
  });

  it("stays theirs while its order waits for the money, and what is paid for nothing goes back whole", async () => {
    const [ada, bilal] = [await aPerson(site.db), await aPerson(site.db)];
    const code = await asked(ada);
    await decide(code);
    await pay(code, ada, cartOf(ada));
    const orderId = await order(cartOf(ada));
    await lapse(code);
    await inTx((tx) => site.services.bookings.endUnpaid(tx));
    expect((await rowOf(code)).state).toBe("approved");
    expect((await ask(bilal)).kind).toBe("taken");
    const { id } = await rowOf(code);
    expect(await inTx((tx) => site.services.roomDesk.callOff(tx, keeper, { id, timeId: null, note: "No" }))).toBe("closed");
    expect(await inTx((tx) => site.services.bookings.giveBack(tx, code, ada, null))).toBe("closed");
    await site.db.execute(sql`update bookings set state = 'cancelled' where id = ${id}`); // as if it had ended at the same moment
    await receive(orderId);
    expect(await refunds(orderId)).toEqual([PRICE]);
    await settle(orderId);
    expect(await refunds(orderId)).toEqual([PRICE]);
  });

  it("is paid for once where two pay for it, and the second gets the money back", async () => {
    const guest = await aGuest(site.db);
    const wish = { slotId, days: [DAY], purpose: "Wedding", owner: guest };
    const booker = { kind: "guest", email: "zoe@example.org", name: "Zoe" } as const;
    const result = await inTx((tx) => site.services.bookings.book(tx, { ...wish, booker }));
    const code = result.kind === "requested" ? result.code : expect.fail(JSON.stringify(result));
    await decide(code);
    const other = await aGuest(site.db);
    expect(await pay(code, null, guest)).toEqual({ kind: "in-cart" }); // a guest's opens to whoever knows its address
    expect(await pay(code, null, other)).toEqual({ kind: "in-cart" });
    const [one, two] = [await order(guest), await order(other)];
    await receive(two);
    await receive(one);
    expect([await refunds(two), await refunds(one)]).toEqual([[], [PRICE]]);
    expect(await rowOf(code)).toMatchObject({ state: "confirmed", email: "zoe@example.org", holderName: "Zoe" });
  });

  it("is nobody else's to pay for, and counts among what one may have without having paid", async () => {
    const [ada, mallory] = [await aPerson(site.db), await aPerson(site.db)];
    const code = await asked(ada);
    await decide(code);
    expect(await pay(code, mallory, cartOf(mallory))).toEqual({ kind: "closed" });
    expect(await pay(code, null, cartOf(mallory))).toEqual({ kind: "closed" });
    const weeks = (from: number, count: number) => Array.from({ length: count }, (_, at) => addDays(DAY, (from + at) * 7));
    await asked(ada, weeks(1, 19));
    expect(await ask(ada, weeks(20, 1))).toMatchObject({ kind: "refused" });
  });

  it("is called off at single times before it is paid, and costs what is left", async () => {
    const ada = await aPerson(site.db);
    const code = await asked(ada, [DAY, addDays(DAY, 7), addDays(DAY, 14)]);
    await decide(code);
    const { id } = await rowOf(code);
    const times = (await site.services.bookings.findBooking(code, ada))?.times ?? [];
    const timeId = (at: number): BookingTimeId => times[at]?.id ?? expect.fail();
    expect(await inTx((tx) => site.services.roomDesk.callOff(tx, keeper, { id, timeId: timeId(1), note: "Choir" }))).toBe("ended");
    expect(await inTx((tx) => site.services.bookings.giveBack(tx, code, ada, timeId(2)))).toBe("ended");
    expect(await site.services.bookings.findBooking(code, ada)).toMatchObject({ state: "approved", dueMinor: PRICE });
    await pay(code, ada, cartOf(ada));
    expect((await site.services.cart.getCart(cartOf(ada))).totalMinor).toBe(PRICE);
    await receive(await order(cartOf(ada)));
    expect((await site.services.bookings.findBooking(code, ada))?.times.map(({ priceMinor }) => priceMinor)).toEqual([PRICE, 0, 0]);
  });

  it("sells no time that began before anybody said yes", async () => {
    const ada = await aPerson(site.db);
    const code = await asked(ada, [DAY, addDays(DAY, 7)]);
    const { id } = await rowOf(code);
    const past = sql`starts_at = starts_at - interval '11 days', ends_at = ends_at - interval '11 days'`;
    await site.db.execute(
      sql`update booking_times set ${past} where booking_id = ${id} and starts_at < ${`${addDays(DAY, 3)}T00:00Z`}::timestamptz`,
    );
    expect(await decide(code)).toBe("approved");
    expect(await site.services.bookings.findBooking(code, ada)).toMatchObject({ dueMinor: PRICE });
    const late = await asked(await aPerson(site.db), [DAY]);
    await site.db.execute(sql`update booking_times set ${past} where booking_id = ${(await rowOf(late)).id}`);
    expect(await decide(late)).toBe("settled");
  });

  it("is decided once, also when two decide at the same moment, and paid or lapsed, never both", async () => {
    const ada = await aPerson(site.db);
    const code = await asked(ada);
    const both = await Promise.all([decide(code), decide(code, "declined", "No")]);
    expect(both.filter((one) => one === "settled")).toHaveLength(1);
    if (both.includes("declined")) return;
    await pay(code, ada, cartOf(ada));
    const [orderId] = await Promise.all([order(cartOf(ada)), inTx((tx) => site.services.bookings.endUnpaid(tx))]);
    await lapse(code);
    await Promise.all([receive(orderId), inTx((tx) => site.services.bookings.endUnpaid(tx))]);
    expect((await rowOf(code)).state).toBe("confirmed");
    expect(await refunds(orderId)).toEqual([]);
  });
});
