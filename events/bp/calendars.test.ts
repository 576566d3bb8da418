import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calendarKeepers, calendarRooms, calendars, rooms } from "../../shared/models/calendars.ts";
import { calendarEntries } from "../../shared/models/events.ts";
import type { CalendarId, UserId } from "../../shared/models/ids.ts";
import { relationFacts } from "../../shared/models/relation-facts.ts";
import { openTestApp } from "../../tests/app.ts";
import { aMember } from "../../tests/builders/publication.ts";
import { giveRole } from "../../tests/builders/roles.ts";
import { signedIn } from "../../tests/builders/signed-in.ts";

const clock = { now: () => new Date("2026-11-18T12:00:00Z") };
const site = await openTestApp("events", { clock });
const { db } = site;
afterAll(() => site.close());

const HOSTILE = "<script>alert(1)</script>";
type Cookies = Record<string, string>;
let [ada, bilal, carys]: [Cookies, Cookies, Cookies] = [{}, {}, {}];
let calendarId: CalendarId;

beforeAll(async () => {
  const member = async (handle: string): Promise<[UserId, Cookies]> => {
    const id = await aMember(db, { handle, name: `${handle} ${HOSTILE}` });
    return [id, await signedIn(site, "events", id)];
  };
  const [[keeper, keeping], [, proposing], [editor, editing]] = [await member("ada"), await member("bilal"), await member("carys")];
  [ada, bilal, carys] = [keeping, proposing, editing];
  await giveRole(db, editor, "editor", "events");
  const row = { slug: "dairy", name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  calendarId = (await db.insert(calendars).values(row).returning({ id: calendars.id }))[0]?.id ?? expect.fail();
  await db.insert(calendarKeepers).values({ calendarId, userId: keeper });
  const [hall] = await db.insert(rooms).values({ slug: "hall", name: "Hall", position: 1 }).returning({ id: rooms.id });
  await db.insert(calendarRooms).values({ calendarId, roomId: hall?.id ?? expect.fail() });
});

const FORM = {
  ...{
    calendar: "dairy",
    title: `Choir ${HOSTILE}`,
    summary: "Songs",
    text: "Sing **loud**.\n\n- tea\n- cake",
    place: "",
    onlineUrl: "",
    tags: "music, Tea",
  },
  ...{ startsOn: "2026-11-25", startsTime: "19:30", endsOn: "", endsTime: "21:00", zone: "Europe/London" },
  ...{ repeat: "weekly", untilOn: "2026-12-16", times: "", rule: "", extraDates: "2026-12-20", exceptDates: "2026-12-09", roomId: "" },
};
const rowOf = async (slug: string) => (await db.select().from(calendarEntries).where(eq(calendarEntries.slug, slug)))[0] ?? expect.fail();

describe("a proposal", () => {
  it("is for members: a guest is asked to sign in", async () => {
    expect((await site.get("/propose")).statusCode).toBe(401);
    expect((await site.post("/propose", FORM)).statusCode).toBe(401);
    expect((await site.get("/")).body).toContain('href="/auth/login?next=%2Fpropose"');
  });

  it("goes from the form to the queue to the calendar, with what was typed as text", async () => {
    expect((await site.get("/propose", { cookies: bilal })).body).toContain("reads it first");
    const sent = await site.post("/propose", FORM, { cookies: bilal });
    expect([sent.statusCode, sent.headers.location]).toEqual([303, "/desk?notice=entry-proposed"]);
    const slug = "choir-script-alert-1-script";
    expect((await site.get(`/entries/${slug}`, { cookies: bilal })).statusCode).toBe(404);
    expect((await site.get("/desk", { cookies: bilal })).body).toMatch(/Choir &lt;script&gt;.*Waits/s);
    const { id, revision } = await rowOf(slug);
    const queue = await site.get("/desk", { cookies: ada });
    expect(queue.body).toMatch(/Waiting for you.*Every Wednesday until 16 December 2026.*Proposed by bilal &lt;script&gt;/s);
    expect(queue.body).not.toContain(HOSTILE);
    const decision = { revision: String(revision), verdict: "confirmed", note: "" };
    expect((await site.post(`/desk/${id}/decision`, decision, { cookies: bilal })).headers.location).toBe("/desk?notice=entry-settled");
    expect((await site.post(`/desk/${id}/decision`, decision, { cookies: ada })).headers.location).toBe("/desk?notice=entry-confirmed");
    const { body } = await site.get(`/entries/${slug}`);
    expect(body).toMatch(/<strong>loud<\/strong>.*<li>tea<\/li>/s);
    expect(body).toMatch(/Every Wednesday until 16 December 2026.*Other times.*Sunday 20 December/s);
    expect(body).not.toContain("Wednesday 9 December");
    expect(body).not.toContain(HOSTILE);
    const data = JSON.parse(/ld\+json">(.*?)<\/script>/s.exec(body)?.[1] ?? "{}");
    expect(data["@graph"][0]).toMatchObject({ "@type": "Event", startDate: "2026-11-25T19:30:00+00:00", keywords: ["music", "tea"] });
  });

  it("comes back with what was typed, and a message at the field", async () => {
    const { statusCode, body } = await site.post("/propose", { ...FORM, endsTime: "18:00", text: `Kept ${HOSTILE}` }, { cookies: bilal });
    expect(statusCode).toBe(422);
    expect(body).toContain("It ends before it starts.");
    expect(body).toContain("Kept &lt;script&gt;");
    expect((await site.post("/propose", { ...FORM, startsOn: "soon", endsOn: "" }, { cookies: bilal })).statusCode).toBe(422);
    expect((await site.post("/propose", { ...FORM, repeat: "own", rule: "FREQ=SECONDLY" }, { cookies: bilal })).statusCode).toBe(422);
    expect((await site.post("/propose", { ...FORM, calendar: "nowhere" }, { cookies: bilal })).statusCode).toBe(404);
  });
});

describe("an entry that stands", () => {
  const slug = "choir-script-alert-1-script";
  const key = "20261202T193000Z";

  it("is changed by who keeps the calendar, one time alone, and shows what was typed before", async () => {
    expect((await site.get(`/entries/${slug}/${key}/edit`, { cookies: bilal })).body).not.toContain('name="repeat"');
    const form = (await site.get(`/entries/${slug}/${key}/edit?scope=this`, { cookies: ada })).body;
    expect(form).toMatch(/value="2026-12-02".*value="19:30"/s);
    const { revision } = await rowOf(slug);
    const change = {
      ...FORM,
      revision: String(revision),
      startsOn: "2026-12-03",
      startsTime: "18:00",
      endsTime: "20:00",
      title: "Late choir",
    };
    expect((await site.post(`/entries/${slug}/${key}/edit?scope=this`, change, { cookies: bilal })).statusCode).toBe(404);
    expect((await site.post(`/entries/${slug}/${key}/edit?scope=this`, change, { cookies: ada })).headers.location).toBe(
      `/entries/${slug}/${key}?notice=saved`,
    );
    expect((await site.post(`/entries/${slug}/${key}/edit?scope=this`, change, { cookies: ada })).statusCode).toBe(409);
    expect((await site.get(`/entries/${slug}/${key}`)).body).toMatch(
      /Late choir.*Moved.*Wednesday 2 December, 19:30.*Thursday 3 December/s,
    );
  });

  it("is changed from one time on, and the form counts on from there", async () => {
    const at = `/entries/${slug}/20261216T193000Z/edit?scope=following`;
    const form = (await site.get(at, { cookies: ada })).body;
    expect(form).toMatch(/value="weekly" selected/);
    const { revision } = await rowOf(slug);
    const change = {
      ...FORM,
      title: "Carols",
      revision: String(revision),
      startsOn: "2026-12-16",
      repeat: "none",
      extraDates: "",
      exceptDates: "",
    };
    expect((await site.post(at, change, { cookies: ada })).headers.location).toBe("/entries/carols?notice=saved");
    expect((await site.get("/?view=agenda&on=2026-12-10")).body).toContain("Carols");
  });

  it("is cancelled, stays struck through, and comes back", async () => {
    const { revision } = await rowOf("carols");
    const form = { scope: "all", key: "", revision: String(revision) };
    expect((await site.post("/entries/carols/cancellation", form, { cookies: carys })).headers.location).toContain("entry-cancelled");
    expect((await site.get("/?month=2026-12")).body).toContain("<s>Carols</s>");
    expect((await site.post("/entries/carols/reinstatement", form, { cookies: carys })).headers.location).toContain("entry-conflict");
    const again = { ...form, revision: String((await rowOf("carols")).revision) };
    expect((await site.post("/entries/carols/reinstatement", again, { cookies: carys })).headers.location).toContain("entry-back");
  });
});

describe("views", () => {
  it.each([
    ["/?view=week&on=2026-11-25", /23\s–\s29 November 2026.*Choir/s],
    ["/?view=day&on=2026-11-25", /Wednesday 25 November 2026.*Choir/s],
    ["/?view=agenda", /Choir/],
    ["/calendars/dairy?view=agenda", /Follow/],
    ["/rooms/hall?view=week", /Hall/],
    ["/?tag=music&view=agenda", /Choir.*Show everything|Show everything.*Choir/s],
    ["/?q=songs&month=2026-11", /Choir/],
    ["/?q=kangaroo&month=2026-11", /Nothing that fits/],
    ["/calendars/dairy/share", /webcal:\/\/events.*&lt;iframe/s],
  ])("show %s", async (path, words) => {
    const { statusCode, body } = await site.get(path);
    expect(statusCode).toBe(200);
    expect(body).toMatch(words);
  });

  it.each([
    "/?view=day&on=2026-02-30",
    "/?view=week&on=soon",
    "/?view=day&on=9999-01-01",
    "/rooms/nowhere",
    "/calendars/nowhere/share",
    "/embed/nowhere",
  ])("find nothing at %s", async (path) => {
    expect((await site.get(path)).statusCode).toBe(404);
  });

  it("may stand in a frame of another website, and only there without a header", async () => {
    const { headers, body } = await site.get("/embed/dairy");
    expect(headers["content-security-policy"]).toContain("frame-ancestors *");
    expect(headers["x-frame-options"]).toBeUndefined();
    expect(body).not.toContain("site-header");
    expect(body).not.toMatch(/<form|style=/);
    expect((await site.get("/")).headers["x-frame-options"]).toBe("DENY");
    const script = await site.get("/embed.js");
    expect([script.statusCode, script.headers["cross-origin-resource-policy"]]).toEqual([200, "cross-origin"]);
    const worker = await site.get("/embed/worker.js"); // sees to what lies beside it, which is frames alone
    expect([worker.statusCode, worker.headers["service-worker-allowed"]]).toEqual([200, undefined]);
    expect(() => new Function(worker.body)).not.toThrow();
  });
});

describe("behind the counter", () => {
  it("is nothing for who has no business there", async () => {
    for (const path of ["/admin/calendars", `/admin/calendars/${calendarId}`, "/admin/rooms"]) {
      expect((await site.get(path)).statusCode).toBe(404);
      expect((await site.get(path, { cookies: ada })).statusCode).toBe(404);
      expect((await site.get(path, { cookies: carys })).statusCode).toBe(200);
    }
  });

  it("a calendar is saved by one of two, its keepers are appointed, and what is in use is not removed", async () => {
    const form = {
      name: "The Dairy",
      slug: "dairy",
      description: "",
      zone: "Europe/London",
      colour: "rose",
      proposers: "members",
      isModerated: "yes",
      revision: "1",
    };
    const at = `/admin/calendars/${calendarId}`;
    expect((await site.post(at, form, { cookies: carys })).headers.location).toContain("saved");
    expect((await site.post(at, form, { cookies: carys })).statusCode).toBe(409);
    expect((await site.post(at, { ...form, revision: "2", zone: "+01:00" }, { cookies: carys })).statusCode).toBe(422);
    expect((await site.post(`${at}/keepers`, { handle: "@bilal" }, { cookies: carys })).headers.location).toContain("saved");
    expect((await site.get("/desk", { cookies: bilal })).body).toContain("Waiting for you");
    expect((await site.post(`${at}/keepers`, { handle: "nobody" }, { cookies: carys })).headers.location).toContain("setup-refused");
    expect((await site.post(`${at}/removal`, {}, { cookies: carys })).headers.location).toContain("setup-refused");
    for (const url of ["ftp://x.example/a.ics", "javascript:alert(1)", "https://me:secret@x.example/a.ics", ""])
      expect((await site.post(`${at}/feeds`, { url }, { cookies: carys })).statusCode).toBe(422);
    expect((await site.post(`${at}/feeds`, { url: "webcal://x.example/a.ics" }, { cookies: carys })).headers.location).toContain(
      "feed-followed",
    );
  });

  it("a calendar is for a group, whose members alone may propose, as long as they are in it", async () => {
    const at = `/admin/calendars/${calendarId}`;
    const member = (who: UserId, group: string) => ({
      ...{ relation: "shared.member", arguments: [`user:${who}`, group], assertedBy: "app:account", reason: "they belong to it" },
    });
    const [grace, joe] = [await aMember(db, { handle: "grace" }), await aMember(db, { handle: "joe" })];
    await db.insert(relationFacts).values([member(grace, "bakers"), member(joe, "singers")]);
    const [row] = await db.select().from(calendars).where(eq(calendars.id, calendarId));
    const form = { name: "The Dairy", slug: "dairy", description: "", zone: "Europe/London", colour: "rose", isModerated: "yes" };
    const save = (proposers: string) => site.post(at, { ...form, proposers, revision: String(row?.revision) }, { cookies: carys });
    expect((await save("group:nobody")).statusCode).toBe(422);
    expect((await save("group:")).statusCode).toBe(400);
    expect((await save("group:bakers")).headers.location).toContain("saved");
    expect((await site.get(at, { cookies: carys })).body).toMatch(/value="group:bakers" checked/);
    const [asGrace, asJoe] = [await signedIn(site, "events", grace), await signedIn(site, "events", joe)];
    expect((await site.get("/propose?calendar=dairy", { cookies: asGrace })).body).toContain("the group bakers may propose");
    expect((await site.post("/propose", { ...FORM, title: "Bake" }, { cookies: asGrace })).statusCode).toBe(303);
    expect((await site.get("/propose?calendar=dairy", { cookies: asJoe })).statusCode).toBe(404);
    expect((await site.post("/propose", { ...FORM, title: "Sing" }, { cookies: asJoe })).statusCode).toBe(404);
    await db.delete(relationFacts).where(eq(relationFacts.reason, "they belong to it"));
    expect((await site.post("/propose", { ...FORM, title: "Bake again" }, { cookies: asGrace })).statusCode).toBe(404);
  });

  it("a room does not lie in itself", async () => {
    const [hall] = await db.select({ id: rooms.id }).from(rooms).where(eq(rooms.slug, "hall"));
    const form = { name: "Kitchen", description: "", capacity: "", withinId: String(hall?.id) };
    expect((await site.post("/admin/rooms", form, { cookies: carys })).headers.location).toContain("saved");
    const [kitchen] = await db.select({ id: rooms.id }).from(rooms).where(eq(rooms.slug, "kitchen"));
    const turned = { name: "Hall", description: "", capacity: "120", withinId: String(kitchen?.id) };
    expect((await site.post(`/admin/rooms/${hall?.id}`, turned, { cookies: carys })).statusCode).toBe(409);
    expect((await site.post(`/admin/rooms/${hall?.id}/removal`, {}, { cookies: carys })).statusCode).toBe(409);
    expect((await site.post("/admin/rooms", { ...form, capacity: "-3" }, { cookies: carys })).statusCode).toBe(422);
  });
});

it("gives a member an address of their own once, and takes it back", async () => {
  const { body, headers } = await site.post("/desk/address", {}, { cookies: bilal });
  expect(headers["cache-control"]).toBe("private, no-store");
  const path = /\/my-calendar\/[\w-]{43}\/calendar\.ics/.exec(body)?.[0] ?? expect.fail();
  expect((await site.get(path)).body).toContain("BEGIN:VCALENDAR");
  expect((await site.get("/desk", { cookies: bilal })).body).not.toContain(path);
  await site.post("/desk/address/removal", {}, { cookies: bilal });
  expect((await site.get(path)).statusCode).toBe(404);
});
