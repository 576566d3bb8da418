import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calendars } from "../../../shared/models/calendars.ts";
import { calendarEntries } from "../../../shared/models/events.ts";
import { users } from "../../../shared/models/identity.ts";
import { ticketTypes } from "../../../shared/models/tickets.ts";
import { openTestApp } from "../../../tests/app.ts";

const clock = { now: () => new Date("2026-11-18T12:00:00Z") };
const events = await openTestApp("events", { clock });
afterAll(() => events.close());

const HOSTILE = "<script>alert(1)</script>";

beforeAll(async () => {
  const { db } = events;
  const row = { slug: "kitchen", name: "Kitchen", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  const [calendar] = await db.insert(calendars).values(row).returning({ id: calendars.id });
  const [ada] = await db
    .insert(users)
    .values({ handle: "ada", name: `Ada ${HOSTILE}` })
    .returning({ id: users.id });
  const entry = {
    calendarId: calendar?.id ?? expect.fail(),
    organiserId: ada?.id ?? null,
    title: `Supper ${HOSTILE}`,
    summary: HOSTILE,
    place: `The Old Dairy ${HOSTILE}`,
    html: "<p>Soup and <em>bread</em>.</p>",
    zone: "Europe/London",
    status: "confirmed" as const,
  };
  const hours = { startsAt: new Date("2026-11-20T18:00:00Z"), endsAt: new Date("2026-11-20T21:00:00Z") };
  const days = { startsAt: new Date("2026-12-05T00:00:00Z"), endsAt: new Date("2026-12-07T00:00:00Z"), isAllDay: true };
  const past = { startsAt: new Date("2026-11-01T18:00:00Z"), endsAt: new Date("2026-11-01T21:00:00Z") };
  const [supper] = await db
    .insert(calendarEntries)
    .values([
      { ...entry, ...hours, slug: "supper" },
      { ...entry, ...days, slug: "camp" },
      { ...entry, ...past, slug: "past" },
      { ...entry, ...hours, slug: "off", status: "cancelled" },
      { ...entry, ...hours, slug: "idea", status: "proposed" },
    ])
    .returning({ id: calendarEntries.id });
  const entryId = supper?.id ?? expect.fail();
  await db.insert(ticketTypes).values([
    { entryId, name: `Place ${HOSTILE}`, priceMinor: 850, capacity: 30, position: 1 },
    { entryId, name: "Child", priceMinor: 0, capacity: 4, position: 2 },
  ]);
});

describe("an entry", () => {
  it("says when, where, by whom and how much, and runs nobody's script", async () => {
    const { statusCode, body } = await events.get("/entries/supper");
    expect(statusCode).toBe(200);
    expect(body).toMatch(/Friday 20 November<br>18:00<\/time> to <time[^>]*>21:00/);
    expect(body).toContain("The Old Dairy &lt;script&gt;");
    expect(body).toContain("Ada &lt;script&gt;alert(1)&lt;/script&gt; looks after it");
    expect(body).toContain("<p>Soup and <em>bread</em>.</p>");
    expect(body).toContain("£8.50");
    expect(body).toContain("30 places left");
    expect(body).toContain("Free");
    expect(body).not.toContain("<script>alert");
  });

  it("ends an entry of whole days on its last day", async () => {
    expect((await events.get("/entries/camp")).body).toMatch(
      /Saturday 5 December<\/time> to <time[^>]*>Sunday 6 December<\/time>, all day/,
    );
  });

  it("says that it is cancelled, or over, and offers no places then", async () => {
    const [off, past] = await Promise.all([events.get("/entries/off"), events.get("/entries/past")]);
    expect(off.body).toContain("This does not take place");
    expect(past.body).toContain("This is over");
    for (const { body } of [off, past]) expect(body).not.toContain("No ticket needed");
  });

  it.each(["idea", "nowhere", "..%2Fsupper", "%00", "x".repeat(90)])("is not found for %s", async (slug) => {
    expect((await events.get(`/entries/${slug}`)).statusCode).toBe(404);
  });
});

it("gives no fragment to who has no token", async () => {
  expect((await events.get("/internal/fragments/next-entries?limit=3")).statusCode).toBe(404);
});
