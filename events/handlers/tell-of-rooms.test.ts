import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Booker } from "../../shared/contracts/bookings.ts";
import { addDays } from "../../shared/infrastructure/zoned-time.ts";
import { bookings, roomSlots } from "../../shared/models/bookings.ts";
import { calendarKeepers, calendarRooms, calendars, rooms } from "../../shared/models/calendars.ts";
import { calendarEntries } from "../../shared/models/events.ts";
import { apActivities, notifications } from "../../shared/models/federation.ts";
import { userEmails } from "../../shared/models/identity.ts";
import type { BookingId, RoomSlotId, UserId } from "../../shared/models/ids.ts";
import { openTestApp } from "../../tests/app.ts";
import { aMember } from "../../tests/builders/publication.ts";

interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
}

const PATIENCE = { timeout: 30_000 };
const mailbox = mkdtempSync(join(tmpdir(), "rose-ash-mail-"));
const events = await openTestApp("events", { env: { DEPLOYMENT: "development", MAIL_URL: `file:${mailbox}` } });
const { app, db, services } = events;
for (const begin of app.whenServing) begin();
afterAll(() => events.close());

const HOSTILE = "<script>alert(1)</script>\r\nBcc: all@x.example";
const DAY = addDays(new Date().toISOString().slice(0, 10), 10);
const WEEKDAY = ((new Date(`${DAY}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
let [ada, bilal]: UserId[] = [];
let slotId: RoomSlotId;
let roomId: (typeof roomSlots.$inferInsert)["roomId"];
let calendarId: (typeof roomSlots.$inferInsert)["calendarId"];

beforeAll(async () => {
  ada = await aMember(db, { handle: "ada", name: "Ada" });
  bilal = await aMember(db, { handle: "bilal", name: "Bilal" });
  await db.insert(userEmails).values([
    { userId: ada, email: "ada@example.org", isPrimary: true },
    { userId: bilal, email: "bilal@example.org", isPrimary: true },
  ]);
  const row = { slug: "dairy", name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  calendarId = (await db.insert(calendars).values(row).returning({ id: calendars.id }))[0]?.id ?? expect.fail();
  roomId = (await db.insert(rooms).values({ slug: "hall", name: "Hall", position: 1 }).returning({ id: rooms.id }))[0]?.id ?? expect.fail();
  await db.insert(calendarKeepers).values({ calendarId, userId: ada });
  await db.insert(calendarRooms).values({ calendarId, roomId });
  const slot = { calendarId, roomId, weekday: WEEKDAY, startsTime: "18:00", minutes: 60, zone: "Europe/London", firstOn: "2026-01-01" };
  const [made] = await db
    .insert(roomSlots)
    .values({ ...slot, isModerated: true, isForMembers: false })
    .returning({ id: roomSlots.id });
  slotId = made?.id ?? expect.fail();
}, 60_000);

const mails = () =>
  readdirSync(mailbox)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file): Mail => JSON.parse(readFileSync(join(mailbox, file), "utf8")));
const mailTo = (to: string, subject: RegExp) =>
  vi.waitFor(() => mails().find((mail) => mail.to === to && subject.test(mail.subject)) ?? expect.fail(`no such mail to ${to}`), PATIENCE);
const noticeOf = (userId: UserId | undefined, type: "Offer" | "Accept" | "Reject" | "Remove" | "Add") =>
  vi.waitFor(async () => {
    const rows = await db
      .select({ type: apActivities.type })
      .from(notifications)
      .innerJoin(apActivities, eq(apActivities.id, notifications.activityId))
      .where(eq(notifications.userId, userId ?? expect.fail()));
    expect(rows.map((row) => row.type)).toContain(type);
  }, PATIENCE);
async function book(booker: Booker, on = DAY): Promise<{ id: BookingId; code: string }> {
  const owner = { kind: "member", userId: bilal ?? expect.fail() } as const;
  const wish = { slotId, days: [on], purpose: `Tea ${HOSTILE}`, booker, owner };
  const result = await app.transaction((tx) => services.bookings.book(tx, wish));
  const code = "code" in result ? result.code : expect.fail(JSON.stringify(result));
  const [row] = await db.select({ id: bookings.id }).from(bookings).where(eq(bookings.code, code));
  return { id: row?.id ?? expect.fail(), code };
}
const decide = (id: BookingId, verdict: "confirmed" | "declined", note: string) =>
  app.transaction((tx) => services.roomDesk.decide(tx, ada ?? expect.fail(), { id, verdict, note }));

describe("who asks for a room and who looks after it", { timeout: 90_000 }, () => {
  it("hear by notice and mail of asking and of the decision, each once, with the reason as text", async () => {
    const { id, code } = await book({ kind: "member", userId: bilal ?? expect.fail() });
    await noticeOf(ada, "Offer");
    await mailTo("ada@example.org", /^Somebody asks for a room: Hall$/);
    expect((await mailTo("bilal@example.org", /^You asked for a room: Hall$/)).text).toContain(`/bookings/${code}`);
    expect(await decide(id, "declined", `Oiled ${HOSTILE}`)).toBe("declined");
    await noticeOf(bilal, "Reject");
    const told = await mailTo("bilal@example.org", /^You can’t have the room: Hall$/);
    expect(told.text).toContain("Oiled");
    expect(told.text).not.toMatch(/^Bcc:/m);
    expect(told.html).not.toContain("<script>");
    const next = await book({ kind: "member", userId: bilal ?? expect.fail() });
    await decide(next.id, "confirmed", "");
    await noticeOf(bilal, "Accept");
    await mailTo("bilal@example.org", /^The room is yours: Hall$/);
    expect(mails().filter(({ to, subject }) => to === "ada@example.org" && /yours|can’t/.test(subject))).toEqual([]);
    expect(new Set(mails().map(({ messageId }) => messageId)).size).toBe(mails().length);
  });

  it("hear what is to be paid once it is approved, by when, and that it was not paid for in time", async () => {
    await db.update(roomSlots).set({ priceMinor: 4_000, payHours: 24 }).where(eq(roomSlots.id, slotId));
    const on = addDays(DAY, 14);
    const { id, code } = await book({ kind: "member", userId: bilal ?? expect.fail() }, on);
    expect((await mailTo("bilal@example.org", /^You asked for a room: Hall$/)).text).toContain("Whoever looks after it decides");
    expect(await decide(id, "confirmed", "Mind the floor")).toBe("approved");
    const asked = await mailTo("bilal@example.org", /^It is approved, please pay for the room: Hall$/);
    expect(asked.text).toMatch(/Pay for it on its page until \w+ \d+ \w+/);
    expect(asked.text).toContain(`/bookings/${code}`);
    await db
      .update(bookings)
      .set({ payUntil: new Date(Date.now() - 1_000) })
      .where(eq(bookings.id, id));
    await app.transaction((tx) => services.bookings.endUnpaid(tx));
    await app.transaction((tx) => services.bookings.endUnpaid(tx));
    await mailTo("bilal@example.org", /^The room is not kept any more: Hall$/);
    await mailTo("ada@example.org", /^A room was not paid for: Hall$/);
    expect(mails().filter(({ subject }) => /not kept|not paid/.test(subject))).toHaveLength(2);
    await db.update(roomSlots).set({ priceMinor: 0 }).where(eq(roomSlots.id, slotId));
  });

  it("hear of it as guests by mail, under an address of their own", async () => {
    const { id, code } = await book({ kind: "guest", email: "zoe@example.org", name: `Zoe ${HOSTILE}` }, addDays(DAY, 7));
    await decide(id, "confirmed", "");
    const told = await mailTo("zoe@example.org", /^The room is yours: Hall$/);
    expect(told.text).toContain(`/bookings/${code}`);
    expect(told.text).not.toMatch(/^Bcc:/m);
  });
});

it("tells whoever organises an entry that its room is closed, and that it has it again", { timeout: 90_000 }, async () => {
  const startsAt = new Date(`${addDays(DAY, 1)}T12:00:00Z`);
  const entry = { calendarId, roomId, slug: "choir", title: `Choir ${HOSTILE}`, zone: "Europe/London", status: "confirmed" as const };
  await db.insert(calendarEntries).values({ ...entry, startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000), organiserId: bilal });
  const details = { name: "Hall", description: "", capacity: null, withinId: null };
  await app.transaction((tx) => services.calendarSetup.saveRoom(tx, { id: roomId, details, by: ada ?? expect.fail() })); // all that have it claim it
  const closing = { roomSlug: "hall", reason: "Burst pipe", isOpenEnded: true, endsAt: null, startsAt };
  await app.transaction((tx) => services.roomDesk.close(tx, ada ?? expect.fail(), closing));
  await noticeOf(bilal, "Remove");
  const lost = await mailTo("bilal@example.org", /^No room: Choir/);
  expect(lost.subject).not.toMatch(/[\r\n]/);
  expect(lost.text).toContain("Hall is taken or closed");
  const { closures } = await services.roomDesk.getDesk(ada ?? expect.fail(), "hall");
  const id = closures[0]?.id ?? expect.fail();
  await app.transaction((tx) => services.roomDesk.lift(tx, ada ?? expect.fail(), { roomSlug: "hall", id }));
  await noticeOf(bilal, "Add");
  await mailTo("bilal@example.org", /^It has its room again: Choir/);
});
