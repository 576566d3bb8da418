import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aMember } from "../../../tests/builders/publication.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import { newDatabase } from "../../../tests/database.ts";
import { type Looker, lookerOf, MOST_SEEN } from "../../contracts/seen.ts";
import { openDb } from "../../infrastructure/db.ts";
import { apActivities } from "../../models/federation.ts";
import { devices } from "../../models/identity.ts";
import type { DeviceId, UserId } from "../../models/ids.ts";
import { makeMarketService } from "../market/index.ts";
import { makeSeenService } from "./index.ts";

const db = openDb(await newDatabase());
afterAll(() => db.close());
const deps = {
  ...{ db, clock: { now: () => new Date() }, timeZone: "Europe/London", locale: "en-GB" },
  publicUrl: (app: string, path: string) => `https://${app}.example${path}`,
};
const seen = makeSeenService(deps, { market: makeMarketService(deps) });
const COUNT = MOST_SEEN + 6;

beforeAll(async () => {
  for (let n = 0; n < COUNT; n++) await aProduct(db, { slug: `jar-${n}` });
});

async function aBrowser(): Promise<{ kind: "device"; deviceId: DeviceId }> {
  const deviceId = randomUUID() as string as DeviceId;
  await db.insert(devices).values({ id: deviceId });
  return { kind: "device", deviceId };
}
async function aMemberLooking(handle: string): Promise<{ kind: "member"; userId: UserId }> {
  return { kind: "member", userId: await aMember(db, { handle }) };
}
const look = (slug: string, looker: Looker) => db.transaction((tx) => seen.noteView(tx, slug, looker));
const slugs = async (looker: Looker, limit = 99, except?: string) =>
  (await seen.listSeen(looker, limit, except)).map((product) => product.slug);
/** As if all of it had been this much earlier. */
const earlier = (looker: Looker, interval: string) =>
  db.execute(sql`update product_views set seen_at = seen_at - ${interval}::interval
    where ${looker.kind === "member" ? sql`user_id = ${looker.userId}` : sql`device_id = ${looker.deviceId}`}`);

describe("what somebody looked at", () => {
  it("is there for them alone, the last one first, each once", async () => {
    const [browser, other] = [await aBrowser(), await aBrowser()];
    for (const slug of ["jar-1", "jar-2", "jar-3"]) await look(slug, browser);
    expect(await slugs(browser)).toEqual(["jar-3", "jar-2", "jar-1"]);
    expect(await slugs(browser, 1)).toEqual(["jar-3"]);
    expect(await slugs(browser, 2, "jar-3")).toEqual(["jar-2", "jar-1"]);
    expect(await slugs(other)).toEqual([]);
    await look("jar-1", browser); // loaded again
    expect(await slugs(browser)).toEqual(["jar-3", "jar-2", "jar-1"]);
    await earlier(browser, "2 minutes");
    await look("jar-1", browser);
    expect(await slugs(browser)).toEqual(["jar-1", "jar-3", "jar-2"]);
  });

  it("is no more than the newest few", async () => {
    const ada = await aMemberLooking("ada");
    for (let n = 0; n < COUNT; n++) await look(`jar-${n}`, ada);
    const list = await slugs(ada);
    expect(list).toHaveLength(MOST_SEEN);
    expect(list[0]).toBe(`jar-${COUNT - 1}`);
  });

  it("is noted once when the same page is opened many times at one moment", async () => {
    const browser = await aBrowser();
    await Promise.all(Array.from({ length: 8 }, () => look("jar-5", browser)));
    expect(await slugs(browser)).toEqual(["jar-5"]);
  });

  it("is not noted of a browser that the house does not know, nor of a product that is not there", async () => {
    const stranger = { kind: "device" as const, deviceId: "nobody" as DeviceId };
    await look("jar-1", stranger);
    expect(await slugs(stranger)).toEqual([]);
    const browser = await aBrowser();
    await look("no-such-jar", browser);
    expect(await slugs(browser)).toEqual([]);
  });

  it("is told to nobody", async () => {
    await look("jar-1", await aMemberLooking("carys"));
    expect(await db.$count(apActivities)).toBe(0);
  });

  it("becomes the member's at the sign-in, within the same bounds", async () => {
    const [browser, bilal] = [await aBrowser(), await aMemberLooking("bilal")];
    for (let n = 0; n < MOST_SEEN; n++) await look(`jar-${n}`, bilal);
    await earlier(bilal, "1 hour");
    for (const slug of ["jar-3", `jar-${MOST_SEEN + 1}`]) await look(slug, browser);
    await db.transaction((tx) => seen.adoptGuestViews(tx, browser.deviceId, bilal.userId));
    const list = await slugs(bilal);
    expect(list.slice(0, 3)).toEqual([`jar-${MOST_SEEN + 1}`, "jar-3", `jar-${MOST_SEEN - 1}`]);
    expect(list).toHaveLength(MOST_SEEN);
    expect(list).not.toContain("jar-0");
    expect(await slugs(browser)).toEqual([]);
  });

  it("is forgotten when they ask, and in time", async () => {
    const [browser, dov] = [await aBrowser(), await aMemberLooking("dov")];
    for (const looker of [browser, dov]) for (const slug of ["jar-1", "jar-2"]) await look(slug, looker);
    await db.transaction((tx) => seen.forgetAll(tx, browser));
    expect([await slugs(browser), (await slugs(dov)).length]).toEqual([[], 2]);
    await earlier(dov, "61 days");
    await look("jar-1", dov);
    await db.transaction((tx) => seen.forgetBefore(tx, new Date(Date.now() - 60 * 86_400_000)));
    expect(await slugs(dov)).toEqual(["jar-1"]);
  });
});

it("nothing is remembered of a guest without a device", () => {
  expect(lookerOf({ kind: "guest", deviceId: null })).toBeNull();
});
