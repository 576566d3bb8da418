import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aDraft, aMember, aPost } from "../../tests/builders/publication.ts";
import { HOSTILE_WORDS, spelt } from "../../tests/builders/search.ts";
import { aProduct } from "../../tests/builders/shop.ts";
import { newDatabase } from "../../tests/database.ts";
import { openDb } from "../infrastructure/db.ts";
import { calendars } from "../models/calendars.ts";
import { calendarEntries } from "../models/events.ts";
import { makeTombstones } from "./erasures/tombstones.ts";
import { makeEventsService } from "./events/index.ts";
import { makeIdentityService } from "./identity/index.ts";
import { makeMarketService } from "./market/index.ts";

const db = openDb(await newDatabase());
const deps = {
  db,
  clock: { now: () => new Date("2026-11-18T12:00:00Z") },
  publicUrl: (app: string, path: string) => `https://${app}.example${path}`,
  timeZone: "Europe/London",
  locale: "en-GB",
};
const [market, events, identity] = [
  makeMarketService(deps),
  makeEventsService(deps),
  makeIdentityService(deps, { tombstones: makeTombstones(() => Buffer.alloc(32)) }),
];

beforeAll(async () => {
  await aProduct(db, { slug: "rye-loaf", name: "Rye loaf", brand: "Wood oven", description: "Dark & dense." });
  await aProduct(db, { slug: "seville", name: "Seville marmalade" });
  await aProduct(db, { slug: "butter", name: "Butter", description: "Good on rye." });
  const ada = await aMember(db, { handle: "ada", name: "Ada Marlowe", bio: "Looks after the minutes." });
  const shy = await aMember(db, { handle: "shy", name: "Shy Marlowe" });
  await aPost(db, { slug: "hello" }, { authors: [ada] });
  await aDraft(db, { slug: "not-yet" }, { authors: [shy] });
  const [calendar] = await db
    .insert(calendars)
    .values({ slug: "hall", name: "Hall", colour: "leaf", zone: "Europe/London", position: 1 })
    .returning({ id: calendars.id });
  const entry = (slug: string, day: string, status: "proposed" | "confirmed") => ({
    ...{
      calendarId: calendar?.id ?? expect.fail("no calendar"),
      slug,
      title: `Choir ${slug}`,
      zone: "Europe/London",
      status,
      place: "Old Dairy",
    },
    ...{ startsAt: new Date(`${day}T18:00:00Z`), endsAt: new Date(`${day}T20:00:00Z`) },
  });
  await db
    .insert(calendarEntries)
    .values([
      entry("past", "2026-11-01", "confirmed"),
      entry("soon", "2026-11-20", "confirmed"),
      entry("far", "2026-12-20", "confirmed"),
      entry("maybe", "2026-11-21", "proposed"),
    ]);
});
afterAll(() => db.close());

describe("the shop's search", () => {
  it("finds products, their names before their descriptions, with what was looked for marked", async () => {
    const hits = await market.search("rye", 5);
    expect(hits.map(({ title, excerpt, url, detail }) => [spelt(title), spelt(excerpt), url, detail])).toEqual([
      ["[Rye] loaf", "Dark & dense.", "https://market.example/products/rye-loaf", "Wood oven"],
      ["Butter", "Good on [rye]", "https://market.example/products/butter", ""],
    ]);
    expect(await market.search("rye", 1)).toHaveLength(1);
    expect(await market.listNamesLike("buter", 3)).toEqual(["Butter"]);
    expect(await market.listNamesLike("marmelade", 3)).toEqual(["Seville marmalade"]);
  });
});

describe("the calendars' search", () => {
  it("finds what is to come first, soonest first, then what is past; never what is only proposed", async () => {
    const hits = await events.search("choir", 5);
    expect(hits.map(({ url }) => url.split("/").at(-1))).toEqual(["soon", "far", "past"]);
    expect(hits[0]).toMatchObject({ startsAt: new Date("2026-11-20T18:00:00Z"), zone: "Europe/London", detail: "Old Dairy" });
    expect(await events.search("maybe", 5)).toEqual([]);
  });
});

describe("the search of people", () => {
  it("finds whoever has published something, and nobody else", async () => {
    const hits = await identity.search("marlowe", 5);
    expect(hits.map(({ title, url }) => [spelt(title), url])).toEqual([["Ada [Marlowe]", "https://blog.example/authors/ada"]]);
    expect(await identity.listNamesLike("marlow", 5)).toEqual(["Ada Marlowe"]);
    expect(await identity.search("shy", 5)).toEqual([]);
  });
});

describe("hostile words", () => {
  it.each(HOSTILE_WORDS.map((words) => [words.slice(0, 30), words]))("are answered: %j", async (_, words) => {
    for (const { search, listNamesLike } of [market, events, identity]) {
      expect(await search(words, 3)).toBeInstanceOf(Array);
      expect(await listNamesLike(words, 3)).toBeInstanceOf(Array);
    }
  });
});
