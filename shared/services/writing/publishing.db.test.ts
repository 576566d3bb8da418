import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aDraft, aMember, aPage, aPost } from "../../../tests/builders/publication.ts";
import type { PieceRef } from "../../contracts/writing.ts";
import type { PostId, UserId } from "../../models/ids.ts";

let now = new Date("2026-11-20T12:00:00Z");
const blog = await openTestApp("blog", { clock: { now: () => now } });
const { db, services } = blog;
const { writing } = services;
const { transaction } = blog.app;
let ada: UserId;

beforeAll(async () => {
  ada = await aMember(db, { handle: "ada", name: "Ada" });
});
afterAll(() => blog.close());
beforeEach(async () => {
  now = new Date("2026-11-20T12:00:00Z");
  await db.execute(sql`delete from ap_activities`);
});

let counter = 0;
const draft = async (state: Partial<Parameters<typeof aDraft>[1]> = {}): Promise<PieceRef & { kind: "post" }> => {
  counter++;
  return { kind: "post", id: await aDraft(db, { slug: `draft-${counter}`, ...state }) };
};
const activities = async () =>
  (
    await db.execute<{ type: string; visibility: string; path: string }>(
      sql`select type, visibility, details ->> 'path' as path from ap_activities order by id`,
    )
  ).rows.map(({ type, visibility, path }) => `${visibility} ${type} ${path}`);
const publish = (piece: PieceRef, at: Date | null = null) => transaction((tx) => writing.publish(tx, piece, { by: ada, at }));
const unpublish = (piece: PieceRef) => transaction((tx) => writing.unpublish(tx, piece, ada));
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe("publishing", () => {
  it("makes a draft public now, once of ten that ask at a time, and tells the world once", async () => {
    const post = await draft();
    const results = await Promise.all(Array.from({ length: 10 }, () => publish(post)));
    expect(results.filter(({ kind }) => kind === "done")).toHaveLength(1);
    expect(await writing.findPost(post.id)).toMatchObject({ status: "published", publishedAt: now, version: 1 });
    expect(await activities()).toEqual([`public Create /posts/draft-${counter}`]);
  });

  it("takes a date of the past, and never one that is to come", async () => {
    const [old, early] = [await draft(), await draft()];
    await publish(old, new Date("2019-05-01T08:00:00Z"));
    await publish(early, minutesLater(60));
    expect((await writing.findPost(old.id))?.publishedAt).toEqual(new Date("2019-05-01T08:00:00Z"));
    expect((await writing.findPost(early.id))?.publishedAt).toEqual(now);
  });

  it("keeps the date on which a post was public first, through a withdrawal; the world hears of both", async () => {
    const post = await draft();
    await publish(post);
    const first = now;
    now = minutesLater(60);
    expect(await unpublish(post)).toEqual({ kind: "done" });
    expect(await unpublish(post)).toEqual({ kind: "not-now" });
    expect(await writing.findPost(post.id)).toMatchObject({ status: "draft", publishedAt: first });
    await publish(post);
    expect(await writing.findPost(post.id)).toMatchObject({ status: "published", publishedAt: first });
    expect((await activities()).map((line) => line.split(" ")[1])).toEqual(["Create", "Delete", "Create"]);
  });

  it("tells only within of what is not for everybody, and the world of what opens and closes", async () => {
    const post = await draft({ audience: "coop" });
    await publish(post);
    const save = (expectedVersion: number, audience: string | null) =>
      transaction((tx) => writing.savePost(tx, { id: post.id, expectedVersion, by: ada, settings: { audience } }));
    await save(1, null);
    await save(2, null);
    await save(3, "bakers");
    await unpublish(post);
    expect((await activities()).map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
      "internal Create",
      "public Create",
      "public Update",
      "public Delete",
      "internal Delete",
    ]);
  });

  it("says nothing about drafts", async () => {
    const post = await draft();
    await transaction((tx) => writing.savePost(tx, { id: post.id, expectedVersion: 1, by: ada, settings: { title: "Quiet" } }));
    expect(await activities()).toEqual([]);
  });
});

