import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aMember, aPage } from "../../../tests/builders/publication.ts";
import type { PageId, UserId } from "../../models/ids.ts";

const blog = await openTestApp("blog");
const { db, services } = blog;
const { writing } = services;
const { transaction } = blog.app;
let ada: UserId;
/** about, about/oven, about/oven/bricks, shop */
let named: Record<"about" | "oven" | "bricks" | "shop", PageId>;

beforeAll(async () => {
  ada = await aMember(db, { handle: "ada", name: "Ada" });
});
afterAll(() => blog.close());
beforeEach(async () => {
  await db.execute(sql`delete from redirects`);
  await db.execute(sql`delete from pages`);
  await db.execute(sql`delete from ap_activities`);
  const about = await aPage(db, { path: "about", position: 1 });
  const oven = await aPage(db, { path: "about/oven", parentId: about });
  const bricks = await aPage(db, { path: "about/oven/bricks", parentId: oven });
  named = { about, oven, bricks, shop: await aPage(db, { path: "shop", position: 2 }) };
});

const move = (id: PageId, parentId: PageId | null, slug: string) =>
  transaction((tx) => writing.movePage(tx, id, { parentId, slug, by: ada }));
const paths = async () => (await db.execute<{ path: string }>(sql`select path from pages order by path`)).rows.map(({ path }) => path);

describe("a new page", () => {
  it("is a draft at the end of the pages beside it, under a path of its own", async () => {
    const settings = { title: "The oven" };
    const made = await transaction((tx) => writing.createPage(tx, { by: ada, place: { parentId: named.about }, settings }));
    const again = await transaction((tx) => writing.createPage(tx, { by: ada, place: { parentId: named.about }, settings }));
    expect([made.kind, again.kind]).toEqual(["created", "created"]);
    expect(await paths()).toEqual(expect.arrayContaining(["about/the-oven", "about/the-oven-2"]));
    const id = made.kind === "created" ? made.id : expect.fail(made.kind);
    expect(await writing.findPage(id)).toMatchObject({ status: "draft", version: 1, place: { parentId: named.about, slug: "the-oven" } });
  });

  it.each([
    [{ parentId: null, slug: "posts" }, "slug"],
    [{ parentId: null, slug: "admin" }, "slug"],
    [{ parentId: null, slug: "a/b" }, "slug"],
    [{ parentId: 999_999 as PageId, slug: "lost" }, "parentId"],
  ])("can't lie at %j", async (place, field) => {
    const result = await transaction((tx) => writing.createPage(tx, { by: ada, place, settings: { title: "T" } }));
    expect(result).toMatchObject({ kind: "invalid", errors: [{ field }] });
  });

  it("is refused an address that another has", async () => {
    const place = { parentId: named.about, slug: "oven" };
    const result = await transaction((tx) => writing.createPage(tx, { by: ada, place, settings: { title: "T" } }));
    expect(result).toEqual({ kind: "slug-taken", slug: "oven" });
  });
});

