import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aGuest, aMemberViewer } from "../../../tests/builders/asker.ts";
import { aDraft, aMember, aMenuItem, aPage, aPost, aTag } from "../../../tests/builders/publication.ts";
import { newDatabase } from "../../../tests/database.ts";
import type { RelationHandle, Value } from "../../contracts/relations.ts";
import { openDb } from "../../infrastructure/db.ts";
import { series } from "../../models/blog.ts";
import type { PostId, SeriesId } from "../../models/ids.ts";
import { redirects } from "../../models/revisions.ts";
import { makeBlogService } from "./index.ts";

const db = openDb(await newDatabase());
/** Who may read what, as the relations would say: "user part". */
const readers = new Set<string>();
const relations = {
  async list<Row extends Record<string, Value>>(_: RelationHandle<Row>, where: Partial<Row>): Promise<readonly Row[]> {
    const { user, part } = where;
    return readers.has(`${user} ${part}`) ? [where as Row] : []; // whole: both were given
  },
};
const blog = makeBlogService(
  {
    db,
    clock: { now: () => new Date("2026-11-18T12:00:00Z") },
    publicUrl: (app, path) => `https://${app}.example${path}`,
    timeZone: "Europe/London",
    locale: "en-GB",
  },
  { relations },
);
const guest = aGuest(null);
const SECRET = "nobody-may-read-this";
const on = (day: number) => new Date(Date.UTC(2026, 9, day));
let [ids, ada]: [PostId[], number] = [[], 0];

beforeAll(async () => {
  const writer = await aMember(db, { handle: "ada", name: "Ada" });
  const silent = await aMember(db, { handle: "sil", name: "Silent" });
  ada = writer;
  const bread = await aTag(db, { slug: "bread" });
  const internal = await aTag(db, { slug: "todo", name: SECRET, isInternal: true });
  const [row] = await db.insert(series).values({ slug: "rye", title: "Rye" }).returning({ id: series.id });
  const seriesId = row?.id as SeriesId;
  const around = { authors: [writer], tags: [bread, internal] };
  const open = await aPost(db, { slug: "open", title: "Open", seriesId, publishedAt: on(10) }, around);
  const same = { title: SECRET, excerpt: SECRET, html: SECRET, plaintext: SECRET, seriesId, translationOf: open };
  const hidden = [
    await aDraft(db, { slug: "draft", ...same, language: "fr" }, { authors: [silent], tags: [bread] }),
    await aPost(db, { slug: "scheduled", ...same, language: "cy", status: "scheduled", publishedAt: on(11) }, around),
    await aDraft(db, { slug: "binned", ...same, language: "de", deletedAt: on(9) }, around),
  ];
  const guarded = { title: "For bakers", excerpt: "In short.", html: SECRET, plaintext: SECRET, audience: "bakers" };
  ids = [open, ...hidden, await aPost(db, { slug: "guarded", ...guarded, publishedAt: on(12) }, around)];
  const about = await aPage(db, { path: "about", title: "About" });
  const plan = await aPage(db, { path: "about/plan", title: SECRET, parentId: about, status: "draft" });
  await aPage(db, { path: "about/plan/deep", title: "Deep", parentId: plan });
  await aPage(db, { path: "about/cellar", title: "Cellar", html: SECRET, parentId: about, audience: "coop" });
  await aMenuItem(db, { menu: "primary", label: SECRET, pageId: plan, position: 1 });
  await db.insert(redirects).values([
    { fromPath: "/posts/was-open", postId: open },
    { fromPath: "/posts/was-draft", postId: hidden[0] ?? null },
    { fromPath: "/us", pageId: about },
    { fromPath: "/our-plan", pageId: plan },
  ]);
});
afterAll(() => db.close());

/** Everything that a guest gets from the contract, as one text. */
async function everythingForGuests(): Promise<string> {
  const sources = [{ kind: "site" }, { kind: "tag", slug: "bread" }, { kind: "author", handle: "ada" }] as const;
  const files = await blog.listSitemapFiles();
  const all = await Promise.all([
    blog.listPosts(1),
    blog.listTags(),
    blog.getPost("open", guest),
    blog.getPost("guarded", guest),
    blog.listPostsById(ids),
    blog.getTag("bread", 1),
    blog.getAuthor("ada", 1),
    blog.getPage("about", guest),
    blog.getPage("about/plan/deep", guest),
    blog.getPage("about/cellar", guest),
    blog.getNavigation(),
    blog.listMonths(),
    blog.getMonth("2026-10", 1),
    ...sources.map((source) => blog.getFeed(source)),
    ...files.map(({ part, number }) => blog.getSitemapFile(part, number)),
    blog.searchPosts(SECRET, 1),
    blog.searchPosts("-nothing", 1),
    blog.search(SECRET, 9),
    blog.listNamesLike(SECRET, 9),
  ]);
  return JSON.stringify(all);
}

