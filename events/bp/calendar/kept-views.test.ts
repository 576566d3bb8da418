import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { calendars } from "../../../shared/models/calendars.ts";
import { calendarEntries } from "../../../shared/models/events.ts";
import type { CalendarId } from "../../../shared/models/ids.ts";
import { ticketTypes } from "../../../shared/models/tickets.ts";
import { openTestApp } from "../../../tests/app.ts";

const events = await openTestApp("events");
afterAll(() => events.close());
const { services } = events;

let calendarId: CalendarId;
let added = 0;
const tomorrow = new Date(Date.now() + 86_400_000);

async function anEntry(slug: string): Promise<number> {
  const times = { zone: "Europe/London", startsAt: tomorrow, endsAt: new Date(tomorrow.getTime() + 3_600_000) };
  const row = { calendarId, slug, title: `The ${slug}`, status: "confirmed" as const, tags: ["music"], ...times };
  const [made] = await events.db.insert(calendarEntries).values(row).returning({ id: calendarEntries.id });
  return made?.id ?? expect.fail();
}

beforeAll(async () => {
  const row = { slug: "kitchen", name: "Kitchen", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  calendarId = (await events.db.insert(calendars).values(row).returning({ id: calendars.id }))[0]?.id ?? expect.fail();
  const [, free, paid] = [await anEntry("walk"), await anEntry("talk"), await anEntry("supper")];
  const type = { name: "A place", capacity: 10, position: 1 };
  await events.db.insert(ticketTypes).values([
    { ...type, entryId: free as never, priceMinor: 0 },
    { ...type, entryId: paid as never, priceMinor: 900 },
  ]);
});

describe("what everybody sees of a calendar", () => {
  it.each(["/", "/calendars/kitchen", "/?view=week", "/?view=agenda&tag=music"])(
    "is read once at %s, until something changes",
    async (path) => {
      const reads = [vi.spyOn(services.events, "getMonth"), vi.spyOn(services.events, "getDays")];
      const asked = () => reads.reduce((sum, { mock }) => sum + mock.calls.length, 0);
      await events.get(path);
      const first = asked();
      expect(first).toBeGreaterThan(0);
      for (let visit = 0; visit < 3; visit++) expect((await events.get(path)).statusCode).toBe(200);
      expect(asked()).toBe(first);
      await anEntry(`new-${++added}`);
      await events.app.runtime.cache.purgeTags(["calendar"]);
      await events.get(path);
      expect(asked()).toBeGreaterThan(first);
      vi.restoreAllMocks();
    },
  );

  it.each(["/?q=supper", "/?month=2071-05", "/?view=day&on=2003-01-01"])("is drawn for each who asks for %s", async (path) => {
    const reads = [vi.spyOn(services.events, "getMonth"), vi.spyOn(services.events, "getDays")];
    for (let visit = 0; visit < 3; visit++) await events.get(path);
    expect(reads.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBe(3);
    vi.restoreAllMocks();
  });
});

describe("the price", () => {
  const shown = async (path: string) => {
    const { body } = await events.get(path);
    return ["walk", "talk", "supper"].filter((slug) => body.includes(`/entries/${slug}"`));
  };

  it("leaves what costs nothing, or what has tickets, by the address alone", async () => {
    expect(await shown("/?view=agenda")).toEqual(["walk", "talk", "supper"]);
    expect(await shown("/?view=agenda&price=free")).toEqual(["walk", "talk"]);
    expect(await shown("/?view=agenda&price=tickets")).toEqual(["talk", "supper"]);
    expect(await shown("/?view=agenda&price=%27--")).toEqual(["walk", "talk", "supper"]);
    const { body } = await events.get("/?view=agenda&price=free");
    expect(body).toMatch(/<option value="free" selected>/);
    expect(body).toContain("price=free");
  });
});