describe("moving a page", () => {
  it("takes along all that lies below, leads every old address to the new one, and tells of each", async () => {
    expect(await move(named.oven, named.shop, "kiln")).toEqual({ kind: "moved", address: "/shop/kiln" });
    expect(await paths()).toEqual(["about", "shop", "shop/kiln", "shop/kiln/bricks"]);
    expect(await services.blog.findMoved("/about/oven")).toBe("/shop/kiln");
    expect(await services.blog.findMoved("/about/oven/bricks")).toBe("/shop/kiln/bricks");
    const told = await db.execute(sql`select type, details ->> 'path' as path from ap_activities order by path`);
    expect(told.rows).toEqual([
      { type: "Update", path: "/shop/kiln" },
      { type: "Update", path: "/shop/kiln/bricks" },
    ]);
  });

  it("and back again leaves no address that leads to itself", async () => {
    await move(named.oven, named.shop, "oven");
    await move(named.oven, named.about, "oven");
    expect(await paths()).toEqual(["about", "about/oven", "about/oven/bricks", "shop"]);
    expect(await services.blog.findMoved("/about/oven/bricks")).toBeNull();
    expect(await services.blog.findMoved("/shop/oven/bricks")).toBe("/about/oven/bricks");
  });

  it("takes no page whose name only begins the same", async () => {
    const other = await aPage(db, { path: "about-turn" });
    await move(named.about, null, "us");
    expect((await writing.findPage(other))?.address).toBe("/about-turn");
  });

  it("never under itself or what lies below it", async () => {
    for (const parent of [named.about, named.oven, named.bricks])
      expect(await move(named.about, parent, "about")).toEqual({ kind: "below-itself" });
    expect(await paths()).toEqual(["about", "about/oven", "about/oven/bricks", "shop"]);
  });

  it("makes no circle of two moves at once", async () => {
    for (let round = 0; round < 5; round++) {
      const results = await Promise.all([move(named.about, named.shop, "about"), move(named.shop, named.about, "shop")]);
      expect(results.map(({ kind }) => kind).sort()).toEqual(["below-itself", "moved"]);
      await move(named.about, null, "about");
      await move(named.shop, null, "shop");
    }
    expect(await paths()).toEqual(["about", "about/oven", "about/oven/bricks", "shop"]);
  });

  it("refuses a taken name, a reserved one, one that makes an address too long, and leaves everything as it was", async () => {
    expect(await move(named.shop, null, "about")).toEqual({ kind: "slug-taken", slug: "about" });
    expect(await move(named.oven, null, "posts")).toMatchObject({ kind: "invalid", errors: [{ field: "slug" }] });
    const long = Array.from({ length: 20 }, () => "loaves").join("-");
    await move(named.shop, null, long);
    expect(await move(named.about, named.shop, long)).toMatchObject({ kind: "moved" });
    expect(await move(named.oven, named.about, long)).toMatchObject({ kind: "invalid", errors: [{ field: "slug" }] });
    expect(await move(named.bricks, 999_999 as PageId, "x")).toMatchObject({ kind: "invalid", errors: [{ field: "parentId" }] });
    expect(await move(999_999 as PageId, null, "x")).toEqual({ kind: "gone" });
  });

  it("keeps relations in step: whoever is appointed above edits below from then on", async () => {
    const bob = await aMember(db, { handle: `bob-${named.about}` });
    await db.execute(sql`insert into relation_facts (relation, arguments, asserted_by)
      values ('blog.editor', jsonb_build_array(${`user:${bob}`}::text, ${`page:${named.shop}`}::text), ${`user:${ada}`})`);
    expect(await writing.mayEdit(bob, { kind: "page", id: named.bricks })).toBe(false);
    await move(named.about, named.shop, "about");
    expect(await writing.mayEdit(bob, { kind: "page", id: named.bricks })).toBe(true);
    await move(named.about, null, "about");
    expect(await writing.mayEdit(bob, { kind: "page", id: named.bricks })).toBe(false);
  });
});

describe("sorting pages", () => {
  it("moves one place up or down among the pages beside it, and stops at the ends", async () => {
    const third = await aPage(db, { path: "visit", position: 2 });
    const order = async () => (await writing.listPages(await anEditor(), "tree")).filter(({ depth }) => depth === 0).map(({ id }) => id);
    expect(await order()).toEqual([named.about, named.shop, third]);
    const sort = (id: PageId, direction: "up" | "down") => transaction((tx) => writing.sortPage(tx, id, direction));
    await sort(third, "up");
    expect(await order()).toEqual([named.about, third, named.shop]);
    await sort(named.about, "down");
    expect(await order()).toEqual([third, named.about, named.shop]);
    await sort(third, "up");
    await sort(named.shop, "down");
    expect(await order()).toEqual([third, named.about, named.shop]);
  });

  it("shows each page below the one it lies under", async () => {
    const tree = await writing.listPages(await anEditor(), "tree");
    expect(tree.map(({ address, depth }) => [address, depth])).toEqual([
      ["/about", 0],
      ["/about/oven", 1],
      ["/about/oven/bricks", 2],
      ["/shop", 0],
    ]);
  });
});

let editor: UserId | null = null;
/** Somebody who edits everything. */
async function anEditor(): Promise<UserId> {
  if (editor !== null) return editor;
  editor = await aMember(db, { handle: "edith" });
  await db.execute(sql`insert into relation_facts (relation, arguments, asserted_by)
    values ('shared.role', jsonb_build_array(${`user:${editor}`}::text, 'editor', 'blog'), 'user:1')`);
  return editor;
}
