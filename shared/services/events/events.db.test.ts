import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newDatabase } from "../../../tests/database.ts";
import { openDb } from "../../infrastructure/db.ts";
import { calendars } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import { users } from "../../models/identity.ts";
import type { CalendarId, UserId } from "../../models/ids.ts";
import { tickets, ticketTypes } from "../../models/tickets.ts";
import { makeEventsService } from "./index.ts";

const db = openDb(await newDatabase());
afterAll(() => db.close());

let now = new Date("2026-11-18T12:00:00Z");
const events = makeEventsService({
  db,
  clock: { now: () => now },
  publicUrl: (app, path) => `https://${app}.example${path}`,
  timeZone: "Europe/London",
  locale: "en-GB",
});

let kitchen: CalendarId;
let ada: UserId;

beforeAll(async () => {
  kitchen = await aCalendar("kitchen", "Europe/London");
  const [user] = await db.insert(users).values({ handle: "ada", name: "Ada" }).returning({ id: users.id });
  if (user) ada = user.id;
});
beforeEach(async () => {
  now = new Date("2026-11-18T12:00:00Z");
  await db.delete(tickets);
  await db.delete(calendarEntries);
});

async function aCalendar(slug: string, zone: string): Promise<CalendarId> {
  const row = { slug, name: `The ${slug}`, colour: "leaf" as const, zone, position: 1 };
  const [calendar] = await db.insert(calendars).values(row).returning({ id: calendars.id });
  if (!calendar) throw new Error("no calendar");
  return calendar.id;
}

type Entry = typeof calendarEntries.$inferInsert;
async function anEntry(entry: Pick<Entry, "slug" | "startsAt" | "endsAt"> & Partial<Entry>) {
  const whole = { calendarId: kitchen, title: `On ${entry.slug}`, zone: "Europe/London", status: "confirmed" as const, ...entry };
  const [made] = await db.insert(calendarEntries).values(whole).returning({ id: calendarEntries.id });
  if (!made) throw new Error("no entry");
  return made.id;
}

/** day -> slugs of its entries, for the days that have any. */
async function daysOf(calendar: string | null, month: string): Promise<Record<string, string[]>> {
  const page = await events.getMonth(calendar, month);
  const days = page.weeks.flat().filter(({ entries }) => entries.length > 0);
  return Object.fromEntries(days.map(({ on, entries }) => [on, entries.map(({ slug }) => slug)]));
}

