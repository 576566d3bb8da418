import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { calendarKeepers, calendars } from "../../shared/models/calendars.ts";
import { calendarEntries } from "../../shared/models/events.ts";
import { entryGuests } from "../../shared/models/occurrences.ts";
import { openTestApp } from "../../tests/app.ts";
import { aMember } from "../../tests/builders/publication.ts";
import { signedIn } from "../../tests/builders/signed-in.ts";

interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  attachments: { contentType: string; content: string }[];
}

const mailbox = mkdtempSync(join(tmpdir(), "rose-ash-mail-"));
const events = await openTestApp("events", { env: { DEPLOYMENT: "development", MAIL_URL: `file:${mailbox}` } });
const { app, db } = events;
for (const begin of app.whenServing) begin();
afterAll(() => events.close());

let cookies: Record<string, string> = {};
const HOSTILE = "<script>alert(1)</script>\r\nBcc: all@x.example";
beforeAll(async () => {
  const ada = await aMember(db, { handle: "ada", name: "Ada" });
  cookies = await signedIn(events, "events", ada);
  const row = { slug: "dairy", name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  const calendarId = (await db.insert(calendars).values(row).returning({ id: calendars.id }))[0]?.id ?? expect.fail();
  await db.insert(calendarKeepers).values({ calendarId, userId: ada });
  const at = { startsAt: new Date("2031-05-07T17:30:00Z"), endsAt: new Date("2031-05-07T19:00:00Z"), zone: "Europe/London" };
  await db.insert(calendarEntries).values({ calendarId, slug: "supper", title: `Supper ${HOSTILE}`, status: "confirmed", ...at });
});

const mails = () =>
  readdirSync(mailbox)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file): Mail => JSON.parse(readFileSync(join(mailbox, file), "utf8")));
const sent = (count: number) => vi.waitFor(() => expect(mails()).toHaveLength(count), 15_000);
const revision = async () => String((await db.select({ revision: calendarEntries.revision }).from(calendarEntries))[0]?.revision);
const invite = (emails: string, asked: object = { cookies }) => events.post("/entries/supper/guests", { emails }, asked);

it("asks by mail once for each version, says what is off, and takes answers by the address in the mail alone", {
  timeout: 60_000,
}, async () => {
  expect((await invite("x@y.example", {})).statusCode).toBe(401);
  expect((await invite("not an address")).statusCode).toBe(422);
  expect((await invite("Grace@Example.org, grace@example.org")).statusCode).toBe(303);
  await sent(1);
  const [first] = mails();
  expect(first).toMatchObject({ to: "grace@example.org", attachments: [{ contentType: "text/calendar; method=REQUEST; charset=utf-8" }] });
  expect(first?.subject).toMatch(/^Invitation: Supper/);
  expect(first?.subject).not.toMatch(/[\r\n]/);
  expect(first?.html).not.toContain("<script>");
  expect(first?.attachments[0]?.content).toMatch(/METHOD:REQUEST.*ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION/s);
  expect((await invite("grace@example.org")).statusCode).toBe(303);

  const path = /\/invitations\/\d+\/[\w-]+/.exec(first?.text ?? "")?.[0] ?? expect.fail();
  expect((await events.get(path)).body).toContain("You have not said yet.");
  expect((await db.select({ answer: entryGuests.answer }).from(entryGuests))[0]?.answer).toBe("waiting");
  expect((await events.post(path, { answer: "yes" })).body).toContain("You come.");
  expect((await events.post(`${path}x`, { answer: "no" })).statusCode).toBe(404);
  expect((await events.get(path.replace(/\d+/, "4711"))).statusCode).toBe(404);
  expect((await events.get("/entries/supper/guests", { cookies })).body).toContain("comes");

  const form = { title: "Supper", startsOn: "2031-05-08", startsTime: "18:30", endsTime: "20:00", zone: "Europe/London", repeat: "none" };
  expect((await events.post("/entries/supper/edit", { ...form, revision: await revision() }, { cookies })).statusCode).toBe(303);
  await sent(2);
  expect(mails()[1]?.subject).toBe("Changed: Supper");
  expect(mails()[1]?.attachments[0]?.content).toMatch(/DTSTART;TZID=Europe\/London:20310508T183000.*SEQUENCE:1.*PARTSTAT=ACCEPTED/s);

  await events.post("/entries/supper/cancellation", { scope: "all", key: "", revision: await revision() }, { cookies });
  await sent(3);
  expect(mails()[2]?.attachments[0]?.content).toMatch(/METHOD:CANCEL.*SEQUENCE:2.*STATUS:CANCELLED/s);
  expect(new Set(mails().map(({ messageId }) => messageId)).size).toBe(3);
  await vi.waitFor(async () => expect((await db.select().from(entryGuests).where(eq(entryGuests.sentSequence, -2))).length).toBe(1), 5_000);
});
