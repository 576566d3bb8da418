import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aGuest } from "../../../tests/builders/asker.ts";
import { aDraft, aMember, aPost, aTag } from "../../../tests/builders/publication.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
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
const guest = aGuest(null);
const slugsOf = (cards: readonly { slug: string }[]) => cards.map(({ slug }) => slug);
const on = (day: number) => new Date(Date.UTC(2026, 9, day));

beforeAll(async () => {
  const [ada, bilal] = [await aMember(db, { handle: "ada", name: "Ada" }), await aMember(db, { handle: "bilal", name: "Bilal" })];
  const bread = await aTag(db, { slug: "bread", name: "Bread", description: "All about loaves." });
  const oven = await aTag(db, { slug: "oven", name: "Oven" });
  const secret = await aTag(db, { slug: "secret", name: "Secret" });
  const [rye, milk] = [await aProduct(db, { slug: "rye" }), await aProduct(db, { slug: "milk" })];
  for (let day = 1; day <= 8; day++) await aPost(db, { slug: `day-${day}`, publishedAt: on(day) }, { tags: [bread], authors: [ada] });
  await aPost(
    db,
    { slug: "two-hands", title: "Two hands", publishedAt: on(20), excerpt: "Both.", html: "<p>Long.</p>", plaintext: "word ".repeat(900) },
    { authors: [bilal, ada], tags: [oven, bread], products: [milk, rye] },
  );
  await aPost(db, { slug: "same-instant", publishedAt: on(20) });
  await aDraft(db, { slug: "not-yet" }, { authors: [ada], tags: [bread, secret] });
});
afterAll(() => db.close());

describe("the list of posts", () => {
  it("is newest first; of one instant, the last written", async () => {
    const { posts, paging } = await blog.listPosts(1);
    expect(slugsOf(posts)).toEqual(["same-instant", "two-hands", "day-8", "day-7", "day-6", "day-5", "day-4", "day-3", "day-2"]);
    expect(paging).toEqual({ page: 1, pageCount: 2 });
  });

  it("goes on where the page before ended, without drafts", async () => {
    const { posts, paging } = await blog.listPosts(2);
    expect(slugsOf(posts)).toEqual(["day-1"]);
    expect(paging).toEqual({ page: 2, pageCount: 2 });
  });

  it("is not found past its end", async () => {
    await expect(blog.listPosts(3)).rejects.toMatchObject({ code: "not-found" });
    await expect(blog.listPosts(1_000_000)).rejects.toMatchObject({ code: "not-found" });
  });

  it("names authors and tags in their order, with addresses and minutes to read", async () => {
    const { posts } = await blog.listPosts(1);
    expect(posts[1]).toMatchObject({
      url: "https://blog.example/posts/two-hands",
      authors: [
        { name: "Bilal", handle: "bilal" },
        { name: "Ada", handle: "ada" },
      ],
      tags: [
        { name: "Oven", url: "https://blog.example/tags/oven" },
        { name: "Bread", url: "https://blog.example/tags/bread" },
      ],
      publishedAt: on(20),
      readingMinutes: 3,
      picture: null,
    });
    expect(posts[0]).toMatchObject({ authors: [], tags: [], readingMinutes: 1 });
  });
});

describe("a post", () => {
  it("is shown with its products in the author's order and its neighbours in time", async () => {
    expect(await blog.getPost("two-hands", guest)).toMatchObject({
      post: { title: "Two hands", excerpt: "Both." },
      html: "<p>Long.</p>",
      productSlugs: ["milk", "rye"],
      newer: { name: "On same-instant", url: "https://blog.example/posts/same-instant" },
      older: { name: "On day-8", url: "https://blog.example/posts/day-8" },
    });
  });

  it("has no newer one at the top and no older one at the bottom, drafts or not", async () => {
    expect((await blog.getPost("same-instant", guest)).newer).toBeNull();
    expect((await blog.getPost("day-1", guest)).older).toBeNull();
  });

  it("is not found as a draft or under an unknown slug", async () => {
    await expect(blog.getPost("not-yet", guest)).rejects.toMatchObject({ code: "not-found" });
    await expect(blog.getPost("nothing", guest)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("a tag", () => {
  it("lists its published posts in pages", async () => {
    const { tag, list } = await blog.getTag("bread", 1);
    expect(tag).toEqual({ name: "Bread", slug: "bread", description: "All about loaves." });
    expect(slugsOf(list.posts)).toEqual(["two-hands", "day-8", "day-7", "day-6", "day-5", "day-4", "day-3", "day-2", "day-1"]);
    expect(list.paging).toEqual({ page: 1, pageCount: 1 });
    await expect(blog.getTag("bread", 2)).rejects.toMatchObject({ code: "not-found" });
  });

  it("shows nothing of drafts, whether asked for or listed", async () => {
    expect((await blog.getTag("secret", 1)).list.posts).toEqual([]);
    expect(await blog.listTags()).toEqual([
      { name: "Bread", url: "https://blog.example/tags/bread", description: "All about loaves.", heading: "", postCount: 9 },
      { name: "Oven", url: "https://blog.example/tags/oven", description: "", heading: "", postCount: 1 },
    ]);
  });

  it("is not found under an unknown slug", async () => {
    await expect(blog.getTag("hats", 1)).rejects.toMatchObject({ code: "not-found" });
  });
});
