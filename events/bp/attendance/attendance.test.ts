import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calendarKeepers, calendars } from "../../../shared/models/calendars.ts";
import { calendarEntries } from "../../../shared/models/events.ts";
import { apReactions } from "../../../shared/models/fediverse.ts";
import type { CalendarId, UserId } from "../../../shared/models/ids.ts";
import { entryAnswers } from "../../../shared/models/occurrences.ts";
import { ticketTypes } from "../../../shared/models/tickets.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const clock = { now: () => new Date("2026-11-18T12:00:00Z") };
const site = await openTestApp("events", { clock });
const { db } = site;
afterAll(() => site.close());

const HOSTILE = "<script>alert(1)</script>";
type Cookies = Record<string, string>;
let [ada, bilal, carys]: [Cookies, Cookies, Cookies] = [{}, {}, {}];
let bilalId: UserId;

beforeAll(async () => {
  const member = async (handle: string): Promise<[UserId, Cookies]> => {
    const id = await aMember(db, { handle, name: `${handle} ${HOSTILE}` });
    return [id, await signedIn(site, "events", id)];
  };
  const [[adaId, asAda], [bId, asBilal], [, asCarys]] = [await member("ada"), await member("bilal"), await member("carys")];
  [ada, bilal, carys, bilalId] = [asAda, asBilal, asCarys, bId];
  const row = { slug: "dairy", name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  const calendarId: CalendarId = (await db.insert(calendars).values(row).returning({ id: calendars.id }))[0]?.id ?? expect.fail();
  await db.insert(calendarKeepers).values({ calendarId, userId: adaId });
  const at = (day: string) => ({ startsAt: new Date(`2026-${day}T18:00:00Z`), endsAt: new Date(`2026-${day}T20:00:00Z`) });
  const entry = { calendarId, title: "Choir", zone: "Europe/London", status: "confirmed" as const };
  const made = await db
    .insert(calendarEntries)
    .values([
      { ...entry, ...at("11-25"), slug: "walk" },
      { ...entry, ...at("11-02"), slug: "over" },
      { ...entry, ...at("11-26"), slug: "off", status: "cancelled" },
      { ...entry, ...at("11-27"), slug: "idea", status: "proposed" },
      { ...entry, ...at("11-28"), slug: "supper" },
    ])
    .returning({ id: calendarEntries.id });
  await db.insert(ticketTypes).values({ name: "A place", entryId: made[4]?.id ?? expect.fail(), priceMinor: 0, capacity: 9, position: 1 });
  const form = {
    calendar: "dairy",
    title: "Yoga",
    startsOn: "2026-11-24",
    startsTime: "08:00",
    endsTime: "09:00",
    repeat: "weekly",
    times: "3",
  };
  expect((await site.post("/propose", { ...form, zone: "Europe/London" }, { cookies: ada })).statusCode).toBe(303);
});

const say = (slug: string, answer: string, cookies: Cookies, more: Record<string, string> = {}) =>
  site.post(`/entries/${slug}/attendance`, { answer, ...more }, { cookies });
const wordsAt = async (slug: string, cookies: Cookies = {}) =>
  (await site.get(`/entries/${slug}`, { cookies })).body.replace(/<[^>]*>/g, "").replace(/\s+/g, " ");

describe("who comes", () => {
  it("is said by members with a plain form, seen by number, and by name where they let it", async () => {
    expect((await say("walk", "yes", {})).statusCode).toBe(401);
    expect((await site.get("/entries/walk")).body).toContain('href="/auth/login?next=%2Fentries%2Fwalk"');
    expect((await say("walk", "yes", bilal)).headers.location).toBe("/entries/walk?notice=attendance-yes#coming");
    expect((await site.get("/entries/walk?notice=attendance-yes", { cookies: bilal })).body).toContain("You come: it is noted.");
    expect((await say("walk", "yes", carys, { isNamed: "yes" })).statusCode).toBe(303);
    expect(await wordsAt("walk")).toContain("2 people say that they come.");
    expect(await wordsAt("walk")).not.toContain("carys");
    const [seenByBilal, seenByAda] = [await wordsAt("walk", bilal), await wordsAt("walk", ada)];
    expect(seenByBilal).toContain("You come, with 1 other.");
    expect(seenByBilal).toContain("carys &lt;script&gt;");
    expect(await wordsAt("walk", carys)).not.toContain("bilal");
    expect(seenByAda).toMatch(/bilal &lt;script.*carys &lt;script/);
    expect(await site.services.relations.holds({ relation: "events.attends", values: [`user:${bilalId}`, "entry:1"] })).toBe(true);
  });

  it("changes with the last word, once for each, and is taken back", async () => {
    await say("walk", "no", bilal, { isNamed: "yes" });
    expect(await wordsAt("walk", bilal)).toContain("1 person says that they come. You don’t come.");
    await Promise.all([say("walk", "yes", bilal), say("walk", "yes", bilal)]);
    expect((await db.select().from(entryAnswers)).length).toBe(2);
    await say("walk", "none", bilal);
    expect((await db.select().from(entryAnswers)).length).toBe(1);
    expect((await say("walk", "perhaps", bilal)).statusCode).toBe(400);
  });

  it("counts those who said so from another server", async () => {
    const object = `${site.origin}/entries/walk`;
    await db.insert(apReactions).values({ type: "Join", actor: "https://far.example/ada", object, activity: "https://far.example/1" });
    expect(await wordsAt("walk")).toContain("2 people say that they come.");
  });

  it("is of one time of a series", async () => {
    expect((await say("yoga/20261201T080000Z", "yes", bilal)).headers.location).toContain("attendance-yes");
    expect(await wordsAt("yoga/20261201T080000Z")).toContain("1 person says");
    expect(await wordsAt("yoga/20261124T080000Z")).toContain("Nobody has said so yet.");
    expect((await say("yoga/20270101T080000Z", "yes", bilal)).headers.location).toContain("attendance-closed");
    expect((await say("yoga", "yes", bilal)).headers.location).toContain("attendance-closed");
  });

  it.each(["over", "off", "idea", "supper", "nowhere"])("is asked of nobody at /entries/%s", async (slug) => {
    expect((await say(slug, "yes", bilal)).headers.location).toContain("attendance-closed");
  });
});