describe("scheduling", () => {
  it("refuses a time that is over, and what is public already", async () => {
    const post = await draft();
    expect(await transaction((tx) => writing.schedule(tx, post.id, now))).toEqual({ kind: "in-the-past" });
    expect(await transaction((tx) => writing.schedule(tx, post.id, new Date(Number.NaN)))).toEqual({ kind: "in-the-past" });
    await publish(post);
    expect(await transaction((tx) => writing.schedule(tx, post.id, minutesLater(5)))).toEqual({ kind: "not-now" });
    expect(await transaction((tx) => writing.schedule(tx, 999_999 as PostId, minutesLater(5)))).toEqual({ kind: "not-now" });
  });

  it("publishes what is due once, though five ask at a time, and catches up after a day away", async () => {
    const posts = [await draft(), await draft(), await draft()];
    const times = [5, 10, 3000];
    for (const [index, post] of posts.entries()) await transaction((tx) => writing.schedule(tx, post.id, minutesLater(times[index] ?? 0)));
    expect(await transaction((tx) => writing.publishDue(tx, now))).toBe(0);
    now = minutesLater(24 * 60);
    const published = await Promise.all(Array.from({ length: 5 }, () => transaction((tx) => writing.publishDue(tx, now))));
    expect(published.reduce((sum, n) => sum + n, 0)).toBe(2);
    expect(await Promise.all(posts.map(async ({ id }) => (await writing.findPost(id))?.status))).toEqual([
      "published",
      "published",
      "scheduled",
    ]);
    expect(await activities()).toHaveLength(2);
    expect((await writing.findPost((posts[0] as { id: PostId }).id))?.publishedAt).toEqual(new Date("2026-11-20T12:05:00Z"));
  });

  it("can be moved, taken back, and forestalled by publishing now", async () => {
    const [moved, back, early] = [await draft(), await draft(), await draft()];
    for (const { id } of [moved, back, early]) await transaction((tx) => writing.schedule(tx, id, minutesLater(5)));
    expect(await transaction((tx) => writing.schedule(tx, moved.id, minutesLater(50)))).toEqual({ kind: "done" });
    await unpublish(back);
    await publish(early);
    expect(await writing.findPost(back.id)).toMatchObject({ status: "draft", publishedAt: null });
    expect(await writing.findPost(early.id)).toMatchObject({ status: "published", publishedAt: now });
    expect(await transaction((tx) => writing.publishDue(tx, minutesLater(10)))).toBe(0);
  });
});

