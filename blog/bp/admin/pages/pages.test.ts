import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { RESERVED } from "../../../../shared/contracts/reserved-addresses.ts";
import type { PageId, UserId } from "../../../../shared/models/ids.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aMember, aPage } from "../../../../tests/builders/publication.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

vi.setConfig({ testTimeout: 60_000 }); // a save begins the renderer, and the machine may be busy
const blog = await openTestApp("blog");
const { db, services } = blog;
const HOSTILE = `<script>alert(1)</script>`;
const people: Record<string, { id: UserId; cookies: Record<string, string> }> = {};
/** bob is appointed to about; edith edits everything. */
let named: Record<"about" | "oven" | "shop", PageId>;

beforeAll(async () => {
  for (const handle of ["bob", "edith", "cy"]) {
    const id = await aMember(db, { handle });
    people[handle] = { id, cookies: await signedIn(blog, "blog", id) };
  }
  const about = await aPage(db, { path: "about", title: `About ${HOSTILE}`, position: 1 });
  const oven = await aPage(db, { path: "about/oven", parentId: about, title: "The oven" });
  named = { about, oven, shop: await aPage(db, { path: "shop", title: "Our mill", position: 2 }) };
  await db.execute(sql`insert into relation_facts (relation, arguments, asserted_by) values
    ('shared.role', jsonb_build_array(${`user:${people["edith"]?.id}`}::text, 'editor', 'blog'), 'user:1'),
    ('blog.editor', jsonb_build_array(${`user:${people["bob"]?.id}`}::text, ${`page:${about}`}::text), 'user:1')`);
});
afterAll(() => blog.close());

const get = (who: string, path: string) => blog.get(path, { cookies: people[who]?.cookies ?? {} });
const post = (who: string, path: string, form: Record<string, string> = {}) =>
  blog.post(path, form, { cookies: people[who]?.cookies ?? {} });
const addressOf = async (id: PageId) => (await services.writing.findPage(id))?.address;

describe("the tree", () => {
  it("shows each what they edit, and runs nobody’s script", async () => {
    const ediths = (await get("edith", "/admin/pages")).body;
    for (const words of ["The oven", "Our mill", "/about/oven", "&lt;script&gt;"]) expect(ediths).toContain(words);
    expect(ediths).not.toContain(HOSTILE);
    const bobs = (await get("bob", "/admin/pages")).body;
    expect(bobs).toContain("The oven");
    expect(bobs).not.toContain(`/admin/pages/${named.shop}`);
    expect((await get("cy", "/admin/pages")).statusCode).toBe(404);
  });

  it("is sorted by plain buttons", async () => {
    const sorted = await post("edith", `/admin/pages/${named.shop}/position`, { direction: "up" });
    expect(sorted.headers.location).toBe(`/admin/pages?notice=sorted#page-${named.shop}`);
    const { body } = await get("edith", "/admin/pages");
    expect(body.indexOf("Our mill")).toBeLessThan(body.indexOf("The oven"));
    expect((await post("edith", `/admin/pages/${named.shop}/position`, { direction: "sideways" })).statusCode).toBe(400);
    expect((await post("bob", `/admin/pages/${named.shop}/position`, { direction: "up" })).statusCode).toBe(404);
  });
});

describe("a new page", () => {
  it("begins below one that its writer edits, as a draft", async () => {
    const made = await post("bob", "/admin/pages", { title: "Our bricks", parentId: String(named.about) });
    expect(made.statusCode).toBe(303);
    expect((await get("bob", String(made.headers.location))).body).toContain("/about/our-bricks");
    for (const parentId of ["", "top", String(named.shop), "999999", HOSTILE])
      expect((await post("bob", "/admin/pages", { title: "Not his", parentId })).statusCode).toBe(422);
  });

  it("is never put where something else of the site is", async () => {
    const made = await post("edith", "/admin/pages", { title: "Posts", parentId: "top" });
    expect(made.statusCode).toBe(422);
    const segments = [...new Set(routesOf(blog.app.printRoutes({ commonPrefix: false })))];
    expect(segments).toContain("posts");
    expect(segments.filter((segment) => !RESERVED.includes(segment))).toEqual([]);
  });
});