describe("what is not for everybody", () => {
  it("shows nowhere: drafts, scheduled and binned posts, texts for a group, internal tags, drafts of pages", async () => {
    const all = await everythingForGuests();
    expect(all).not.toContain(SECRET);
    for (const slug of ["draft", "scheduled", "binned", "todo", "about/plan"]) expect(all).not.toMatch(new RegExp(`/${slug}["?]`));
    expect(all).toContain("For bakers"); // the eye sees what is shown
  });

  it.each(["draft", "scheduled", "binned"])("is not found by its address: %s", async (slug) => {
    await expect(blog.getPost(slug, guest)).rejects.toMatchObject({ code: "not-found" });
    await expect(blog.getPost(slug, aMemberViewer(ada))).rejects.toMatchObject({ code: "not-found" });
  });

  it("is not found: an internal tag, a page in work, somebody who has published nothing", async () => {
    await expect(blog.getTag("todo", 1)).rejects.toMatchObject({ code: "not-found" });
    await expect(blog.getFeed({ kind: "tag", slug: "todo" })).rejects.toMatchObject({ code: "not-found" });
    await expect(blog.getPage("about/plan", guest)).rejects.toMatchObject({ code: "not-found" });
    await expect(blog.getAuthor("sil", 1)).rejects.toMatchObject({ code: "not-found" });
    await expect(blog.getFeed({ kind: "author", handle: "sil" })).rejects.toMatchObject({ code: "not-found" });
  });

  it("is led to by no old address", async () => {
    expect(await blog.findMoved("/posts/was-open")).toBe("/posts/open");
    expect(await blog.findMoved("/us")).toBe("/about");
    expect(await blog.findMoved("/posts/was-draft")).toBeNull();
    expect(await blog.findMoved("/our-plan")).toBeNull();
    expect(await blog.findMoved("/never")).toBeNull();
  });
});

describe("a text for a group", () => {
  it("is read by whoever the relations let read it", async () => {
    expect(await blog.getPost("guarded", guest)).toMatchObject({ isReadable: false, html: "", post: { audience: "bakers" } });
    expect(await blog.getPost("guarded", aMemberViewer(ada))).toMatchObject({ isReadable: false, html: "" });
    readers.add(`${ada} ${ids.at(-1)}`);
    expect(await blog.getPost("guarded", aMemberViewer(ada))).toMatchObject({ isReadable: true, html: SECRET });
    expect(await blog.getPost("guarded", aMemberViewer(ada + 1))).toMatchObject({ isReadable: false });
    expect((await blog.getPage("about/cellar", aMemberViewer(ada))).isReadable).toBe(false);
  });
});

describe("what stands around a post", () => {
  it("is its series in order and its languages, of those that are published, when there are more than one", async () => {
    expect(await blog.getPost("open", guest)).toMatchObject({ series: null, translations: [] });
    const [{ id = 0 } = {}] = await db.select({ id: series.id }).from(series);
    const seriesId = id as SeriesId;
    await aPost(db, { slug: "two", title: "Two", seriesId, seriesPosition: 2 });
    await aPost(db, { slug: "agored", title: "Agored", language: "cy-GB", translationOf: ids[0] ?? null, seriesId, seriesPosition: 1 });
    const { series: around, translations } = await blog.getPost("agored", guest);
    expect(around).toMatchObject({ title: "Rye", number: 2 });
    expect(around?.parts.map(({ name }) => name)).toEqual(["Open", "Agored", "Two"]);
    expect(translations).toEqual([
      { language: "cy-GB", name: "Agored", url: "https://blog.example/posts/agored" },
      { language: "en", name: "Open", url: "https://blog.example/posts/open" },
    ]);
    expect((await blog.getPost("open", guest)).translations).toEqual(translations);
  });
});
