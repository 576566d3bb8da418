import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aGuest } from "../../../tests/builders/asker.ts";
import { aDraft, aMember, aPost, aTag } from "../../../tests/builders/publication.ts";
import { newDatabase } from "../../../tests/database.ts";
import type { PostList } from "../../contracts/blog.ts";
import { openDb } from "../../infrastructure/db.ts";
import { makeBlogService } from "./index.ts";

const db = openDb(await newDatabase());
const deps = {
  db,
  clock: { now: () => new Date("2026-11-18T12:00:00Z") },
  publicUrl: (app: string, path: string) => `https://${app}.example${path}`,
  timeZone: "Europe/London",
};
const relations = { list: async () => [] };
const english = makeBlogService({ ...deps, locale: "en-GB" }, { relations });
const welsh = makeBlogService({ ...deps, locale: "cy" }, { relations });
const slugsOf = ({ posts }: PostList) => posts.map(({ slug }) => slug);
const on = (month: number, day: number) => new Date(Date.UTC(2026, month - 1, day));

beforeAll(async () => {
  const ada = await aMember(db, { handle: "ada" });
  const [bread, bara] = [await aTag(db, { slug: "bread" }), await aTag(db, { slug: "bara" })];
  const around = { authors: [ada], tags: [bread] };
  const rye = await aPost(db, { slug: "rye", title: "Rye", publishedAt: on(10, 9) }, around);
  await aPost(db, { slug: "rhyg", title: "Rhyg", language: "cy", translationOf: rye, publishedAt: on(10, 10) }, { tags: [bread, bara] });
  await aPost(db, { slug: "roggen", title: "Roggen", language: "de", translationOf: rye, publishedAt: on(11, 2) }, around);
  const popty = await aPost(db, { slug: "popty", language: "cy", publishedAt: on(10, 7) });
  await aPost(db, { slug: "oven", language: "en-GB", translationOf: popty, publishedAt: on(10, 8) }, around);
  const unfinished = await aDraft(db, { slug: "unfinished", language: "fr" });
  await aPost(db, { slug: "fertig", language: "de", translationOf: unfinished, publishedAt: on(10, 6) });
  await aPost(db, { slug: "alone", publishedAt: on(10, 5) });
});
afterAll(() => db.close());

describe("a text in several languages", () => {
  it("is listed once: in the site's language, else the original, else what there is", async () => {
    expect(slugsOf(await english.listPosts(1))).toEqual(["rye", "oven", "fertig", "alone"]);
    expect(slugsOf(await welsh.listPosts(1))).toEqual(["rhyg", "popty", "fertig", "alone"]);
  });

  it("leads from its card to the other languages; a draft is none of them", async () => {
    const { posts } = await english.listPosts(1);
    expect(posts.map(({ translations }) => translations.map(({ language, url }) => `${language} ${url}`))).toEqual([
      ["cy https://blog.example/posts/rhyg", "de https://blog.example/posts/roggen"],
      ["cy https://blog.example/posts/popty"],
      [],
      [],
    ]);
  });

  it("is listed by topic, author and month among what is there in that list", async () => {
    expect(slugsOf((await english.getTag("bread", 1)).list)).toEqual(["rye", "oven"]);
    expect(slugsOf((await english.getTag("bara", 1)).list)).toEqual(["rhyg"]);
    expect(slugsOf((await english.getAuthor("ada", 1)).list)).toEqual(["rye", "oven"]);
    expect(slugsOf(await english.getMonth("2026-11", 1))).toEqual(["roggen"]);
    expect(slugsOf(await english.getMonth("2026-10", 1))).toEqual(["rye", "oven", "fertig", "alone"]);
  });

  it("is counted once, as it is listed", async () => {
    expect((await english.listPosts(1)).paging).toEqual({ page: 1, pageCount: 1 });
    expect(await english.listMonths()).toEqual([
      { month: "2026-11", postCount: 1 },
      { month: "2026-10", postCount: 4 },
    ]);
    expect((await english.listTags()).map(({ name, postCount }) => [name, postCount])).toEqual([
      ["bread", 2],
      ["bara", 1],
    ]);
  });

  it("is not its own neighbour", async () => {
    const { newer, older } = await english.getPost("rye", aGuest(null));
    expect([newer, older?.url]).toEqual([null, "https://blog.example/posts/oven"]);
  });
});