describe("the bin", () => {
  it("withdraws what is public, keeps it for who restores it, and lets nothing be done with it", async () => {
    const post = await draft();
    await publish(post);
    expect(await transaction((tx) => writing.moveToBin(tx, post, ada))).toEqual({ kind: "done" });
    expect(await transaction((tx) => writing.moveToBin(tx, post, ada))).toEqual({ kind: "not-now" });
    expect(await publish(post)).toEqual({ kind: "not-now" });
    expect(await transaction((tx) => writing.schedule(tx, post.id, minutesLater(5)))).toEqual({ kind: "not-now" });
    expect((await activities()).map((line) => line.split(" ")[1])).toEqual(["Create", "Delete"]);
    expect(await transaction((tx) => writing.restoreFromBin(tx, post))).toEqual({ kind: "done" });
    expect(await transaction((tx) => writing.restoreFromBin(tx, post))).toEqual({ kind: "not-now" });
    expect(await writing.findPost(post.id)).toMatchObject({ status: "draft", deletedAt: null });
  });

  it("is emptied of what has lain there for a while, with its likes, and of nothing else", async () => {
    const [old, fresh, kept] = [await draft(), await draft(), await draft()];
    for (const post of [old, fresh]) await transaction((tx) => writing.moveToBin(tx, post, ada));
    await db.execute(sql`update posts set deleted_at = now() - interval '31 days' where id = ${old.id}`);
    await db.execute(sql`insert into likes (kind, subject, user_id) values ('post', ${old.id}, ${ada}), ('post', ${kept.id}, ${ada})`);
    const monthAgo = new Date(Date.now() - 30 * 86_400_000);
    expect(await transaction((tx) => writing.deleteBinned(tx, monthAgo))).toBe(1);
    expect(await writing.findPost(old.id)).toBeNull();
    expect((await writing.findPost(fresh.id))?.deletedAt).not.toBeNull();
    expect((await db.execute(sql`select subject::int as subject from likes`)).rows).toEqual([{ subject: kept.id }]);
  });

  it("takes no page with pages below it; goes empty with a page and those that went before it", async () => {
    const above = await aPage(db, { path: "binned" });
    const below = await aPage(db, { path: "binned/below", parentId: above });
    const [page, child] = [
      { kind: "page", id: above },
      { kind: "page", id: below },
    ] as const;
    expect(await transaction((tx) => writing.moveToBin(tx, page, ada))).toEqual({ kind: "pages-below" });
    expect(await transaction((tx) => writing.moveToBin(tx, child, ada))).toEqual({ kind: "done" });
    expect(await transaction((tx) => writing.moveToBin(tx, page, ada))).toEqual({ kind: "done" });
    expect(await transaction((tx) => writing.restoreFromBin(tx, child))).toEqual({ kind: "not-now" });
    expect(await transaction((tx) => writing.deleteBinned(tx, new Date(Date.now() + 1000)))).toBeGreaterThanOrEqual(2);
    expect([await writing.findPage(above), await writing.findPage(below)]).toEqual([null, null]);
  });
});

describe("an address that was", () => {
  const rename = (id: PostId, slug: string, expectedVersion: number) =>
    transaction((tx) => writing.savePost(tx, { id, expectedVersion, by: ada, settings: { slug } }));

  it("leads to the present one, however often it changed, and never from what is public there", async () => {
    const id = await aPost(db, { slug: "rye-one" });
    await rename(id, "rye-two", 1);
    await rename(id, "rye-three", 2);
    expect(await services.blog.findMoved("/posts/rye-one")).toBe("/posts/rye-three");
    expect(await services.blog.findMoved("/posts/rye-two")).toBe("/posts/rye-three");
    await rename(id, "rye-one", 3);
    expect(await services.blog.findMoved("/posts/rye-one")).toBeNull();
    expect(await services.blog.findMoved("/posts/rye-three")).toBe("/posts/rye-one");
  });

  it("is lost to a new post that takes it, from the moment that is public", async () => {
    const old = await aPost(db, { slug: "oats" });
    await rename(old, "porridge", 1);
    const fresh: PieceRef = { kind: "post", id: await aDraft(db, { slug: "oats" }) };
    expect(await services.blog.findMoved("/posts/oats")).toBe("/posts/porridge");
    await publish(fresh);
    expect(await services.blog.findMoved("/posts/oats")).toBeNull();
    await unpublish(fresh);
    expect(await services.blog.findMoved("/posts/oats")).toBeNull();
  });

  it("is not taken by a draft that only passed by", async () => {
    const old = await aPost(db, { slug: "barley" });
    await rename(old, "pearl-barley", 1);
    const passing = await aDraft(db, { slug: "barley" });
    await rename(passing, "barley-soup", 1);
    expect(await services.blog.findMoved("/posts/barley")).toBe("/posts/pearl-barley");
  });

  it("leads nowhere while its post is not public", async () => {
    const id = await aPost(db, { slug: "spelt" });
    await rename(id, "dinkel", 1);
    await unpublish({ kind: "post", id });
    expect(await services.blog.findMoved("/posts/spelt")).toBeNull();
  });
});
