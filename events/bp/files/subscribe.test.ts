import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calendarKeepers, calendars } from "../../../shared/models/calendars.ts";
import { calendarEntries } from "../../../shared/models/events.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const site = await openTestApp("events", { clock: { now: () => new Date("2026-11-18T12:00:00Z") } });
const { db } = site;
afterAll(() => site.close());

let cookies: Record<string, string> = {};

beforeAll(async () => {
  const ada = await aMember(db, { handle: "ada", name: "Ada" });
  cookies = await signedIn(site, "events", ada);
  const row = { slug: "dairy", name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  const [calendar] = await db.insert(calendars).values(row).returning({ id: calendars.id });
  await db.insert(calendarKeepers).values({ calendarId: calendar?.id ?? expect.fail(), userId: ada });
  const form = { calendar: "dairy", zone: "Europe/London", title: "Choir; songs, tea", text: "Sing **loud**.\n\n- tea", place: "Hall" };
  const when = { startsOn: "2026-11-25", startsTime: "19:30", endsTime: "21:00", repeat: "weekly", times: "4", exceptDates: "2026-12-09" };
  expect((await site.post("/propose", { ...form, ...when }, { cookies })).statusCode).toBe(303);
  await change("choir-songs-tea", "20261202T193000Z", {
    ...form,
    title: "Late choir",
    startsOn: "2026-12-03",
    startsTime: "20:00",
    endsTime: "21:30",
  });
});

async function change(slug: string, key: string, form: Record<string, string>) {
  const [entry] = await db.select({ revision: calendarEntries.revision }).from(calendarEntries);
  const path = `/entries/${slug}/${key}/edit?scope=this`;
  expect((await site.post(path, { ...form, revision: String(entry?.revision) }, { cookies })).statusCode).toBe(303);
}

/** What a calendar program makes of a feed: each time with its name, as it stands there by the clocks of its zone. */
function timesIn(feed: string): string[] {
  const calendar = new ICAL.Component(ICAL.parse(feed));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const components = calendar.getAllSubcomponents("vevent");
  const events = components.map((component) => new ICAL.Event(component));
  const [series] = events.filter((event) => !event.isRecurrenceException());
  if (series === undefined) return [];
  for (const event of events) if (event.isRecurrenceException()) series.relateException(event);
  const times: string[] = [];
  const iterator = series.iterator();
  for (let next = iterator.next(); next && times.length < 20; next = iterator.next()) {
    const { item, startDate } = series.getOccurrenceDetails(next);
    times.push(`${startDate.toJSDate().toISOString().slice(0, 16)} ${item.summary}`);
  }
  return times;
}

const CHOIR = ["2026-11-25T19:30 Choir; songs, tea", "2026-12-03T20:00 Late choir", "2026-12-16T19:30 Choir; songs, tea"];

describe("a calendar program", () => {
  it("subscribes to the feed of a calendar, and has each time as it takes place", async () => {
    const page = (await site.get("/calendars/dairy/share")).body;
    const address = /webcal:(\/\/[^"&<\s]+)/.exec(page)?.[1] ?? expect.fail("no address to subscribe to");
    const feed = await site.get(new URL(`http:${address}`).pathname, { headers: { accept: "text/calendar" } });
    expect(feed.headers["content-type"]).toBe("text/calendar; charset=utf-8");
    expect(timesIn(feed.body)).toEqual(CHOIR);
  });

  it("asks again for little, until something changes", async () => {
    const path = "/calendars/dairy/calendar.ics";
    const { headers } = await site.get(path);
    const known = { "if-none-match": String(headers.etag) };
    expect((await site.get(path, { headers: known })).statusCode).toBe(304);
    const [entry] = await db.select({ revision: calendarEntries.revision }).from(calendarEntries);
    const off = { scope: "this", key: "20261216T193000Z", revision: String(entry?.revision) };
    await site.post("/entries/choir-songs-tea/cancellation", off, { cookies });
    const changed = await site.get(path, { headers: known });
    expect(changed.statusCode).toBe(200);
    expect(changed.body).toContain("STATUS:CANCELLED");
  });

  it("reads a member's own calendar under an address that can be made anew and taken back", async () => {
    const make = async () => {
      const { body } = await site.post("/desk/address", {}, { cookies });
      return /\/my-calendar\/[\w-]{43}\/calendar\.ics/.exec(body)?.[0] ?? expect.fail("no address");
    };
    const [first, second] = [await make(), await make()];
    expect((await site.get(first)).statusCode).toBe(404);
    expect(timesIn((await site.get(second)).body)).toHaveLength(3);
    expect((await site.get("/desk", { cookies })).body).toContain("last read");
    await site.post("/desk/address/removal", {}, { cookies });
    expect((await site.get(second)).statusCode).toBe(404);
  });
});
