import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Outside } from "../../../shared/infrastructure/http/outside/index.ts";
import { calendarFeeds, calendars } from "../../../shared/models/calendars.ts";
import { calendarEntries } from "../../../shared/models/events.ts";
import { users } from "../../../shared/models/identity.ts";
import type { CalendarFeedId, CalendarId, UserId } from "../../../shared/models/ids.ts";
import { occurrences } from "../../../shared/models/occurrences.ts";
import { openTestApp } from "../../../tests/app.ts";
import { readSeries, takeIn } from "./index.ts";
import { followOne } from "./keep-following.ts";

const clock = { now: () => new Date("2026-11-18T12:00:00Z") };
const site = await openTestApp("events", { clock });
const { db } = site;
const { calendarFiles } = site.services;
const { transaction } = site.app;

/** The internet: what is answered at a path, and what was asked. */
const answers = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>();
const asked: { path: string; headers: IncomingMessage["headers"] }[] = [];
const server = createServer((request, response) => {
  asked.push({ path: request.url ?? "", headers: request.headers });
  const answer = answers.get(request.url ?? "");
  if (answer) answer(request, response);
  else response.writeHead(404).end();
});
const outside: Outside = {
  lookup: async (host) => [{ address: host === "inside.example" ? "10.0.0.7" : "127.0.0.1", family: 4 }],
  isPublic: (address) => address === "127.0.0.1",
};
let origin = "";
let ada: UserId;
let [one, other]: [CalendarId, CalendarId] = [0, 0] as never;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://feeds.example:${(server.address() as AddressInfo).port}`;
  ada = (await db.insert(users).values({ handle: "ada", name: "Ada" }).returning({ id: users.id }))[0]?.id ?? expect.fail();
  const row = (slug: string) => ({ slug, name: "Kitchen", colour: "leaf" as const, zone: "Europe/London", position: 1 });
  const made = await db
    .insert(calendars)
    .values([row("one"), row("other")])
    .returning({ id: calendars.id });
  [one, other] = made.map(({ id }) => id) as [CalendarId, CalendarId];
});
beforeEach(async () => {
  await db.delete(calendarEntries);
  await db.delete(calendarFeeds);
  answers.clear();
  asked.length = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await site.close();
});

