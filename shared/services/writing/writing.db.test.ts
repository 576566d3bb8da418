import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aFile } from "../../../tests/builders/media.ts";
import { aDraft, aMember, aPage, aPost, aTag } from "../../../tests/builders/publication.ts";
import type { ProofView } from "../../contracts/relations.ts";
import type { PieceRef } from "../../contracts/writing.ts";
import type { PageId, PostId, TagId, UserId } from "../../models/ids.ts";

let now = new Date("2026-11-20T12:00:00Z");
const blog = await openTestApp("blog", { clock: { now: () => now } });
const { db, services } = blog;
const { writing } = services;
const { transaction } = blog.app;
afterAll(() => blog.close());

/** ann wrote rye, which lies below the page bread; bob is to edit bread; edith edits everything; cy is nobody here. */
const people: Record<string, UserId> = {};
let rye: PostId;
let bread: PageId;
let sourdough: PageId;

const state = (relation: string, ...values: string[]) =>
  db.execute(
    sql`insert into relation_facts (relation, arguments, asserted_by) values (${relation}, ${JSON.stringify(values)}::jsonb, 'user:1')`,
  );
const takeBack = (relation: string, ...values: string[]) =>
  db.execute(sql`delete from relation_facts where relation = ${relation} and arguments = ${JSON.stringify(values)}::jsonb`);
const idOf = (name: string) => people[name] ?? expect.fail(name);

beforeAll(async () => {
  for (const handle of ["ann", "bob", "edith", "cy"]) people[handle] = await aMember(db, { handle, name: handle.toUpperCase() });
  rye = await aDraft(db, { slug: "rye", title: "Rye" }, { authors: [idOf("ann")] });
  bread = await aPage(db, { path: "bread" });
  sourdough = await aPage(db, { path: "bread/sourdough", parentId: bread });
  await aPost(db, { slug: "others" });
  await state("shared.role", `user:${idOf("edith")}`, "editor", "blog");
  await state("blog.under", `post:${rye}`, `page:${bread}`);
  await state("blog.editor", `user:${idOf("bob")}`, `page:${bread}`);
});