describe("moving a page", () => {
  it("changes its address, its old one leads on, and the way back is the same form", async () => {
    const moved = await post("edith", `/admin/pages/${named.oven}/place`, { parentId: String(named.shop), slug: "kiln" });
    expect(moved.headers.location).toBe(`/admin/pages/${named.oven}?notice=page-moved`);
    expect(await addressOf(named.oven)).toBe("/shop/kiln");
    await post("edith", `/admin/pages/${named.oven}/place`, { parentId: String(named.about), slug: "oven" });
    expect(await addressOf(named.oven)).toBe("/about/oven");
  });

  it("refuses circles, other people’s pages, taken names and hostile words, and says so beside the field", async () => {
    const below = await post("edith", `/admin/pages/${named.about}/place`, { parentId: String(named.oven), slug: "about" });
    expect([below.statusCode, below.body.includes("never lies under itself")]).toEqual([422, true]);
    expect((await post("bob", `/admin/pages/${named.oven}/place`, { parentId: String(named.shop), slug: "oven" })).statusCode).toBe(422);
    expect((await post("bob", `/admin/pages/${named.oven}/place`, { parentId: "top", slug: "oven" })).statusCode).toBe(422);
    expect((await post("edith", `/admin/pages/${named.oven}/place`, { parentId: "top", slug: "shop" })).body).toContain(
      "Another page is called",
    );
    const hostile = await post("edith", `/admin/pages/${named.oven}/place`, { parentId: "top", slug: HOSTILE });
    expect(hostile.statusCode).toBe(422);
    expect(hostile.body).not.toContain(HOSTILE);
    expect(await addressOf(named.oven)).toBe("/about/oven");
  });
});

describe("a page", () => {
  it("is saved, published, binned and brought back; not while pages lie below it", async () => {
    const path = `/admin/pages/${named.oven}`;
    const form = { title: "The brick oven", summary: "Hot.", html: "<p>Two tonnes.</p>", version: "1", status: "published" };
    expect((await post("bob", path, form)).headers.location).toBe(`${path}?notice=saved`);
    expect(await services.writing.findPage(named.oven)).toMatchObject({
      version: 2,
      settings: { title: "The brick oven", summary: "Hot." },
    });
    expect((await post("bob", path, { ...form, html: "<p>Three.</p>" })).statusCode).toBe(409);
    expect((await post("bob", `/admin/pages/${named.about}/removal`)).headers.location).toBe(
      `/admin/pages/${named.about}?notice=pages-below`,
    );
    await post("bob", `${path}/withdrawal`, { ...form, version: "2" });
    expect((await services.writing.findPage(named.oven))?.status).toBe("draft");
    await post("bob", `${path}/removal`);
    expect((await get("bob", "/admin/pages?status=bin")).body).toContain("The brick oven");
    expect((await post("bob", `${path}/restoration`)).headers.location).toBe(`${path}?notice=restored`);
    await post("bob", `${path}/publication`, { ...form, version: "2" });
    expect((await services.writing.findPage(named.oven))?.status).toBe("published");
  });
});

/** The first parts of all addresses that the app answers, from the tree that its router prints. */
function routesOf(tree: string): string[] {
  const above: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const [, indent = "", part] = /^((?:[│ ] {3})*)[├└]── (\S+)/.exec(line) ?? [];
    if (part === undefined) return [];
    above.splice(indent.length / 4, above.length, part);
    const [, first = ""] = /^\/([a-z][a-z-]*)(?=\/|$)/.exec(above.join("")) ?? [];
    return line.includes("(GET") && first ? [first] : [];
  });
}
