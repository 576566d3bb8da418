import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aDraft, aMember, aPage, aPost, aTag } from "../../../tests/builders/publication.ts";
import { HOSTILE_WORDS, spelt } from "../../../tests/builders/search.ts";
import { newDatabase } from "../../../tests/database.ts";
import { openDb } from "../../infrastructure/db.ts";
import { makeBlogService } from "./index.ts";

const db = openDb(await newDatabase());
const blog = makeBlogService(
  {
    db,
    clock: { now: () => new Date("2026-11-18T12:00:00Z") },
    publicUrl: (app, path) => `https://${app}.example${path}`,
    timeZone: "Europe/London",
    locale: "en-GB",
  },
  { relations: { list: async () => [] } },
);
const slugsOf = async (words: string) => (await blog.searchPosts(words, 1)).hits.map(({ url }) => url.split("/").at(-1));
const on = (day: number) => new Date(Date.UTC(2026, 9, day));

beforeAll(async () => {
  const ada = await aMember(db, { handle: "ada", name: "Ada" });
  const bread = await aTag(db, { slug: "bread", name: "Bread" });
  await aPost(db, { slug: "oven", title: "The oven", plaintext: "It burns ash logs. A loaf of rye goes in first.", publishedAt: on(1) });
  await aPost(
    db,
    { slug: "rye", title: "Three days of rye", excerpt: "Slow.", plaintext: "Feed, wait.", publishedAt: on(2) },
    { tags: [bread] },
  );
  await aPost(db, { slug: "crepes", title: "Crêpes", plaintext: "Thin <b>pancakes</b> & honey.", publishedAt: on(3) }, { authors: [ada] });
  await aPost(db, {
    slug: "starter",
    title: "A starter",
    excerpt: "For bakers.",
    plaintext: "Hidden koumiss.",
    audience: "bakers",
    publishedAt: on(4),
  });
  await aDraft(db, { slug: "draft", title: "Draft of rye" });
  await aPost(db, { slug: "later", title: "Rye later", status: "scheduled", publishedAt: on(30) });
  await aDraft(db, { slug: "binned", title: "Binned rye", deletedAt: on(5) });
  await aPage(db, { path: "visit", title: "Visit us", summary: "By the river.", html: "<p class='koumiss'>Bring rye &amp; salt.</p>" });
  await aPage(db, { path: "cellar", title: "The cellar", summary: "Rye", html: "<p>Koumiss.</p>", audience: "coop" });
  await aPage(db, { path: "plan", title: "A plan for rye", status: "draft" });
});
afterAll(() => db.close());

describe("the search of posts", () => {
  it("finds a word in titles before one in texts, in any form of it, and no draft, scheduled or binned post", async () => {
    expect(await slugsOf("rye")).toEqual(["rye", "oven"]);
    expect(await slugsOf("ovens burning")).toEqual(["oven"]);
    expect(await slugsOf("draft later binned")).toEqual([]);
  });

  it("reads words with and without accents alike", async () => {
    expect(await slugsOf("crepes")).toEqual(["crepes"]);
    expect(await slugsOf("crêpes")).toEqual(["crepes"]);
  });

  it("takes quotes, or and minus as websites do", async () => {
    expect(await slugsOf('"loaf of rye"')).toEqual(["oven"]);
    expect(await slugsOf("crepes or burns")).toEqual(["crepes", "oven"]);
    expect(await slugsOf("rye -loaf")).toEqual(["rye"]);
  });

  it("marks what was looked for, and leaves text text", async () => {
    const [hit] = (await blog.searchPosts("pancake", 1)).hits;
    expect(spelt(hit?.title ?? [])).toBe("Crêpes");
    expect(spelt(hit?.excerpt ?? [])).toBe("Thin  [pancakes]  & honey");
  });

  it("finds a post for a group by title and excerpt, and never by its text or with a piece of it", async () => {
    expect(await slugsOf("koumiss")).toEqual([]);
    const [hit] = (await blog.searchPosts("starter", 1)).hits;
    expect(spelt(hit?.title ?? [])).toBe("A [starter]");
    expect(spelt(hit?.excerpt ?? [])).toBe("For bakers.");
  });

  it.each(HOSTILE_WORDS.map((words) => [words.slice(0, 30), words]))("answers %j", async (_, words) => {
    const found = await blog.searchPosts(words, 1);
    expect(found.hits.length).toBeLessThanOrEqual(10);
    expect(await blog.search(words, 3)).toBeInstanceOf(Array);
    expect(await blog.listNamesLike(words, 3)).toBeInstanceOf(Array);
  });
});

describe("the search of pages", () => {
  it("finds published ones; of a page for a group, by title and summary alone", async () => {
    const urls = (await blog.search("rye", 5)).map(({ url }) => url);
    expect(urls).toEqual(["https://blog.example/cellar", "https://blog.example/visit"]);
    expect(await blog.search("koumiss", 5)).toEqual([]); // neither a text that is not for everybody nor a tag's attribute
  });
});

describe("names like a mistyped word", () => {
  it("are titles of published posts", async () => {
    expect(await blog.listNamesLike("strater", 5)).toEqual([]);
    expect(await blog.listNamesLike("startter", 5)).toEqual(["A starter"]);
    expect(await blog.listNamesLike("crepe", 5)).toEqual([]);
    expect(await blog.listNamesLike("binnned draft", 5)).toEqual([]);
  });
});

describe("a word that stands everywhere", () => {
  it("is answered from the newest posts, page after page", async () => {
    await db.execute(sql`insert into posts (slug, title, html, plaintext, status, published_at)
      select 'm' || n, 'Marmalade ' || n, '', 'jars', 'published', timestamptz '2025-01-01' + n * interval '1 hour' from generate_series(1, 520) n`);
    const first = await blog.searchPosts("marmalade", 1);
    expect(first).toMatchObject({ count: 500, isCut: true, paging: { page: 1, pageCount: 50 } });
    expect(first.hits[0]?.url).toBe("https://blog.example/posts/m520");
    expect((await blog.searchPosts("marmalade", 50)).hits.at(-1)?.url).toBe("https://blog.example/posts/m21");
    await expect(blog.searchPosts("marmalade", 51)).rejects.toMatchObject({ code: "not-found" });
  });
});