describe("who may edit", () => {
  const everything = { status: "", tag: "", author: "", words: "" } as const;
  const titlesFor = async (name: string) => (await writing.listPosts(idOf(name), everything, 1)).posts.map(({ title }) => title).sort();

  it("is an author of theirs, who is appointed above of all below, and who has the office of everything", async () => {
    const piece = (name: "rye" | "bread" | "sourdough"): PieceRef =>
      name === "rye" ? { kind: "post", id: rye } : { kind: "page", id: name === "bread" ? bread : sourdough };
    const matrix = { ann: ["rye"], bob: ["rye", "bread", "sourdough"], edith: ["rye", "bread", "sourdough"], cy: [] };
    for (const [name, edits] of Object.entries(matrix)) {
      for (const what of ["rye", "bread", "sourdough"] as const) {
        expect([name, what, await writing.mayEdit(idOf(name), piece(what))]).toEqual([name, what, (edits as string[]).includes(what)]);
        const looked = writing.getForEditing(idOf(name), piece(what));
        if ((edits as string[]).includes(what)) expect((await looked).version).toBe(1);
        else await expect(looked).rejects.toMatchObject({ code: "not-found" });
      }
    }
    const reach = (isEverything: boolean, hasPosts: boolean, hasPages: boolean) => ({ isEverything, hasPosts, hasPages });
    expect(await Promise.all(["ann", "bob", "edith", "cy"].map((name) => writing.getReach(idOf(name))))).toEqual([
      reach(false, true, false),
      reach(false, true, true),
      reach(true, true, true),
      reach(false, false, false),
    ]);
  });

  it("is what lists hold", async () => {
    expect(await titlesFor("ann")).toEqual(["Rye"]);
    expect(await titlesFor("bob")).toEqual(["Rye"]);
    expect(await titlesFor("edith")).toEqual(["On others", "Rye"]);
    expect(await titlesFor("cy")).toEqual([]);
    expect((await writing.listPages(idOf("bob"), "tree")).map(({ address }) => address)).toEqual(["/bread", "/bread/sourdough"]);
    expect(await writing.listPages(idOf("ann"), "tree")).toEqual([]);
  });

  it("is shown with the reason: to each about themselves, and what lies on the way", async () => {
    const view = await writing.getAccess(idOf("bob"), { kind: "post", id: rye }, "bob");
    expect(view.editors).toMatchObject([
      { handle: "ann", isAuthor: true },
      { handle: "bob", isAuthor: false },
    ]);
    const words = stepsOf(view.asked?.edit ?? null);
    expect(words).toEqual(
      expect.arrayContaining([expect.stringMatching(/^BOB edits Rye/), expect.stringMatching(/^BOB may edit Page of bread/)]),
    );
    const others = await writing.getAccess(idOf("bob"), { kind: "post", id: rye }, "edith");
    expect(stepsOf(others.asked?.edit ?? null)).toContain("something that you may not see"); // her office is hers
    const nobody = await writing.getAccess(idOf("bob"), { kind: "post", id: rye }, "cy");
    expect(nobody.asked).toEqual({ name: "CY", edit: null, read: null });
  });

  it("ends with the appointment: bob loses rye too, and ann, who wrote it, goes on", async () => {
    await takeBack("blog.editor", `user:${idOf("bob")}`, `page:${bread}`);
    expect(await writing.mayEdit(idOf("bob"), { kind: "page", id: bread })).toBe(false);
    expect(await writing.mayEdit(idOf("bob"), { kind: "post", id: rye })).toBe(false);
    expect(await writing.mayEdit(idOf("ann"), { kind: "post", id: rye })).toBe(true);
    expect(await writing.getReach(idOf("bob"))).toEqual({ isEverything: false, hasPosts: false, hasPages: false });
  });
});

describe("the editors’ list", () => {
  it("finds by state, tag, author and words, and takes percent signs for what they are", async () => {
    const ann = idOf("ann");
    const oats = await aTag(db, { slug: "oats" });
    await aPost(db, { slug: "half", title: "50% oats" }, { authors: [ann], tags: [oats] });
    await aPost(db, { slug: "none", title: "500 loaves", html: "<p>Crème.</p>", plaintext: "Crème." }, { authors: [ann] });
    const titles = async (filter: Partial<Parameters<typeof writing.listPosts>[1]>) =>
      (await writing.listPosts(idOf("edith"), { status: "", tag: "", author: "", words: "", ...filter }, 1)).posts.map(
        ({ title }) => title,
      );
    expect(await titles({ words: "0% o" })).toEqual(["50% oats"]);
    expect(await titles({ words: "creme" })).toEqual(["500 loaves"]);
    expect(await titles({ tag: "oats" })).toEqual(["50% oats"]);
    expect((await titles({ author: "ann" })).sort()).toEqual(["50% oats", "500 loaves", "Rye"]);
    expect(await titles({ status: "draft" })).toEqual(["Rye"]);
    expect(await titles({ status: "bin" })).toEqual([]);
    expect(await titles({ words: "nothing is called so" })).toEqual([]);
  });
});

