import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aMember, aPost, aTag } from "../../../tests/builders/publication.ts";
import type { PieceText } from "../../contracts/writing.ts";
import type { MediaId, PostId, TagId, UserId } from "../../models/ids.ts";

const blog = await openTestApp("blog");
const { db, services } = blog;
const { writing } = services;
const { transaction } = blog.app;
let ada: UserId;
let bilal: UserId;

beforeAll(async () => {
  ada = await aMember(db, { handle: "ada", name: "Ada" });
  bilal = await aMember(db, { handle: "bilal", name: "Bilal" });
});
afterAll(() => blog.close());

const words = (said: string): PieceText => ({ document: null, html: `<p>${said}</p>`, plaintext: said });

/** A draft of Ada's, which is there for certain. */
async function aDraftOf(title: string): Promise<PostId> {
  const made = await transaction((tx) => writing.createPost(tx, { by: ada, settings: { title }, text: words("Flour.") }));
  return made.kind === "created" ? made.id : expect.fail(made.kind);
}

const revisionsOf = async (id: PostId) =>
  (await db.execute(sql`select version, title, html, saved_by::int as by from revisions where post_id = ${id} order by version`)).rows;

describe("a new post", () => {
  it("is a draft of whoever wrote it, under a slug made of its title, with a first revision", async () => {
    const id = await aDraftOf("Crème & “rye”, at last!");
    expect(await writing.findPost(id)).toMatchObject({
      ...{ version: 1, status: "draft", publishedAt: null, address: "/posts/creme-rye-at-last", savedBy: "Ada" },
      authors: [{ id: ada, name: "Ada", slug: "ada" }],
    });
    expect(await revisionsOf(id)).toEqual([{ version: 1, title: "Crème & “rye”, at last!", html: "<p>Flour.</p>", by: ada }]);
  });

  it("gets a slug of its own when the title was used before, also when ten come at once; one that is asked for is refused", async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => aDraftOf("Same again")));
    const slugs = await Promise.all(made.map(async (id) => (await writing.findPost(id))?.settings.slug));
    expect(new Set(slugs).size).toBe(10);
    expect(slugs).toContain("same-again-10");
    const asked = { by: ada, settings: { title: "Same", slug: "same-again" } };
    expect(await transaction((tx) => writing.createPost(tx, asked))).toEqual({ kind: "slug-taken", slug: "same-again" });
  });

  it("is called post where its title has no letters", async () => {
    expect((await writing.findPost(await aDraftOf("🍞🍞")))?.settings.slug).toBe("post");
  });
});