const file = (...events: string[][]) => {
  const lines = events.flatMap((lines) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"]);
  return Buffer.from(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", ...lines, "END:VCALENDAR", ""].join("\r\n"));
};
const CHOIR = [
  "UID:choir@x",
  "DTSTAMP:20260101T000000Z",
  "DTSTART;TZID=Europe/London:20261202T193000",
  "DTEND;TZID=Europe/London:20261202T210000",
  "SUMMARY:Choir",
  "RRULE:FREQ=WEEKLY;COUNT=3",
];
const FAIR = ["UID:fair@x", "DTSTAMP:20260101T000000Z", "DTSTART;VALUE=DATE:20261205", "DTEND;VALUE=DATE:20261207", "SUMMARY:Fair"];

const take = (bytes: Uint8Array, calendarId = one) =>
  takeIn({ calendarFiles, transaction }, { calendarId, feedId: null, by: ada }, readSeries(bytes).series);
const outcomes = async (bytes: Uint8Array, calendarId = one) => (await take(bytes, calendarId)).map(({ outcome }) => outcome);
async function exported(slug = "one"): Promise<string> {
  const result = await calendarFiles.getCalendarFile(slug, null);
  return "body" in result ? result.body : expect.fail();
}
const titles = async () =>
  (
    await db.select({ title: calendarEntries.title, status: calendarEntries.status }).from(calendarEntries).orderBy(calendarEntries.title)
  ).map(({ title, status }) => (status === "confirmed" ? title : `${title} ${status}`));

describe("a file", () => {
  it("is taken in once, however often it comes: by UID, and single times by theirs", async () => {
    const late = [
      "UID:choir@x",
      "DTSTAMP:20260101T000000Z",
      "RECURRENCE-ID;TZID=Europe/London:20261209T193000",
      "DTSTART;TZID=Europe/London:20261210T180000",
      "SUMMARY:Choir, late",
    ];
    expect(await outcomes(file(CHOIR, FAIR, late))).toEqual(["new", "new"]);
    expect(await outcomes(file(CHOIR, FAIR, late))).toEqual(["same", "same"]);
    expect(
      await outcomes(
        file(
          CHOIR.map((line) => line.replace("20260101", "20260202")),
          FAIR,
          late,
        ),
      ),
    ).toEqual(["same", "same"]);
    expect(await outcomes(file([...CHOIR, "SEQUENCE:1", "LOCATION:Hall"], FAIR, late))).toEqual(["changed", "same"]);
    const times = await db.select({ at: occurrences.startsAt }).from(occurrences).orderBy(occurrences.startsAt);
    expect(times.map(({ at }) => at.toISOString().slice(0, 16))).toEqual([
      "2026-12-02T19:30",
      "2026-12-05T00:00",
      "2026-12-10T18:00",
      "2026-12-16T19:30",
    ]);
    expect(await outcomes(file(CHOIR, FAIR, late))).toEqual(["older", "same"]);
  });

  it("that is looked at first changes nothing", async () => {
    const { series } = readSeries(file(CHOIR, FAIR));
    expect((await calendarFiles.previewImport(one, null, series)).map(({ outcome }) => outcome)).toEqual(["new", "new"]);
    expect(await titles()).toEqual([]);
  });

  it("loses only what can’t stand in a calendar", async () => {
    const lines = await take(
      file(
        [...FAIR],
        ["UID:old", "DTSTART:00010101T000000Z"],
        ["UID:long", "DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20280101", "SUMMARY:Long"],
        ["UID:often", "DTSTART:20261201T000000Z", "RRULE:FREQ=SECONDLY", "SUMMARY:Often"],
        ["UID:never", "DTSTART:20261201T000000Z", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "SUMMARY:Never"],
        ["UID:back", "DTSTART:20261201T100000Z", "DTEND:20261201T090000Z", "SUMMARY:Back"],
        ["DTSTART:20261201T100000Z", "SUMMARY:Nameless"],
      ),
    );
    expect(lines.map(({ outcome }) => outcome)).toEqual(["new", "unusable", "unusable", "new", "new", "new", "new"]);
    expect(await titles()).toEqual(["Back", "Fair", "Nameless", "Never", "Often"]);
    expect((await site.get("/?month=2026-12")).statusCode).toBe(200);
  });

  it("puts nobody's script and no line of its own anywhere", async () => {
    const bad = [
      "UID:bad",
      "DTSTART:20261201T100000Z",
      "SUMMARY:<script>alert(1)</script>",
      String.raw`DESCRIPTION:<p onclick="x">Hi</p>\nEND:VEVENT\nBEGIN:VEVENT`,
      "CONFERENCE:javascript:alert(1)",
      "X-ODD:a\u0007b",
    ];
    await take(file(bad));
    const { body } = await site.get("/entries/script-alert-1-script");
    expect(body).not.toMatch(/<script>alert|onclick|javascript:/);
    expect((await exported()).match(/^BEGIN:VEVENT\r$/gm)).toHaveLength(1);
    expect(await exported()).not.toContain("\u0007");
  });
});

describe("there and back", () => {
  it("changes nothing: what goes out, comes in elsewhere and goes out again is the same, letter by letter", async () => {
    for (let seed = 1; seed <= 25; seed++) {
      await db.delete(calendarEntries);
      await take(file(...someEvents(seed)), one);
      const first = await exported("one");
      const read = readSeries(Buffer.from(first));
      expect([seed, read.troubles]).toEqual([seed, []]);
      await takeIn({ calendarFiles, transaction }, { calendarId: other, feedId: null, by: ada }, read.series);
      const second = await exported("other");
      expect([seed, second]).toEqual([seed, first]);
      expect([seed, new Set(await outcomes(Buffer.from(second), one))]).toEqual([seed, new Set(["same"])]);
      expect([seed, await exported("one")]).toEqual([seed, first]);
    }
  }, 60_000);

  it("is not written anew for who has it", async () => {
    await take(file(CHOIR));
    const first = await site.get("/calendars/one/calendar.ics");
    expect([first.statusCode, first.headers["content-type"]]).toEqual([200, "text/calendar; charset=utf-8"]);
    const known = (headers: Record<string, string>) => site.get("/calendars/one/calendar.ics", { headers });
    expect((await known({ "if-none-match": String(first.headers["etag"]) })).statusCode).toBe(304);
    expect((await known({ "if-modified-since": String(first.headers["last-modified"]) })).statusCode).toBe(304);
    await take(file([...CHOIR, "SEQUENCE:1", "LOCATION:Hall"]));
    expect((await known({ "if-none-match": String(first.headers["etag"]) })).statusCode).toBe(200);
    expect((await site.get("/calendars/nowhere/calendar.ics")).statusCode).toBe(404);
  });

  it("has lines of 75 octets, whatever letters are in them", async () => {
    await take(file([...FAIR.slice(0, 4), `SUMMARY:${"ünïcödé 🥖 ".repeat(40)}`]));
    for (const line of (await exported()).split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });
});

describe("a feed", () => {
  const follow = async (path: string) => {
    await transaction((tx) => calendarFiles.addFeed(tx, { calendarId: one, url: `${origin}${path}`, by: ada }));
    return round();
  };
  const round = async () => {
    await db.update(calendarFeeds).set({ nextAt: clock.now() });
    await db.execute("delete from scrape_hosts");
    const { services } = site;
    await followOne({ services, transaction, outside, contact: "x", now: clock.now, signal: AbortSignal.timeout(20_000) });
    return (await db.select().from(calendarFeeds))[0] ?? expect.fail();
  };

  it("is read, asked again by its tag, changed by what it says, and loses what is gone from it", async () => {
    let body = file(CHOIR, FAIR);
    let etag = '"1"';
    answers.set("/a.ics", (request, response) => {
      if (request.headers["if-none-match"] === etag) response.writeHead(304).end();
      else response.writeHead(200, { etag, "content-type": "text/calendar" }).end(body);
    });
    expect(await follow("/a.ics")).toMatchObject({ trouble: "", failures: 0, etag: '"1"' });
    expect(await titles()).toEqual(["Choir", "Fair"]);
    await round();
    expect(asked.map(({ headers }) => headers["if-none-match"])).toEqual([undefined, '"1"']);
    [body, etag] = [file([...FAIR, "LOCATION:Yard"]), '"2"'];
    await round();
    expect(await titles()).toEqual(["Fair"]);
    expect((await db.select({ place: calendarEntries.place, revision: calendarEntries.revision }).from(calendarEntries))[0]).toEqual({
      place: "Yard",
      revision: 2,
    });
  });

  it.each<[string, (response: ServerResponse) => void, RegExp]>([
    [
      "leads inside",
      (response) => response.writeHead(302, { location: "http://inside.example/x.ics" }).end(),
      /not one of the open internet/,
    ],
    ["leads to a file of ours", (response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(), /leads to no address/],
    ["leads round in circles", (response) => response.writeHead(302, { location: "/bad.ics" }).end(), /in circles/],
    ["is no calendar", (response) => response.writeHead(200).end("<html>Please sign in</html>"), /no calendar/],
    ["is empty", (response) => response.writeHead(200).end(), /no calendar/],
    ["is larger than ten megabytes", (response) => response.writeHead(200).end(Buffer.alloc(10_000_001, "A")), /larger than/],
    ["is gone", (response) => response.writeHead(410).end(), /not there/],
    ["broke", (response) => response.writeHead(500).end(), /500/],
  ])("that %s leaves the calendar unharmed, and says why", async (_what, answer, trouble) => {
    answers.set("/bad.ics", (_request, response) => response.writeHead(200).end(file(CHOIR)));
    await follow("/bad.ics");
    answers.set("/bad.ics", (_request, response) => answer(response));
    const feed = await round();
    expect(feed.trouble).toMatch(trouble);
    expect(feed.failures).toBe(1);
    expect(feed.nextAt.getTime()).toBeGreaterThan(clock.now().getTime());
    expect(await titles()).toEqual(["Choir"]);
  });

  it("takes nothing over that is in the calendar from elsewhere, and leaves what people made there", async () => {
    await take(file(CHOIR));
    answers.set("/b.ics", (_request, response) => response.writeHead(200).end(file([...CHOIR.slice(0, 4), "SUMMARY:Stolen"], FAIR)));
    expect((await follow("/b.ics")).notes).toEqual(["Stolen: It is in this calendar already, and comes from elsewhere."]);
    expect(await titles()).toEqual(["Choir", "Fair"]);
    const feedId = (await db.select({ id: calendarFeeds.id }).from(calendarFeeds))[0]?.id as CalendarFeedId;
    await transaction((tx) => calendarFiles.removeFeed(tx, { calendarId: one, id: feedId, withEntries: true, by: ada }));
    expect(await titles()).toEqual(["Choir"]);
  });
});

it("gives a member's own calendar to whoever has its address, and to nobody once it was taken back", async () => {
  await take(file(CHOIR, FAIR));
  await db.update(calendarEntries).set({ organiserId: ada }).where(eq(calendarEntries.title, "Fair"));
  const { hashToken } = await import("../../../shared/infrastructure/keys/index.ts");
  const token = "a".repeat(43);
  await transaction((tx) => calendarFiles.renewOwnAddress(tx, { userId: ada, tokenHash: hashToken(token) }));
  const { statusCode, body, headers } = await site.get(`/my-calendar/${token}/calendar.ics`);
  expect([statusCode, headers["cache-control"]]).toEqual([200, "private, no-cache"]);
  expect(body).toContain("SUMMARY:Fair");
  expect(body).not.toContain("Choir");
  await transaction((tx) => calendarFiles.revokeOwnAddress(tx, ada));
  expect((await site.get(`/my-calendar/${token}/calendar.ics`)).statusCode).toBe(404);
});

/** Events of chance: days and times, zones, floating, rules, dates, exceptions, single times, odd letters. */
function someEvents(seed: number): string[][] {
  let state = seed * 7919;
  const below = (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * most);
  };
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const two = (number: number) => String(number).padStart(2, "0");
  return Array.from({ length: 1 + below(4) }, (_, index) => {
    const day = `2026${two(1 + below(12))}${two(1 + below(28))}`;
    const time = `T${two(below(24))}${two(below(60))}00`;
    const kind = pick(["day", "utc", "zoned", "floating"]);
    const zone = pick(["Europe/London", "America/New_York", "Pacific/Auckland", "Asia/Kolkata"]);
    const at = (on: string) =>
      kind === "day"
        ? `;VALUE=DATE:${on}`
        : kind === "utc"
          ? `:${on}${time}Z`
          : kind === "zoned"
            ? `;TZID=${zone}:${on}${time}`
            : `:${on}${time}`;
    const uid = `UID:seed-${seed}-${index}@x.example`;
    const stamp = `DTSTAMP:202601${two(1 + below(28))}T101112Z`;
    const isSeries = below(2) === 1;
    const master = [
      ...[uid, stamp, `DTSTART${at(day)}`],
      ...(kind === "day"
        ? [`DURATION:P${1 + below(3)}D`]
        : [pick(["DURATION:PT90M", "DURATION:P1DT2H", `DTEND${at(`2026${day.slice(4, 6)}${day.slice(6)}`).replace(time, "T235900")}`])]),
      `SUMMARY:${pick(["Choir", "Ümläut, \\; and more", "🥖 bread", "a\\nb"])}`,
      ...(below(2) ? [`DESCRIPTION:${pick(["Sing.", "# A\\n\\n- one\\n- two\\n\\n**bold**", "x".repeat(200)])}`] : []),
      ...(below(2) ? [`CATEGORIES:music,${pick(["a\\,b", "kids"])}`] : []),
      ...(below(2) ? [`LOCATION:${pick(["Hall", "Yard\\, behind"])}`, "GEO:51.5;-0.1", "X-ODD;P=1:kept"] : []),
      ...(below(3) ? [] : ['ORGANIZER;CN="Grace, of the choir":mailto:grace@x.example']),
      ...(below(3) ? [] : ["CONFERENCE;VALUE=URI:https://meet.example/a?b=1", "STATUS:TENTATIVE"]),
      ...(below(2) ? [`SEQUENCE:${1 + below(9)}`] : []),
      ...(isSeries
        ? [
            pick(["RRULE:FREQ=DAILY;COUNT=5", "RRULE:FREQ=WEEKLY;UNTIL=20270101T000000Z", "RRULE:FREQ=MONTHLY"]),
            `EXDATE${at(day)}`,
            `RDATE${at("20261224")}`,
          ]
        : []),
    ];
    return isSeries
      ? [
          master,
          [
            uid,
            stamp,
            `RECURRENCE-ID${at("20261224")}`,
            `DTSTART${at("20261226")}`,
            "SUMMARY:Moved",
            pick(["STATUS:CANCELLED", "LOCATION:Elsewhere"]),
          ],
        ]
      : [master];
  }).flat();
}