describe("the history of a post", () => {
  it("gives back words and pictures as a new version, without what no longer exists; everything else stays as it is", async () => {
    const by = idOf("edith");
    const tag = await aTag(db, { slug: "kept" });
    const [kept, gone] = [await aFile(db, { name: "a.pdf" }), await aFile(db, { name: "b.pdf" })];
    const pictures = { pictureId: gone, pictureAlt: "A loaf", ogPictureId: kept, metaTitle: "Found" };
    const made = await transaction((tx) =>
      writing.createPost(tx, { by, settings: { title: "First", excerpt: "Short.", ...pictures, tagIds: [], language: "de" } }),
    );
    const id = made.kind === "created" ? made.id : expect.fail(made.kind);
    const piece: PieceRef = { kind: "post", id };
    const bare = { pictureId: null, pictureAlt: "", ogPictureId: null, metaTitle: "" };
    const settings = { title: "Second", slug: "second", excerpt: "", ...bare, tagIds: [tag], language: "fr", audience: "coop" };
    await transaction((tx) => writing.savePost(tx, { id, expectedVersion: 1, by, settings }));
    await db.execute(sql`delete from media where id = ${gone}`);
    const restoration = { version: 1, expectedVersion: 2, by };
    expect(await transaction((tx) => writing.restoreRevision(tx, piece, restoration))).toEqual({ kind: "saved", version: 3 });
    expect((await writing.findPost(id))?.settings).toMatchObject({
      ...{ title: "First", slug: "second", excerpt: "Short.", language: "fr", audience: "coop", tagIds: [tag] },
      ...{ pictureId: null, pictureAlt: "A loaf", ogPictureId: kept, metaTitle: "Found" },
    });
    expect((await writing.listRevisions(piece)).map(({ version, title }) => [version, title])).toEqual([
      [3, "First"],
      [2, "Second"],
      [1, "First"],
    ]);
    expect((await writing.getRevision(piece, 2)).settings).toMatchObject({ slug: "second", language: "fr", tagIds: [tag] });
    expect(await transaction((tx) => writing.restoreRevision(tx, piece, restoration))).toMatchObject({ kind: "conflict", version: 3 });
    await expect(writing.getRevision(piece, 9)).rejects.toMatchObject({ code: "not-found" });
  });

  it("begins anew with a copy, which is a draft of whoever copies", async () => {
    const cy = idOf("cy");
    const made = await transaction((tx) => writing.copyPost(tx, rye, cy));
    const id = made.kind === "created" ? made.id : expect.fail(made.kind);
    expect(await writing.findPost(id)).toMatchObject({
      ...{ version: 1, status: "draft", address: "/posts/rye-copy" },
      settings: { title: "Rye (copy)", authorIds: [cy, idOf("ann")] },
    });
    const page = await transaction((tx) => writing.copyPage(tx, sourdough, cy));
    expect((await writing.findPage(page.kind === "created" ? page.id : expect.fail()))?.place).toMatchObject({ parentId: bread });
    expect(await transaction((tx) => writing.copyPost(tx, 999_999 as PostId, cy))).toEqual({ kind: "gone" });
  });
});

describe("a preview link", () => {
  const piece = (): PieceRef => ({ kind: "post", id: rye });
  const link = (minutes: number) =>
    transaction((tx) => writing.createPreviewLink(tx, piece(), { by: idOf("ann"), expiresAt: new Date(now.getTime() + minutes * 60_000) }));

  it("opens a draft to whoever has the secret, until its time is over; the secret is kept nowhere", async () => {
    const secret = await link(10);
    expect(await writing.getPreview(secret)).toMatchObject({ title: "Rye", authors: ["ANN"] });
    expect(JSON.stringify((await db.execute(sql`select * from preview_links`)).rows)).not.toContain(secret);
    for (const wrong of ["", "x", `${secret}x`]) await expect(writing.getPreview(wrong)).rejects.toMatchObject({ code: "not-found" });
    now = new Date(now.getTime() + 11 * 60_000);
    await expect(writing.getPreview(secret)).rejects.toMatchObject({ code: "not-found" });
    expect(await writing.listPreviewLinks(piece())).toEqual([]);
  });

  it("opens nothing once it is taken back, by its own piece only, and nothing in the bin", async () => {
    const [first, second] = [await link(10), await link(10)];
    const links = await writing.listPreviewLinks(piece());
    expect(links).toMatchObject([{ createdBy: "ANN" }, { createdBy: "ANN" }]);
    for (const { key } of links) await transaction((tx) => writing.revokePreviewLink(tx, { kind: "page", id: bread }, key));
    expect(await writing.listPreviewLinks(piece())).toHaveLength(2);
    const opens = async () =>
      (await Promise.allSettled([first, second].map((secret) => writing.getPreview(secret)))).filter(
        ({ status }) => status === "fulfilled",
      );
    await transaction((tx) => writing.revokePreviewLink(tx, piece(), links[0]?.key ?? ""));
    expect(await opens()).toHaveLength(1);
    await transaction((tx) => writing.moveToBin(tx, piece(), null));
    expect(await opens()).toHaveLength(0);
    await transaction((tx) => writing.restoreFromBin(tx, piece()));
  });
});