describe("a month", () => {
  it("shows an entry over several days on each of them, and one that ends at midnight not on the next", async () => {
    await anEntry({ slug: "camp", startsAt: new Date("2026-11-06T18:00:00Z"), endsAt: new Date("2026-11-08T14:00:00Z") });
    await anEntry({ slug: "late-bake", startsAt: new Date("2026-11-10T20:00:00Z"), endsAt: new Date("2026-11-11T00:00:00Z") });
    expect(await daysOf("kitchen", "2026-11")).toEqual({
      "2026-11-06": ["camp"],
      "2026-11-07": ["camp"],
      "2026-11-08": ["camp"],
      "2026-11-10": ["late-bake"],
    });
  });

  it("keeps days of the calendar's zone on both changes of the clock", async () => {
    await anEntry({ slug: "spring-night", startsAt: new Date("2026-03-29T22:30:00Z"), endsAt: new Date("2026-03-29T23:00:00Z") });
    await anEntry({ slug: "spring-morning", startsAt: new Date("2026-03-29T23:00:00Z"), endsAt: new Date("2026-03-30T00:00:00Z") });
    await anEntry({ slug: "autumn-night", startsAt: new Date("2026-10-25T23:30:00Z"), endsAt: new Date("2026-10-26T00:00:00Z") });
    await anEntry({ slug: "autumn-dawn", startsAt: new Date("2026-10-24T23:00:00Z"), endsAt: new Date("2026-10-25T00:00:00Z") });
    expect(await daysOf("kitchen", "2026-03")).toEqual({ "2026-03-29": ["spring-night"], "2026-03-30": ["spring-morning"] });
    expect(await daysOf("kitchen", "2026-10")).toEqual({ "2026-10-25": ["autumn-dawn", "autumn-night"] });
  });

  it("ends an all-day entry before its exclusive end, on days of 23 and of 25 hours", async () => {
    const allDay = { isAllDay: true };
    await anEntry({ slug: "spring", ...allDay, startsAt: new Date("2026-03-29T00:00:00Z"), endsAt: new Date("2026-03-29T23:00:00Z") });
    await anEntry({ slug: "autumn", ...allDay, startsAt: new Date("2026-10-24T23:00:00Z"), endsAt: new Date("2026-10-26T00:00:00Z") });
    expect(await daysOf("kitchen", "2026-03")).toEqual({ "2026-03-29": ["spring"] });
    expect(await daysOf("kitchen", "2026-10")).toEqual({ "2026-10-25": ["autumn"] });
  });

  it("keeps an all-day entry of another zone on the day it was meant for, and puts it first", async () => {
    await anEntry({
      slug: "fair-in-auckland",
      zone: "Pacific/Auckland",
      isAllDay: true,
      startsAt: new Date("2026-11-13T11:00:00Z"),
      endsAt: new Date("2026-11-14T11:00:00Z"),
    });
    await anEntry({ slug: "early", startsAt: new Date("2026-11-14T05:00:00Z"), endsAt: new Date("2026-11-14T06:00:00Z") });
    expect(await daysOf(null, "2026-11")).toEqual({ "2026-11-14": ["fair-in-auckland", "early"] });
  });

  it("puts timed entries on the days of a calendar far away", async () => {
    const calendarId = await aCalendar("harvest", "Pacific/Auckland");
    await anEntry({ slug: "picking", calendarId, startsAt: new Date("2026-11-30T11:30:00Z"), endsAt: new Date("2026-11-30T12:00:00Z") });
    expect(await daysOf("harvest", "2026-12")).toEqual({ "2026-12-01": ["picking"] });
    expect(await daysOf("kitchen", "2026-12")).toEqual({});
    expect(await daysOf(null, "2026-12")).toEqual({ "2026-11-30": ["picking"] });
  });

  it("hides what is only proposed and shows what was cancelled as cancelled", async () => {
    const at = { startsAt: new Date("2026-11-20T10:00:00Z"), endsAt: new Date("2026-11-20T11:00:00Z") };
    await anEntry({ slug: "proposed", status: "proposed", ...at });
    await anEntry({ slug: "off", status: "cancelled", ...at });
    const page = await events.getMonth(null, "2026-11");
    expect(page.weeks.flat().flatMap(({ entries }) => entries.map(({ slug, isCancelled }) => [slug, isCancelled]))).toEqual([
      ["off", true],
    ]);
  });

  it("is the present one when none is named, by the calendar's clock", async () => {
    now = new Date("2026-11-30T13:00:00Z"); // already December in Auckland
    expect((await events.getMonth("harvest", null)).month).toBe("2026-12");
    const page = await events.getMonth("kitchen", null);
    expect(page.month).toBe("2026-11");
    expect(page.weeks.flat().filter(({ isToday }) => isToday)).toMatchObject([{ on: "2026-11-30", isInMonth: true }]);
  });

  it("leads to the months beside it and back to today", async () => {
    expect(await events.getMonth("kitchen", "2026-12")).toMatchObject({
      label: "December 2026",
      calendar: { slug: "kitchen", url: "https://events.example/calendars/kitchen" },
      previousUrl: "https://events.example/calendars/kitchen?month=2026-11",
      nextUrl: "https://events.example/calendars/kitchen?month=2027-01",
      todayUrl: "https://events.example/calendars/kitchen",
    });
    expect((await events.getMonth(null, "2026-12")).nextUrl).toBe("https://events.example/?month=2027-01");
  });

  it.each([
    ["nowhere", null],
    ["", null],
    [null, "2026-13"],
    [null, "9999-99"],
    [null, "2026-11'; drop table users"],
  ])("is not found for calendar %j, month %j", async (calendar, month) => {
    await expect(events.getMonth(calendar, month)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("an entry", () => {
  const at = { startsAt: new Date("2026-11-20T10:00:00Z"), endsAt: new Date("2026-11-20T11:00:00Z") };

  it("has its text and who looks after it", async () => {
    await anEntry({ slug: "supper", organiserId: ada, html: "<p>Soup.</p>", ...at });
    const page = await events.getEntry("supper", null);
    expect(page).toMatchObject({ html: "<p>Soup.</p>", organiser: { name: "Ada", handle: "ada" }, entry: { isCancelled: false } });
  });

  it("names what its calendar has next, without itself and without the past", async () => {
    await anEntry({ slug: "supper", ...at });
    await anEntry({ slug: "past", startsAt: new Date("2026-11-17T10:00:00Z"), endsAt: new Date("2026-11-17T11:00:00Z") });
    await anEntry({ slug: "later", startsAt: new Date("2026-11-27T10:00:00Z"), endsAt: new Date("2026-11-27T11:00:00Z") });
    const page = await events.getEntry("supper", null);
    expect(page.next.map(({ slug }) => slug)).toEqual(["later"]);
    expect(page).toMatchObject({ organiser: null, entry: { picture: null } });
  });

  it("is nobody's while it is proposed", async () => {
    await anEntry({ slug: "idea", status: "proposed", ...at });
    await expect(events.getEntry("idea", null)).rejects.toMatchObject({ code: "not-found" });
    await expect(events.getEntry("../idea", null)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("lists", () => {
  it("names what is on now and what comes, soonest first, up to the limit", async () => {
    await anEntry({ slug: "ended", startsAt: new Date("2026-11-18T10:00:00Z"), endsAt: new Date("2026-11-18T12:00:00Z") });
    await anEntry({ slug: "third", startsAt: new Date("2026-11-21T10:00:00Z"), endsAt: new Date("2026-11-21T12:00:00Z") });
    await anEntry({ slug: "second", startsAt: new Date("2026-11-19T10:00:00Z"), endsAt: new Date("2026-11-19T12:00:00Z") });
    await anEntry({ slug: "on-now", startsAt: new Date("2026-11-18T11:00:00Z"), endsAt: new Date("2026-11-18T12:01:00Z") });
    expect((await events.listNextEntries(2)).map(({ slug }) => slug)).toEqual(["on-now", "second"]);
  });

  it("names a member's tickets: what comes soonest first, then the past from its latest", async () => {
    const day = (slug: string, on: string) => ({ slug, startsAt: new Date(`${on}T10:00:00Z`), endsAt: new Date(`${on}T11:00:00Z`) });
    for (const entry of [day("old", "2026-01-01"), day("far", "2026-12-20"), day("near", "2026-11-19"), day("recent", "2026-11-17")]) {
      const entryId = await anEntry(entry);
      const [type] = await db.insert(ticketTypes).values({ entryId, name: "Place", priceMinor: 0, capacity: 9, position: 1 }).returning();
      await db.insert(tickets).values({ ticketTypeId: type?.id ?? expect.fail(), userId: ada, code: entry.slug });
    }
    expect((await events.listTickets(ada)).map(({ code }) => code)).toEqual(["near", "far", "recent", "old"]);
    expect((await events.listTickets(ada))[0]).toMatchObject({ typeName: "Place", status: "valid", entry: { slug: "near" } });
  });

  it("names the calendars in their order", async () => {
    expect((await events.listCalendars()).map(({ slug, url }) => [slug, url])).toContainEqual([
      "kitchen",
      "https://events.example/calendars/kitchen",
    ]);
  });
});
