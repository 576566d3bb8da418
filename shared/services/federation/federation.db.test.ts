import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { newDatabase } from "../../../tests/database.ts";
import { openDb } from "../../infrastructure/db.ts";
import { apActivities, notifications, VISIBILITIES } from "../../models/federation.ts";
import { users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { media } from "../../models/media.ts";
import { makeFederationService } from "./index.ts";

const db = openDb(await newDatabase());
afterAll(() => db.close());

const deps = {
  db,
  clock: { now: () => new Date("2026-11-18T12:00:00Z") },
  publicUrl: (app: string, path: string) => `https://${app}.example${path}`,
  timeZone: "Europe/London",
  locale: "en-GB",
};
const federation = makeFederationService(deps, { listHolders: async () => [] });

let ada: UserId;
let bilal: UserId;

beforeEach(async () => {
  await db.delete(apActivities);
  await db.delete(users);
  await db.delete(media);
  const sha256 = "ab".repeat(32);
  const face = { sha256, contentType: "image/svg+xml" as const, width: 200, height: 200, byteLength: 900 };
  const [picture] = await db.insert(media).values(face).returning({ id: media.id });
  ada = await aMember("ada", "Ada", picture?.id);
  bilal = await aMember("bilal", "Bilal");
});

async function aMember(handle: string, name: string, pictureId = undefined as typeof users.$inferInsert.pictureId): Promise<UserId> {
  const [user] = await db
    .insert(users)
    .values({ handle, name, pictureId: pictureId ?? null })
    .returning({ id: users.id });
  return user?.id ?? expect.fail();
}

type Activity = typeof apActivities.$inferInsert;
async function anActivity(activity: Partial<Activity> = {}) {
  const whole = { originApp: "blog", type: "Create", objectType: "Post", objectId: "1", visibility: "public", ...activity } as const;
  const [made] = await db.insert(apActivities).values(whole).returning({ id: apActivities.id });
  return made?.id ?? expect.fail();
}

const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 12, minute));

describe("the timeline", () => {
  it("shows what is public and nothing else", async () => {
    for (const visibility of VISIBILITIES) await anActivity({ visibility, details: { name: visibility } });
    const { activities } = await federation.listPublicActivities(null);
    expect(activities.map(({ object }) => object.name)).toEqual(["public"]);
  });

  it("says who did what to what, with its address", async () => {
    await anActivity({ actorId: ada, details: { name: "The new oven", path: "/posts/the-new-oven" }, publishedAt: at(3) });
    await anActivity({ originApp: "market", type: "Add", objectType: "Product", details: { name: "Rye loaf" }, publishedAt: at(2) });
    await anActivity({ originApp: "events", objectType: "CalendarEntry", actorId: bilal, publishedAt: at(1) });
    const { activities, olderUrl } = await federation.listPublicActivities(null);
    expect(activities).toMatchObject([
      {
        actor: { name: "Ada", handle: "ada", pictureUrl: `/media/ab/${"ab".repeat(32)}.svg` },
        verb: "published",
        object: { name: "The new oven", url: "https://blog.example/posts/the-new-oven" },
      },
      { actor: { name: "The shop", handle: null, pictureUrl: null }, verb: "added to the shelf", object: { name: "Rye loaf", url: null } },
      { actor: { name: "Bilal", handle: "bilal", pictureUrl: null }, verb: "announced", object: { name: "an entry in the calendar" } },
    ]);
    expect(olderUrl).toBeNull();
  });

  it.each(["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", ""])(
    "links nowhere for the path %j",
    async (path) => {
      await anActivity({ details: { name: "A post", path } });
      expect((await federation.listPublicActivities(null)).activities[0]?.object.url).toBeNull();
    },
  );

  it("goes on where the last page ended, also among lines of one instant and when new ones come meanwhile", async () => {
    for (let number = 0; number < 45; number += 1)
      await anActivity({ objectId: String(number), details: { name: String(number) }, publishedAt: at(7) });
    const seen: string[] = [];
    let before: number | null = null;
    for (let pages = 1; pages <= 3; pages += 1) {
      const page = await federation.listPublicActivities(before);
      seen.push(...page.activities.map(({ object }) => object.name));
      await anActivity({ details: { name: "newer" }, publishedAt: at(8) });
      before = page.activities.at(-1)?.id ?? null;
      expect(page.olderUrl).toBe(pages === 3 ? null : `https://federation.example/?before=${before}`);
    }
    expect(seen).toEqual(Array.from({ length: 45 }, (_, index) => String(44 - index)));
  });

  it("is empty before a line that is not there, or not public", async () => {
    await anActivity();
    const hidden = await anActivity({ visibility: "internal", publishedAt: new Date("2099-01-01") });
    for (const before of [hidden, 999_999])
      expect(await federation.listPublicActivities(before)).toEqual({ activities: [], olderUrl: null });
  });

  it("names the app when the member has left", async () => {
    await anActivity({ actorId: ada });
    await db.delete(users);
    expect((await federation.listPublicActivities(null)).activities[0]?.actor.name).toBe("The blog");
  });
});

describe("notifications", () => {
  it("are a member's own, newest first, and are read all at once", async () => {
    const first = await anActivity({ details: { name: "First" }, visibility: "direct" });
    const second = await anActivity({ details: { name: "Second" } });
    await db.insert(notifications).values([
      { userId: ada, activityId: first, createdAt: at(1) },
      { userId: ada, activityId: second, createdAt: at(2) },
      { userId: bilal, activityId: second, createdAt: at(2) },
    ]);
    expect(await federation.countUnread(ada)).toBe(2);
    await db.transaction((tx) => federation.markAllRead(tx, ada));
    expect(await federation.countUnread(ada)).toBe(0);
    expect(await federation.countUnread(bilal)).toBe(1);
    const listed = await federation.listNotifications(ada);
    expect(listed).toMatchObject([
      { isUnread: false, createdAt: at(2), activity: { id: second, object: { name: "Second" } } },
      { isUnread: false, createdAt: at(1), activity: { id: first, object: { name: "First" } } },
    ]);
  });

  it("are none for who has none", async () => {
    expect(await federation.listNotifications(ada)).toEqual([]);
    expect(await federation.countUnread(ada)).toBe(0);
  });
});
