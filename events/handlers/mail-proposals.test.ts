import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { calendarKeepers, calendars } from "../../shared/models/calendars.ts";
import { calendarEntries } from "../../shared/models/events.ts";
import { userEmails } from "../../shared/models/identity.ts";
import type { CalendarId, UserId } from "../../shared/models/ids.ts";
import { openTestApp } from "../../tests/app.ts";
import { aMember } from "../../tests/builders/publication.ts";
import { giveRole } from "../../tests/builders/roles.ts";
import { signedIn } from "../../tests/builders/signed-in.ts";

interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
}

const mailbox = mkdtempSync(join(tmpdir(), "rose-ash-mail-"));
const events = await openTestApp("events", { env: { DEPLOYMENT: "development", MAIL_URL: `file:${mailbox}` } });
const { app, db } = events;
for (const begin of app.whenServing) begin();
afterAll(() => events.close());

const HOSTILE = "<script>alert(1)</script>\r\nBcc: all@x.example";
type Cookies = Record<string, string>;
let [ada, bilal, carys]: [Cookies, Cookies, Cookies] = [{}, {}, {}];
let calendarId: CalendarId;
let keeper: UserId;

beforeAll(async () => {
  const member = async (handle: string): Promise<[UserId, Cookies]> => {
    const id = await aMember(db, { handle, name: handle });
    await db
      .insert(userEmails)
      .values({ email: `${handle}@example.org`, userId: id, isPrimary: true })
      .onConflictDoNothing();
    return [id, await signedIn(events, "events", id)];
  };
  const [[adaId, asAda], [, asBilal], [carysId, asCarys]] = [await member("ada"), await member("bilal"), await member("carys")];
  [ada, bilal, carys, keeper] = [asAda, asBilal, asCarys, adaId];
  await giveRole(db, carysId, "editor", "events");
  const row = { slug: "dairy", name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  calendarId = (await db.insert(calendars).values(row).returning({ id: calendars.id }))[0]?.id ?? expect.fail();
  await db.insert(calendarKeepers).values({ calendarId, userId: keeper });
});

const mails = () =>
  readdirSync(mailbox)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file): Mail => JSON.parse(readFileSync(join(mailbox, file), "utf8")));
const sent = (count: number) => vi.waitFor(() => expect(mails()).toHaveLength(count), 30_000);
const form = { startsOn: "2031-05-08", startsTime: "18:30", endsTime: "20:00", zone: "Europe/London", repeat: "none" };

async function decide(title: string, verdict: string, cookies: Cookies) {
  const [entry] = await db.select().from(calendarEntries).where(eq(calendarEntries.title, title));
  const decision = { revision: String(entry?.revision), verdict, note: `Too loud ${HOSTILE}` };
  return events.post(`/desk/${entry?.id}/decision`, decision, { cookies });
}

it("writes to who looks after the calendar, and tells who proposed it what became of it and why", { timeout: 120_000 }, async () => {
  const title = `Choir ${HOSTILE.replace("\r\n", " ")}`;
  expect((await events.post("/propose", { ...form, calendar: "dairy", title }, { cookies: bilal })).statusCode).toBe(303);
  await sent(1);
  expect(mails()[0]).toMatchObject({ to: "ada@example.org", subject: expect.stringMatching(/^Proposed for The Old Dairy: Choir/) });
  expect(mails()[0]?.text).toMatch(/bilal proposes something.*Thursday.*8 May 2031.*18:30.*\/desk/s);
  expect(mails()[0]?.html).not.toContain("<script>");

  expect((await decide(title, "declined", ada)).statusCode).toBe(303);
  await sent(2);
  expect(mails()[1]).toMatchObject({ to: "bilal@example.org", subject: expect.stringMatching(/^Not taken: Choir/) });
  expect(mails()[1]?.text).toContain("Too loud <script>");
  expect(mails()[1]?.text).not.toMatch(/^Bcc/m);
  expect(mails()[1]?.html).not.toContain("<script>");

  expect((await events.post("/propose", { ...form, calendar: "dairy", title: "Supper" }, { cookies: bilal })).statusCode).toBe(303);
  await sent(3);
  expect((await decide("Supper", "confirmed", carys)).statusCode).toBe(303);
  await sent(4);
  expect(mails()[3]).toMatchObject({ to: "bilal@example.org", subject: "Confirmed: Supper" });
  expect(mails()[3]?.text).toContain("/entries/supper");
  expect(new Set(mails().map(({ messageId }) => messageId)).size).toBe(4);
});

it("writes to the editors where nobody looks after it, and to nobody about what they did themselves", { timeout: 120_000 }, async () => {
  const before = mails().length;
  await db.delete(calendarKeepers).where(eq(calendarKeepers.userId, keeper));
  await events.post("/propose", { ...form, calendar: "dairy", title: "Quiz" }, { cookies: ada });
  await sent(before + 1);
  expect(mails().at(-1)).toMatchObject({ to: "carys@example.org", subject: "Proposed for The Old Dairy: Quiz" });
});
