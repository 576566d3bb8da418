import { containments, pages } from "@rose-ash/shared/models/blog.ts";
import { marketPlaces } from "@rose-ash/shared/models/places.ts";
import { asc, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { Browser } from "./browser.ts";
import { aPlace } from "./builders/places.ts";
import { movedTime } from "./moved-time.ts";
import { openTestSite } from "./site.ts";

const site = await openTestSite(["blog", "market", "cart", "federation", "account"]);
const guest = new Browser();
let page: string;
beforeAll(async () => {
  await site.db.delete(marketPlaces);
  await site.db.execute(
    sql`update order_cycles set opens_at = opens_at + interval '10 years', closes_at = closes_at + interval '10 years'`,
  );
  const stall = await aPlace(site.db, { slug: "stall" }, ["2 9:00-18:00"]);
  const [about] = await site.db.select({ id: pages.id, path: pages.path }).from(pages).orderBy(asc(pages.id)).limit(1);
  if (!about) throw new Error("the seed has no page");
  await site.db.insert(containments).values({ pageId: about.id, marketPlaceId: stall, position: 1 });
  page = site.url("blog", `/${about.path}`);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
afterAll(() => site.close());

it("pages that are kept for guests say that a place is open for as long as it is: its own, the shop front, and one of the blog", async () => {
  const urls = [site.url("market", "/places/stall"), site.url("market", "/places"), site.url("market", "/"), page];
  for (const url of urls) await guest.get(url); // the first page of a process lacks pieces that come late, and is not kept
  const time = movedTime(new Date("2030-12-03T17:59:50Z")); // a Tuesday
  const see = async () => {
    const answers = [];
    for (const url of urls) {
      const { text, headers } = await guest.get(url);
      answers.push(`${/Open now|Closed/.exec(text)?.[0]} ${/^page;desc="(\w+)"/.exec(headers.get("server-timing") ?? "")?.[1] ?? "made"}`);
    }
    return answers;
  };
  expect(await see()).toEqual(urls.map(() => "Open now made"));
  await time.later(5);
  expect(await see()).toEqual(urls.map(() => "Open now hit"));
  await time.later(5); // within the time for which a page is fresh, let alone stale
  expect(await see()).toEqual(urls.map(() => "Closed made"));
});
