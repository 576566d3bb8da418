import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../../shared/infrastructure/zoned-time.ts";
import { bookings, roomClosures, roomSlots } from "../../../shared/models/bookings.ts";
import { calendarKeepers, calendarRooms, calendars, rooms } from "../../../shared/models/calendars.ts";

import type { CalendarId, RoomId, RoomSlotId, UserId } from "../../../shared/models/ids.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const site = await openTestApp("events");
const { db } = site;
afterAll(() => site.close());

const HOSTILE = "<script>alert(1)</script>";
type Cookies = Record<string, string>;
let [keeper, bilal, carys]: [Cookies, Cookies, Cookies] = [{}, {}, {}];
let keeperId: UserId;
let [free, asked, sold, priced]: RoomSlotId[] = [];
const DAY = addDays(new Date().toISOString().slice(0, 10), 10);
const WEEKDAY = ((new Date(`${DAY}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

beforeAll(async () => {
  const member = async (handle: string): Promise<[UserId, Cookies]> => {
    const id = await aMember(db, { handle, name: `${handle} ${HOSTILE}` });
    return [id, await signedIn(site, "events", id)];
  };
  [keeperId, keeper] = await member("ada");
  bilal = (await member("bilal"))[1];
  carys = (await member("carys"))[1];
  const row = { slug: "dairy", name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  const [calendar] = await db.insert(calendars).values(row).returning({ id: calendars.id });
  const calendarId: CalendarId = calendar?.id ?? expect.fail();
  await db.insert(calendarKeepers).values({ calendarId, userId: keeperId });
  const [hall] = await db.insert(rooms).values({ slug: "hall", name: "Hall", position: 1 }).returning({ id: rooms.id });
  const roomId: RoomId = hall?.id ?? expect.fail();
  await db.insert(rooms).values({ slug: "stage", name: "Stage", position: 2, withinId: roomId });
  await db.insert(calendarRooms).values({ calendarId, roomId });
  const slot = { calendarId, roomId, weekday: WEEKDAY, minutes: 60, zone: "Europe/London", firstOn: "2026-01-01", isForMembers: false };
  const made = await db
    .insert(roomSlots)
    .values([
      { ...slot, startsTime: "10:00" },
      { ...slot, startsTime: "12:00", isModerated: true, isForMembers: true },
      { ...slot, startsTime: "14:00", priceMinor: 1250 },
      { ...slot, startsTime: "16:00", priceMinor: 4000, isModerated: true, payHours: 24 },
    ])
    .returning({ id: roomSlots.id });
  [free, asked, sold, priced] = made.map(({ id }) => id);
}, 60_000);

const at = (slot: RoomSlotId | undefined, on = DAY) => `/rooms/hall/times/${slot}-${on}`;
const codeIn = (location: unknown) => /\/bookings\/([A-Za-z0-9_-]+)/.exec(String(location))?.[1] ?? expect.fail(String(location));

describe("the page of a room", () => {
  it("shows what is free with its price, and links to what can be taken", async () => {
    const page = await site.get(`/rooms/hall/times?from=${DAY}`);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("£12.50");
    expect(page.body).toContain(`href="${at(free)}"`);
    expect((await site.get("/rooms")).body).toContain("/rooms/hall/times");
    expect((await site.get("/rooms/hall")).body).toContain("Book this room");
    expect((await site.get("/rooms/stage/times")).body).toContain("It can’t be booked");
  });

  it.each(["2099-01-01", "1999-01-01", "no-day", "2026-02-31", "'; drop table rooms; --"])(
    "takes %j for no day of its own",
    async (from) => {
      expect((await site.get(`/rooms/hall/times?from=${encodeURIComponent(from)}`)).statusCode).toBe(200);
    },
  );

  it.each([
    "/rooms/cellar/times",
    `/rooms/cellar/times/1-${DAY}`,
    `/rooms/hall/times/999999-${DAY}`,
    `/rooms/hall/times/1-${addDays(DAY, 1)}`,
    "/rooms/hall/times/1-2026-02-31",
    "/rooms/hall/times/1-2199-01-01",
    `/rooms/stage/times/1-${DAY}`,
    "/rooms/hall/times/1-tomorrow",
    "/rooms/hall/times/-1-2026-12-01",
    "/bookings/AAAAAAAAAAAAAAAAAAAAAAAA",
    "/bookings/short",
  ])("has nothing at %s", async (path) => {
    expect((await site.get(path)).statusCode).toBe(404);
  });
});

describe("booking", () => {
  it("is by a form that says what is wrong, with what was typed as text", async () => {
    const wrong = await site.post(at(free), { purpose: "", name: HOSTILE, email: "nobody" });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain("Say what it is for");
    expect(wrong.body).toContain("no mail address");
    expect(wrong.body).not.toContain(HOSTILE);
    for (const weeks of ["0", "-1", "1e9", "two", "27", "NaN"])
      expect((await site.post(at(free), { purpose: "Tea", weeks }, { cookies: bilal })).statusCode).toBe(422);
  });

  it("leads a guest to a page of their own, tells who comes next why not, and lets nobody else see whose it is", async () => {
    const taken = await site.post(at(free), { purpose: `Tea ${HOSTILE}`, name: `Zoe ${HOSTILE}`, email: "zoe@example.org" });
    expect(taken.statusCode).toBe(303);
    const code = codeIn(taken.headers.location);
    const own = await site.get(`/bookings/${code}`);
    expect(own.body).toContain("Confirmed");
    expect(own.body).not.toContain(HOSTILE);
    const late = await site.post(at(free), { purpose: "Chess", weeks: "2" }, { cookies: bilal });
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain("Somebody has booked it");
    expect(late.body).not.toContain("Zoe");
    expect((await site.get(`/rooms/hall/times?from=${DAY}`, { cookies: keeper })).body).toContain("Zoe");
    const back = await site.post(`/bookings/${code}/return`, {});
    expect(back.statusCode).toBe(303);
    expect((await site.get(`/bookings/${code}`)).body).toContain("It is off");
  });

  it("for weeks says which are not free, and takes the others when asked to leave those out", async () => {
    await site.post(at(free, addDays(DAY, 7)), { purpose: "Tea", weeks: "1" }, { cookies: carys });
    const some = await site.post(at(free), { purpose: "Chess", weeks: "3" }, { cookies: bilal });
    expect(some.statusCode).toBe(409);
    expect(some.body).toContain("Not all of these weeks are free");
    const rest = await site.post(at(free), { purpose: "Chess", weeks: "3", leaveOut: "on" }, { cookies: bilal });
    expect(rest.statusCode).toBe(303);
    const page = await site.get(`/bookings/${codeIn(rest.headers.location)}`, { cookies: bilal });
    expect(page.body.match(/name="time"/g)).toHaveLength(2);
    expect((await site.get("/bookings", { cookies: bilal })).body).toContain("Chess");
    expect((await site.get("/bookings", { cookies: carys })).body).not.toContain("Chess");
    expect((await site.get("/bookings")).statusCode).toBe(401);
    expect((await site.get(`/bookings/${codeIn(rest.headers.location)}`, { cookies: carys })).statusCode).toBe(404);
  });

  it("of what costs something leads into the cart, and of what is for members to the sign-in", async () => {
    const put = await site.post(at(sold), { purpose: "Concert" });
    expect(put.statusCode).toBe(303);
    expect(put.headers.location).toContain("cart.");
    expect((await site.get(at(asked))).body).toContain("Sign in and book");
    expect((await site.post(at(asked), { purpose: "Tea", name: "Zoe", email: "z@example.org" })).statusCode).toBe(409);
  });
});

describe("whoever looks after a room", () => {
  it("approves or declines with a reason; both hear of it, and nobody else finds the desk", async () => {
    const made = await site.post(at(asked), { purpose: "Poems", weeks: "1" }, { cookies: bilal });
    const code = codeIn(made.headers.location);
    const [row] = await db.select().from(bookings).where(eq(bookings.code, code));
    const path = `/desk/bookings/${row?.id}/decision`;
    expect((await site.get("/desk/bookings", { cookies: bilal })).statusCode).toBe(404);
    expect((await site.post(path, { verdict: "confirmed" }, { cookies: bilal })).statusCode).toBe(404);
    expect((await site.post(path, { verdict: "confirmed" })).statusCode).toBe(401);
    const queue = await site.get("/desk/bookings", { cookies: keeper });
    expect(queue.body).toContain("Poems");
    expect(queue.body).not.toContain(HOSTILE);
    expect((await site.get("/desk", { cookies: keeper })).body).toContain("Rooms you look after (1)");
    expect((await site.post(path, { verdict: "declined", note: " " }, { cookies: keeper })).statusCode).toBe(422);
    expect((await site.post(path, { verdict: "maybe" }, { cookies: keeper })).statusCode).toBe(400);
    expect((await site.post(path, { verdict: "declined", note: `Oiled ${HOSTILE}` }, { cookies: keeper })).statusCode).toBe(303);
    const told = await site.get(`/bookings/${code}`, { cookies: bilal });
    expect(told.body).toContain("It was declined");
    expect(told.body).not.toContain(HOSTILE);
    const news = await site.services.bookings.findNews(row?.id ?? expect.fail());
    expect(news).toMatchObject({ holder: { userId: row?.userId }, keepers: [{ userId: keeperId }] });
  });

  it("approves what costs something, which is paid after that by who asked, and by nobody else", async () => {
    const form = await site.get(at(priced));
    expect(form.body).toContain("Ask for it");
    expect(form.body).toContain("pay within 24 hours");
    expect((await site.post(at(priced), { purpose: "Wedding" })).statusCode).toBe(422); // a guest says where they are written to
    const made = await site.post(at(priced), { purpose: "Wedding", weeks: "2" }, { cookies: bilal });
    const code = codeIn(made.headers.location);
    expect((await site.get(`/bookings/${code}`, { cookies: bilal })).body).toContain("When they say yes you pay £80.00");
    const [row] = await db.select().from(bookings).where(eq(bookings.code, code));
    expect((await site.get("/desk/bookings", { cookies: keeper })).body).toContain("£80.00, to be paid when you approve");
    const approved = await site.post(`/desk/bookings/${row?.id}/decision`, { verdict: "confirmed", note: "" }, { cookies: keeper });
    expect(String(approved.headers.location)).toContain("room-to-be-paid");
    const page = await site.get(`/bookings/${code}`, { cookies: bilal });
    expect(page.body).toContain("It is approved: pay for it and it is yours");
    expect(page.body).toContain(`action="/bookings/${code}/payment"`);
    expect((await site.get(`/bookings/${code}`, { cookies: keeper })).body).not.toContain("/payment");
    for (const cookies of [carys, {}]) expect((await site.post(`/bookings/${code}/payment`, {}, { cookies })).statusCode).toBe(404);
    expect((await site.post(`/bookings/${code}/payment`, {}, { cookies: bilal })).headers.location).toContain("cart.");
    await db
      .update(bookings)
      .set({ payUntil: new Date(0) })
      .where(eq(bookings.code, code));
    const late = await site.post(`/bookings/${code}/payment`, {}, { cookies: bilal });
    expect(String(late.headers.location)).toContain("room-late");
    expect((await site.get(`/bookings/${code}`, { cookies: bilal })).body).toContain("It was not paid for in time");
    expect((await site.get("/bookings", { cookies: bilal })).body).toContain("Not paid");
  });

  it("calls off one time of several, with a reason, from the page of the booking; the others stand", async () => {
    const made = await site.post(at(asked, addDays(DAY, 28)), { purpose: "Choir", weeks: "3" }, { cookies: bilal });
    const code = codeIn(made.headers.location);
    const [row] = await db.select().from(bookings).where(eq(bookings.code, code));
    const page = await site.get(`/bookings/${code}`, { cookies: keeper });
    const times = [...page.body.matchAll(/name="time" value="(\d+)"/g)].map(([, id]) => id ?? "");
    expect([times.length, page.body.match(/Call this time off/g)?.length]).toEqual([3, 3]);
    const off = (body: Record<string, string>, cookies: Cookies) =>
      site.post(`/desk/bookings/${row?.id}/calling-off`, { code, ...body }, { cookies });
    expect((await off({ time: times[1] ?? "", note: "Mine" }, bilal)).statusCode).toBe(404);
    expect((await off({ time: times[1] ?? "", note: " " }, keeper)).statusCode).toBe(422);
    const done = await off({ time: times[1] ?? "", note: `Painters ${HOSTILE}` }, keeper);
    expect(String(done.headers.location)).toMatch(new RegExp(`^/bookings/${code}\\?.*room-part-off`));
    expect(String((await off({ time: times[1] ?? "", note: "Again" }, keeper)).headers.location)).toContain("room-closed");
    const theirs = await site.get(`/bookings/${code}`, { cookies: bilal });
    expect([theirs.body.match(/<s>/g)?.length, theirs.body.includes("Painters"), theirs.body.includes(HOSTILE)]).toEqual([1, true, false]);
    expect(theirs.body).toContain("Give back");
  });

  it("offers times and closes the room by forms that say what is wrong", async () => {
    const slot = {
      calendarId: "1",
      weekday: "1",
      startsTime: "18:00",
      endsTime: "20:00",
      price: "5",
      vatClass: "standard",
      firstOn: DAY,
      refundHours: "",
      payHours: "24",
    };
    expect((await site.post("/desk/rooms/hall/slots/new", slot, { cookies: bilal })).statusCode).toBe(404);
    expect((await site.post("/desk/rooms/hall/slots/new", { ...slot, price: "free" }, { cookies: keeper })).statusCode).toBe(422);
    for (const payHours of ["0", "721", "x"])
      expect((await site.post("/desk/rooms/hall/slots/new", { ...slot, payHours }, { cookies: keeper })).statusCode).toBe(422);
    expect((await site.post("/desk/rooms/hall/slots/new", slot, { cookies: keeper })).statusCode).toBe(303);
    const closing = { reason: `Wet paint ${HOSTILE}`, startsAt: `${DAY}T00:00`, endsAt: "", isOpenEnded: "" };
    expect((await site.post("/desk/rooms/hall/closures", closing, { cookies: bilal })).statusCode).toBe(404);
    expect((await site.post("/desk/rooms/hall/closures", closing, { cookies: keeper })).statusCode).toBe(422);
    expect((await site.post("/desk/rooms/hall/closures", { ...closing, isOpenEnded: "on" }, { cookies: keeper })).statusCode).toBe(303);
    const page = await site.get(`/rooms/hall/times?from=${DAY}`);
    expect(page.body).toContain("Wet paint");
    expect(page.body).not.toContain(HOSTILE);
    const [closure] = await db.select({ id: roomClosures.id }).from(roomClosures);
    expect((await site.post(`/desk/rooms/hall/closures/${closure?.id}/lifting`, {}, { cookies: bilal })).statusCode).toBe(404);
    expect((await site.post(`/desk/rooms/hall/closures/${closure?.id}/lifting`, {}, { cookies: keeper })).statusCode).toBe(303);
    expect((await site.get(`/rooms/hall/times?from=${DAY}`)).body).not.toContain("Wet paint");
  });
});
