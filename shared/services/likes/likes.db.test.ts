import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { aMember, aPost } from "../../../tests/builders/publication.ts";
import { newDatabase } from "../../../tests/database.ts";
import { type Liker, likerOf } from "../../contracts/likes.ts";
import { openDb } from "../../infrastructure/db.ts";
import { apActivities } from "../../models/federation.ts";
import { devices } from "../../models/identity.ts";
import type { DeviceId } from "../../models/ids.ts";
import { makeLikesService } from "./index.ts";

const db = openDb(await newDatabase());
afterAll(() => db.close());
const likes = makeLikesService({
  db,
  clock: { now: () => new Date() },
  publicUrl: (app, path) => `https://${app}.example${path}`,
  timeZone: "Europe/London",
  locale: "en-GB",
});
const like = (id: number, liker: Liker) => db.transaction((tx) => likes.like(tx, aPostOf(id), liker));
const unlike = (id: number, liker: Liker) => db.transaction((tx) => likes.unlike(tx, aPostOf(id), liker));
const aPostOf = (id: number) => ({ kind: "post" as const, id: id as Awaited<ReturnType<typeof aPost>> });

async function aBrowser(): Promise<{ kind: "device"; deviceId: DeviceId }> {
  const deviceId = randomUUID() as string as DeviceId;
  await db.insert(devices).values({ id: deviceId });
  return { kind: "device", deviceId };
}

describe("likes", () => {
  it("count each member and each browser once, and are taken back", async () => {
    const post = await aPost(db, { slug: "rye" });
    const ada = { kind: "member" as const, userId: await aMember(db, { handle: "ada" }) };
    const browser = await aBrowser();
    expect(await like(post, ada)).toBe(1);
    expect(await like(post, ada)).toBe(1);
    expect(await like(post, browser)).toBe(2);
    expect(await likes.isLikedBy(aPostOf(post), ada)).toBe(true);
    expect(await likes.isLikedBy(aPostOf(post), await aBrowser())).toBe(false);
    expect(await likes.isLikedBy(aPostOf(post), null)).toBe(false);
    expect(await unlike(post, ada)).toBe(1);
    expect(await unlike(post, ada)).toBe(1);
    expect(await likes.isLikedBy(aPostOf(post), ada)).toBe(false);
  });

  it("of two at once count one", async () => {
    const [post, browser] = [await aPost(db, { slug: "twice" }), await aBrowser()];
    await Promise.all([like(post, browser), like(post, browser), like(post, browser)]);
    expect(await like(post, browser)).toBe(1);
  });

  it("of a member are told within the house, once; of a browser not at all", async () => {
    const post = await aPost(db, { slug: "told" });
    const bilal = { kind: "member" as const, userId: await aMember(db, { handle: "bilal" }) };
    await like(post, await aBrowser());
    await like(post, bilal);
    await like(post, bilal);
    const told = (await db.select().from(apActivities)).filter(({ objectId }) => objectId === String(post));
    expect(told).toMatchObject([{ type: "Like", objectType: "Post", actorId: bilal.userId, visibility: "internal" }]);
  });

  it("of a browser become its member's at the sign-in; what both liked counts once", async () => {
    const [one, both] = [await aPost(db, { slug: "one" }), await aPost(db, { slug: "both" })];
    const [browser, carys] = [await aBrowser(), { kind: "member" as const, userId: await aMember(db, { handle: "carys" }) }];
    await like(one, browser);
    await like(both, browser);
    await like(both, carys);
    await db.transaction((tx) => likes.adoptGuestLikes(tx, browser.deviceId, carys.userId));
    expect(await likes.isLikedBy(aPostOf(one), carys)).toBe(true);
    expect(await likes.isLikedBy(aPostOf(one), browser)).toBe(false);
    expect(await like(both, carys)).toBe(1);
  });
});

describe("who likes", () => {
  it("is the member, or a guest's browser, or nobody yet", () => {
    expect(likerOf({ kind: "guest", deviceId: null })).toBeNull();
    expect(likerOf({ kind: "guest", deviceId: "d" as DeviceId })).toEqual({ kind: "device", deviceId: "d" });
  });
});
