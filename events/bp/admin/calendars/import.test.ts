import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { calendarImports, calendars } from "../../../../shared/models/calendars.ts";
import { calendarEntries } from "../../../../shared/models/events.ts";
import type { CalendarId } from "../../../../shared/models/ids.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

const site = await openTestApp("events");
const { db } = site;
afterAll(() => site.close());

type Cookies = Record<string, string>;
let [ada, bilal]: [Cookies, Cookies] = [{}, {}];
let at = "";
let calendarId: CalendarId;

beforeAll(async () => {
  const editor = async (handle: string) => {
    const id = await aMember(db, { handle });
    await giveRole(db, id, "editor", "events");
    return signedIn(site, "events", id);
  };
  [ada, bilal] = [await editor("ada"), await editor("bilal")];
  const row = { slug: "dairy", name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  calendarId = (await db.insert(calendars).values(row).returning({ id: calendars.id }))[0]?.id ?? expect.fail();
  at = `/admin/calendars/${calendarId}`;
});

const FILE = [
  "BEGIN:VCALENDAR",
  ...["BEGIN:VEVENT", "UID:choir@example.org", "DTSTAMP:20260101T000000Z", "DTSTART:20310505T180000Z", "DTEND:20310505T190000Z"],
  ...["SUMMARY:Choir <script>alert(1)</script>", "END:VEVENT", "END:VCALENDAR", ""],
].join("\r\n");

function bring(path: string, bytes: string, cookies: Cookies) {
  const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="choir.ics"\r\ncontent-type: text/calendar\r\n\r\n';
  return site.app.inject({
    ...{ method: "POST", url: `${at}${path}`, cookies, payload: `${head}${bytes}\r\n--b--\r\n` },
    headers: {
      ...{ host: new URL(site.origin).host, accept: "text/html", origin: site.origin },
      "content-type": "multipart/form-data; boundary=b",
    },
  });
}

const tokenIn = (body: string) => /name="token" value="([\w-]+)"/.exec(body)?.[1] ?? expect.fail("no token");
const take = (token: string, cookies: Cookies) => site.post(`${at}/import`, { token }, { cookies });
const entries = () => db.select().from(calendarEntries);

it("shows what a file would change, and takes it in without it being brought again: once, by who looked at it, within the hour", async () => {
  const plan = await bring("/import/preview", FILE, ada);
  expect([plan.statusCode, (await entries()).length]).toEqual([200, 0]);
  expect(plan.body).toContain("1 new, 0 changed");
  expect(plan.body).not.toContain("<script>alert");
  const token = tokenIn(plan.body);
  expect((await take(token, bilal)).statusCode).toBe(422);
  expect((await take("made-up", ada)).statusCode).toBe(422);
  expect((await site.post(`${at}/import`, {}, { cookies: ada })).statusCode).toBe(422);
  expect((await take(token, {})).statusCode).toBe(404);

  const taken = await take(token, ada);
  expect(taken.statusCode).toBe(200);
  expect(taken.body).toContain("is taken in");
  expect((await entries()).map(({ uid }) => uid)).toEqual(["choir@example.org"]);
  expect((await take(token, ada)).statusCode).toBe(422);
  expect(await db.select().from(calendarImports)).toEqual([]);

  const again = await bring("/import/preview", FILE, ada);
  expect(again.body).toContain("0 new, 0 changed, 1 as they are here");
  expect(again.body).not.toContain('name="token"'); // there is nothing to take in
});

it("keeps one file of a person for a calendar, for an hour, and forgets it by the timetable", async () => {
  const other = FILE.replaceAll("choir@", "quiz@");
  const first = tokenIn((await bring("/import/preview", other, bilal)).body);
  const second = tokenIn((await bring("/import/preview", other, bilal)).body);
  expect((await take(first, bilal)).statusCode).toBe(422);
  await db.update(calendarImports).set({ expiresAt: sql`now() - interval '1 second'` });
  expect((await take(second, bilal)).statusCode).toBe(422);
  await site.app.transaction((tx) => site.services.calendarFiles.dropLapsedUploads(tx));
  expect(await db.select().from(calendarImports).where(eq(calendarImports.calendarId, calendarId))).toEqual([]);
});

it("refuses what is no calendar, and keeps nothing of it", async () => {
  expect((await bring("/import/preview", "GIF89a", ada)).statusCode).toBe(422);
  expect((await bring("/import", "", ada)).statusCode).toBe(422);
  expect(await db.select().from(calendarImports)).toEqual([]);
});