describe("a save", () => {
  it("counts the version up, keeps every version and changes only what it says", async () => {
    const id = await aDraftOf("Of ovens");
    const tag = await aTag(db, { slug: "ovens" });
    const first = { id, expectedVersion: 1, by: bilal, settings: { excerpt: "Hot.", tagIds: [tag, tag], language: "de" } };
    expect(await transaction((tx) => writing.savePost(tx, first))).toEqual({ kind: "saved", version: 2 });
    const second = { id, expectedVersion: 2, by: null, text: words("Water.") };
    expect(await transaction((tx) => writing.savePost(tx, second))).toEqual({ kind: "saved", version: 3 });
    expect(await writing.findPost(id)).toMatchObject({
      ...{ version: 3, savedBy: null, text: words("Water.") },
      settings: { title: "Of ovens", excerpt: "Hot.", language: "de", tagIds: [tag], authorIds: [ada] },
    });
    expect((await revisionsOf(id)).map(({ version, by }) => [version, by])).toEqual([
      [1, ada],
      [2, bilal],
      [3, null],
    ]);
  });

  it("keeps what stood there before the first save of a post that has no revisions yet", async () => {
    const id = await aPost(db, { slug: "from-the-seed" });
    await transaction((tx) => writing.savePost(tx, { id, expectedVersion: 1, by: ada, text: words("New.") }));
    expect((await revisionsOf(id)).map(({ html }) => html)).toEqual(["<p>Flour and water.</p>", "<p>New.</p>"]);
  });

  it("of a version that is over changes nothing, and gives what stands there now", async () => {
    const id = await aDraftOf("Two at once");
    await transaction((tx) => writing.savePost(tx, { id, expectedVersion: 1, by: ada, text: words("Ada’s.") }));
    const late = await transaction((tx) => writing.savePost(tx, { id, expectedVersion: 1, by: bilal, text: words("Bilal’s.") }));
    expect(late).toMatchObject({ kind: "conflict", version: 2, theirs: { text: words("Ada’s."), savedBy: "Ada" } });
    expect(await revisionsOf(id)).toHaveLength(2);
  });

  it("of one version succeeds for one of fifty that come at once, and the others are told", { timeout: 30_000 }, async () => {
    const id = await aDraftOf("Fifty at once");
    const saves = Array.from({ length: 50 }, (_, n) => ({ id, expectedVersion: 1, by: ada, text: words(`Number ${n}.`) }));
    const results = await Promise.all(saves.map((save) => transaction((tx) => writing.savePost(tx, save))));
    expect(results.filter(({ kind }) => kind === "saved")).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === "conflict")).toHaveLength(49);
    const winner = results.findIndex(({ kind }) => kind === "saved");
    expect((await writing.findPost(id))?.text.plaintext).toBe(`Number ${winner}.`);
    expect(await revisionsOf(id)).toHaveLength(2);
  });

  it("of what is gone or in the bin says so", async () => {
    const id = await aDraftOf("Binned");
    await transaction((tx) => writing.moveToBin(tx, { kind: "post", id }, ada));
    for (const post of [id, 999_999 as PostId]) {
      const save = { id: post, expectedVersion: 1, by: ada, text: words("Late.") };
      expect(await transaction((tx) => writing.savePost(tx, save))).toEqual({ kind: "gone" });
    }
  });

  it("with a slug that another post has is refused, and the transaction goes on", async () => {
    await aDraftOf("First come");
    const id = await aDraftOf("Second come");
    const results = await transaction(async (tx) => [
      await writing.savePost(tx, { id, expectedVersion: 1, by: ada, settings: { slug: "first-come", title: "Lost" } }),
      await writing.savePost(tx, { id, expectedVersion: 1, by: ada, settings: { slug: "third-come" } }),
    ]);
    expect(results).toEqual([
      { kind: "slug-taken", slug: "first-come" },
      { kind: "saved", version: 2 },
    ]);
    expect((await writing.findPost(id))?.settings).toMatchObject({ slug: "third-come", title: "Second come" });
  });

  it.each([
    ["title", { title: "  " }],
    ["title", { title: "x".repeat(301) }],
    ["title", { title: "a\u0000b" }],
    ["title", { title: "half \ud83c" }],
    ["slug", { slug: "Not a slug" }],
    ["slug", { slug: "../etc" }],
    ["excerpt", { excerpt: "x".repeat(1001) }],
    ["language", { language: "english!" }],
    ["canonicalUrl", { canonicalUrl: "javascript:alert(1)" }],
    ["seriesPosition", { seriesPosition: 1.5 }],
    ["pictureId", { pictureId: 999_999 as MediaId }],
    ["tagIds", { tagIds: [999_999 as TagId] }],
    ["authorIds", { authorIds: [999_999 as UserId] }],
    ["translationOf", { translationOf: 999_999 as PostId }],
    ["audience", { audience: " " }],
  ])("with a %s that can't be is refused with the field’s name", async (field, settings) => {
    const id = await aDraftOf("Refused");
    const result = await transaction((tx) => writing.savePost(tx, { id, expectedVersion: 1, by: ada, settings }));
    expect(result).toMatchObject({ kind: "invalid", errors: [{ field }] });
    expect((await writing.findPost(id))?.version).toBe(1);
  });

  it("refuses a text that is longer than can be found again, and characters that can't be kept", async () => {
    const id = await aDraftOf("Long");
    const texts = [words("x".repeat(600_000)), words("a\u0000b"), { ...words("a"), document: { root: { type: "root", mark: "\ud800" } } }];
    for (const text of texts) {
      const result = await transaction((tx) => writing.savePost(tx, { id, expectedVersion: 1, by: ada, text }));
      expect(result).toMatchObject({ kind: "invalid", errors: [{ field: "html" }] });
    }
  });

  it("knows one translation into each language, and none of itself", async () => {
    const [of, first, second] = [await aDraftOf("Brot"), await aDraftOf("Bread"), await aDraftOf("Loaf")];
    const translate = (id: PostId) =>
      transaction((tx) => writing.savePost(tx, { id, expectedVersion: 1, by: ada, settings: { translationOf: of, language: "en" } }));
    expect(await translate(first)).toEqual({ kind: "saved", version: 2 });
    expect(await translate(second)).toMatchObject({ kind: "invalid", errors: [{ field: "language" }] });
    expect(await translate(of)).toMatchObject({ kind: "invalid", errors: [{ field: "translationOf" }] });
  });
});
