import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { composeDigests } from "./digest.ts";

let now = new Date();
const account = await openTestApp("account", { clock: { now: () => now } });
afterAll(() => account.close());

const letters = async () => (await account.services.letters.listLetters()).map(({ subject, state }) => `${subject}: ${state}`);
const digestedOn = async () =>
  (await account.db.execute<{ on: string | null }>(sql`select digested_on::text as on from newsletters`)).rows[0]?.on;
const TEXT = { subject: "This week, 27 November", preheader: "", html: "<p>New</p>", plaintext: "New", language: "en", audience: null };

beforeEach(async () => {
  await account.db.execute(sql`truncate newsletters, subscribers restart identity cascade`);
  await account.db.execute(sql`insert into newsletters (slug, name, digest_weekday) values ('week', 'This week', 5)`); // Fridays
});

describe("what is new each week", () => {
  it.each([
    ["2026-11-27T06:59:00Z", 0], // in London a minute before seven
    ["2026-11-27T07:00:00Z", 1],
    ["2026-11-27T23:59:00Z", 1], // made up for until midnight
    ["2026-11-26T08:00:00Z", 0],
    ["2026-06-26T06:00:00Z", 1], // seven o'clock by the clocks of summer
  ])("is due by the site's clock: at %s %i", async (at, count) => {
    expect(await account.services.letters.listDueDigests(new Date(at))).toHaveLength(count);
  });

  it("goes out once a day, whoever asks at the same time, and counts from the last one", async () => {
    const at = new Date("2026-11-27T07:05:00Z");
    const [due = expect.fail()] = await account.services.letters.listDueDigests(at);
    expect(due.since).toEqual(new Date("2026-11-20T07:05:00Z"));
    const send = () => account.app.transaction((tx) => account.services.letters.sendDigest(tx, due.newsletter.id, at, TEXT));
    expect((await Promise.all([send(), send(), send()])).toSorted()).toEqual([false, false, true]);
    expect(await letters()).toEqual(["This week, 27 November: scheduled"]);
    expect(await account.services.letters.listDueDigests(at)).toEqual([]);
    const [next] = await account.services.letters.listDueDigests(new Date("2026-12-04T07:05:00Z"));
    expect(next?.since).toEqual(new Date("2026-11-27T07:00:00Z"));
  });

  it("waits an hour for services that don't answer, and sends nothing where nothing is new", async () => {
    now = new Date("2026-11-27T07:10:00Z");
    await composeDigests(account.app); // all others are down
    expect(await digestedOn()).toBeNull();
    now = new Date("2026-11-27T08:10:00Z");
    await composeDigests(account.app);
    expect(await digestedOn()).toBe("2026-11-27");
    expect(await letters()).toEqual([]);
  });
});