describe("tags", () => {
  const fields = (slug: string, name = slug) => ({ slug, name, description: "", isInternal: false, heading: "" });
  const save = (id: TagId | null, slug: string) => transaction((tx) => writing.saveTag(tx, id, fields(slug)));

  it("are found whatever their case, and made where they are missing; with a hash they are internal", async () => {
    const known = await aTag(db, { slug: "starter", name: "Starter" });
    const ids = await transaction((tx) => writing.ensureTags(tx, ["sTARTER", " #secret ", "Oven spring", "oven SPRING", ""]));
    expect(ids).toHaveLength(3);
    expect(ids[0]).toBe(known);
    expect(await writing.findTags(["#SECRET", "Oven Spring"])).toMatchObject([
      { slug: "hash-secret", isInternal: true },
      { slug: "oven-spring", isInternal: false },
    ]);
  });

  it("keep their old addresses leading on, and win them back", async () => {
    const made = await save(null, "cake");
    const id = made.kind === "saved" ? made.id : expect.fail(made.kind);
    await save(id, "cakes");
    await save(id, "pastry");
    expect(await services.blog.findMoved("/tags/cake")).toBe("/tags/pastry");
    await save(null, "cakes");
    expect(await services.blog.findMoved("/tags/cakes")).toBeNull();
    expect(await save(id, "cakes")).toEqual({ kind: "slug-taken", slug: "cakes" });
    expect(await save(id, "Not so")).toMatchObject({ kind: "invalid", errors: [{ field: "slug" }] });
    expect(await save(999_999 as TagId, "nobody")).toEqual({ kind: "gone" });
  });

  it("become one: what carried either carries it once, and the old address leads there", async () => {
    const [from, into] = [await aTag(db, { slug: "sour" }), await aTag(db, { slug: "levain" })];
    await aPost(db, { slug: "both" }, { tags: [from, into] });
    await aPost(db, { slug: "one" }, { tags: [from] });
    await transaction((tx) => writing.mergeTag(tx, from, into));
    await transaction((tx) => writing.mergeTag(tx, into, into));
    expect(await writing.findTags(["sour", "levain"])).toMatchObject([{ slug: "levain", postCount: 2 }]);
    expect(await services.blog.findMoved("/tags/sour")).toBe("/tags/levain");
  });
});

describe("a series", () => {
  it("holds its posts in order, and leaves them when it goes", async () => {
    const fields = { slug: "course", title: "A course", description: "" };
    const made = await transaction((tx) => writing.saveSeries(tx, null, fields));
    const id = made.kind === "saved" ? made.id : expect.fail(made.kind);
    const second = await aPost(db, { slug: "s2", seriesId: id, seriesPosition: 2 });
    const first = await aPost(db, { slug: "s1", seriesId: id, seriesPosition: 1 });
    expect((await writing.listSeries())[0]?.posts.map((post) => post.id)).toEqual([first, second]);
    expect(await transaction((tx) => writing.saveSeries(tx, null, fields))).toEqual({ kind: "slug-taken", slug: "course" });
    await transaction((tx) => writing.removeSeries(tx, id));
    expect((await writing.findPost(first))?.settings.seriesId).toBeNull();
  });
});

function stepsOf(proof: ProofView | null): string[] {
  return proof === null ? [] : [proof.words, ...proof.premises.flatMap(stepsOf)];
}
