import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { writeLocal } from "../../../../shared/infrastructure/zoned-time.ts";
import type { PageId, PostId, UserId } from "../../../../shared/models/ids.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aFile } from "../../../../tests/builders/media.ts";
import { aDraft, aMember, aPage, aPost, aTag } from "../../../../tests/builders/publication.ts";
import { aProduct } from "../../../../tests/builders/shop.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";
import { editFormIn, hiddenFieldsIn } from "../../../../tests/edit-form.ts";
import { aDocument, paragraph } from "../../../services/rendering/fixtures.ts";

vi.setConfig({ testTimeout: 60_000 }); // a save begins the renderer, and the machine may be busy
const blog = await openTestApp("blog");
const { db, services } = blog;
const HOSTILE = `<script>alert(1)</script>"'`;
const people: Record<string, { id: UserId; cookies: Record<string, string> }> = {};
let bread: PageId;

/** ann writes, bob is appointed to the page bread, edith edits everything, cy is a member like any other. */
beforeAll(async () => {
  for (const handle of ["ann", "bob", "edith", "cy"]) {
    const id = await aMember(db, { handle, name: handle === "ann" ? `Ann ${HOSTILE}` : handle });
    people[handle] = { id, cookies: await signedIn(blog, "blog", id) };
  }
  bread = await aPage(db, { path: "bread" });
  await db.execute(sql`insert into relation_facts (relation, arguments, asserted_by) values
    ('shared.role', jsonb_build_array(${`user:${idOf("edith")}`}::text, 'editor', 'blog'), 'user:1'),
    ('blog.editor', jsonb_build_array(${`user:${idOf("bob")}`}::text, ${`page:${bread}`}::text), 'user:1')`);
});
afterAll(() => blog.close());

const idOf = (handle: string) => people[handle]?.id ?? expect.fail(handle);
const get = (who: string, path: string) => blog.get(path, { cookies: people[who]?.cookies ?? {} });
const post = (who: string, path: string, form: Record<string, string> = {}) =>
  blog.post(path, form, { cookies: people[who]?.cookies ?? {} });
let counter = 0;
const annsDraft = (title = "Of rye"): Promise<PostId> => aDraft(db, { slug: `draft-${++counter}`, title }, { authors: [idOf("ann")] });

const deepDocument = (levels: number) => `{"root":{"type":"root","children":${"[".repeat(levels)}${"]".repeat(levels)}}}`;

/** The form of the page on which the post is written, as a browser would send it. */
const formOf = async (who: string, id: number) => editFormIn((await get(who, `/admin/posts/${id}`)).body);

describe("who finds the editors’ pages", () => {
  it("is whoever has something to edit, and to everybody else nothing is there", async () => {
    const id = await annsDraft();
    const expected: Record<string, Record<string, number>> = {
      "/admin": { ann: 200, bob: 200, edith: 200, cy: 404, nobody: 404 },
      "/admin/posts": { ann: 200, bob: 200, edith: 200, cy: 404, nobody: 404 },
      "/admin/pages": { ann: 404, bob: 200, edith: 200, cy: 404, nobody: 404 },
      "/admin/tags": { ann: 404, bob: 404, edith: 200, cy: 404, nobody: 404 },
      "/admin/series": { ann: 404, bob: 404, edith: 200, cy: 404, nobody: 404 },
      [`/admin/posts/${id}`]: { ann: 200, bob: 404, edith: 200, cy: 404, nobody: 404 },
      [`/admin/posts/${id}/revisions`]: { ann: 200, bob: 404, edith: 200, cy: 404, nobody: 404 },
      [`/admin/posts/${id}/previews`]: { ann: 200, bob: 404, edith: 200, cy: 404, nobody: 404 },
      [`/admin/posts/${id}/access?who=ann`]: { ann: 200, bob: 404, edith: 200, cy: 404, nobody: 404 },
      [`/admin/pages/${bread}`]: { ann: 404, bob: 200, edith: 200, cy: 404, nobody: 404 },
      "/admin/relations": { ann: 404, bob: 404, edith: 404, cy: 404, nobody: 404 },
    };
    for (const [path, statuses] of Object.entries(expected))
      for (const [who, status] of Object.entries(statuses))
        expect([path, who, (await get(who, path)).statusCode]).toEqual([path, who, status]);
  });

  it.each(["", "/publication", "/withdrawal", "/schedule", "/merge", "/removal", "/restoration", "/copies", "/previews"])(
    "refuses a form sent to …%s by anybody else, and changes nothing",
    async (below) => {
      const id = await annsDraft();
      const before = JSON.stringify(await services.writing.findPost(id));
      for (const who of ["bob", "cy", "nobody"])
        expect((await post(who, `/admin/posts/${id}${below}`, { title: "Stolen", version: "1" })).statusCode).toBe(404);
      expect(JSON.stringify(await services.writing.findPost(id))).toBe(before);
    },
  );

  it("shows each in /admin what is theirs, and nothing of how the service is run", async () => {
    const anns = (await get("ann", "/admin")).body;
    expect(anns).toContain('href="/admin/posts"');
    for (const words of ["/admin/pages", "/admin/tags", "/admin/relations", "Database"]) expect(anns).not.toContain(words);
    expect((await get("edith", "/admin")).body).toContain('href="/admin/tags"');
  });

  it("lists an author’s own posts only", async () => {
    await annsDraft("Mine alone");
    await aDraft(db, { slug: "ediths", title: "Another’s" }, { authors: [idOf("edith")] });
    const { body } = await get("ann", "/admin/posts");
    expect(body).toContain("Mine alone");
    expect(body).not.toContain("Another’s");
    expect((await get("edith", "/admin/posts?words=another")).body).toContain("Another’s");
  });
});

describe("writing a post", () => {
  it("begins with a title and goes on at once; without one the form comes back", async () => {
    const made = await post("ann", "/admin/posts", { title: "  A new loaf " });
    expect(made.statusCode).toBe(303);
    expect((await get("ann", String(made.headers.location))).body).toContain('value="A new loaf"');
    const empty = await post("ann", "/admin/posts", { title: " " });
    expect([empty.statusCode, empty.body.includes("It needs a title.")]).toEqual([422, true]);
    const huge = await post("ann", "/admin/posts", { title: "x".repeat(5000) });
    expect([huge.statusCode, huge.body.includes("longer than 300")]).toEqual([422, true]);
  });

  it("saves everything that the form says, what could do harm taken out of the text", async () => {
    const id = await annsDraft();
    await aTag(db, { slug: "oven", name: "Oven" });
    await aProduct(db, { slug: "rye-loaf" });
    const original = await aPost(db, { slug: "roggen" });
    await transactionSeries();
    const form = {
      ...(await formOf("edith", id)),
      ...{
        title: "Of rye",
        slug: "of-rye",
        excerpt: "Short.",
        tags: "oven, Brand new, #secret",
        authors: "ann, edith",
        products: "rye-loaf",
      },
      ...{
        html: `<p>Hot <b>bread</b></p>${HOSTILE}<img src="javascript:alert(1)" onerror="alert(1)">`,
        audience: "coop",
        isFeatured: "yes",
      },
      ...{ language: "fr", translationOf: "roggen", canonicalUrl: "https://elsewhere.example/rye", series: "course", seriesPosition: "3" },
    };
    const saved = await post("edith", `/admin/posts/${id}`, form);
    expect([saved.statusCode, saved.headers.location]).toEqual([303, `/admin/posts/${id}?notice=saved`]);
    const found = await services.writing.findPost(id);
    expect(found).toMatchObject({
      ...{ version: 2, address: "/posts/of-rye", savedBy: "edith" },
      tags: [{ name: "Oven" }, { name: "Brand new" }, { name: "#secret" }],
      authors: [{ slug: "ann" }, { slug: "edith" }],
      products: [{ slug: "rye-loaf" }],
      series: { slug: "course" },
      settings: { excerpt: "Short.", audience: "coop", isFeatured: true, language: "fr", translationOf: original, seriesPosition: 3 },
    });
    expect(found?.text.html).toMatch(/Hot <(b|strong)>bread/);
    expect(found?.text.html).not.toMatch(/script|onerror|javascript/);
    expect((await formOf("edith", id))["version"]).toBe("2");
  });

  it("keeps the text and makes no version when nothing was changed", async () => {
    const id = await annsDraft();
    const form = await formOf("ann", id);
    expect((await post("ann", `/admin/posts/${id}`, form)).statusCode).toBe(303);
    expect((await services.writing.findPost(id))?.version).toBe(1);
  });

  it("gives the form back with all that was typed and a word for each mistake", async () => {
    const id = await annsDraft();
    await aPost(db, { slug: "taken-already" });
    const typed = { ...(await formOf("edith", id)), title: "", slug: "taken-already", html: "<p>Typed for an hour</p>" };
    const wrong = {
      ...typed,
      authors: "nobody-at-all",
      products: "no-such",
      translationOf: "nowhere",
      canonicalUrl: "javascript:alert(1)",
    };
    const { statusCode, body } = await post("edith", `/admin/posts/${id}`, wrong);
    expect(statusCode).toBe(422);
    for (const words of ["Nobody is called “nobody-at-all”", "nothing called “no-such”", "no post “nowhere”", "Typed for an hour"])
      expect(body).toContain(words);
    const named = { ...typed, canonicalUrl: "javascript:alert(1)" };
    expect((await post("edith", `/admin/posts/${id}`, named)).body).toMatch(/It needs a title[\s\S]*begins with https/);
    const taken = await post("edith", `/admin/posts/${id}`, { ...typed, title: "Fine" });
    expect(taken.statusCode).toBe(422);
    expect(taken.body).toMatch(/id="error-slug"[\s\S]*taken-already/);
  });

  it.each([
    ["is cut off", '{"root":{"type":"root","children":[', "can&#39;t be read"],
    ["is none", '{"root":7}', "it has no root"],
    ["is 4,000 levels deep", deepDocument(4_000), "nested deeper than"],
    ["is 200,000 levels deep", deepDocument(200_000), "nested deeper than"],
  ])("gives back, in words, a document that %s, and changes nothing", async (_what, document, words) => {
    const id = await annsDraft();
    const { html: _html, ...form } = await formOf("ann", id);
    const { statusCode, body } = await post("ann", `/admin/posts/${id}`, { ...form, document, excerpt: "Kept words" });
    expect(statusCode).toBe(422);
    expect(body).toMatch(/<div class="notice[\s\S]*href="#field-html"/);
    for (const said of [words, "Kept words", document.slice(0, 30).replaceAll('"', "&#34;")]) expect(body).toContain(said);
    expect((await services.writing.findPost(id))?.version).toBe(1);
  });

  it("lets an author neither name new tags nor give the post to others", async () => {
    const id = await annsDraft();
    const form = await formOf("ann", id);
    expect(form["authors"]).toBeUndefined();
    const refused = await post("ann", `/admin/posts/${id}`, { ...form, tags: "never seen" });
    expect([refused.statusCode, refused.body.includes("An editor can make one")]).toEqual([422, true]);
    await post("ann", `/admin/posts/${id}`, { ...form, title: "Still mine", authors: "cy" });
    expect(await services.writing.findPost(id)).toMatchObject({ settings: { title: "Still mine" }, authors: [{ slug: "ann" }] });
  });

  it("shows script in every field as text", async () => {
    const id = await annsDraft(HOSTILE);
    await db.execute(sql`update posts set excerpt = ${HOSTILE}, picture_alt = ${HOSTILE}, audience = ${HOSTILE} where id = ${id}`);
    const form = await formOf("ann", id);
    await post("ann", `/admin/posts/${id}`, { ...form, excerpt: `${HOSTILE} again` });
    const late = { ...form, title: `${HOSTILE} late`, version: "1" };
    const pages = [
      await get("ann", `/admin/posts/${id}`),
      await get("ann", "/admin/posts"),
      await get("ann", `/admin/posts?words=${encodeURIComponent(HOSTILE)}&author=${encodeURIComponent(HOSTILE)}`),
      await get("ann", `/admin/posts/${id}/revisions`),
      await get("ann", `/admin/posts/${id}/revisions/2`),
      await get("ann", `/admin/posts/${id}/access?who=ann`),
      await get("ann", `/admin/posts/${id}/access?who=${encodeURIComponent(HOSTILE)}`),
      await post("ann", `/admin/posts/${id}/previews`, { days: HOSTILE }),
      await post("ann", `/admin/posts/${id}`, late),
      await post("ann", `/admin/posts/${id}/merge`, late),
      await post("ann", `/admin/posts/${id}`, {
        ...late,
        canonicalUrl: HOSTILE,
        slug: HOSTILE,
        pictureId: HOSTILE,
        translationOf: HOSTILE,
      }),
    ];
    for (const { body, statusCode } of pages) {
      expect(statusCode).toBeLessThan(500);
      expect(body).not.toContain("<script>alert");
      expect(body).toContain("&lt;script&gt;");
    }
  });
});

describe("the picture where a post is shared", () => {
  it("is chosen beside the words, and one that is gone is refused by its own field", async () => {
    const id = await annsDraft();
    const shared = await aFile(db, { name: "loaf.jpg", contentType: "image/jpeg", width: 800, height: 400 });
    expect((await get("ann", `/admin/posts/${id}`)).body).toContain(`name="ogPictureId" value="${shared}"`);
    const form = { ...(await formOf("ann", id)), ogPictureId: String(shared) };
    expect((await post("ann", `/admin/posts/${id}`, form)).statusCode).toBe(303);
    expect((await services.writing.findPost(id))?.settings).toMatchObject({ ogPictureId: shared, twitterPictureId: null });
    const gone = await post("ann", `/admin/posts/${id}`, { ...(await formOf("ann", id)), twitterPictureId: "999999" });
    expect([gone.statusCode, /id="field-twitterPictureId" open/.test(gone.body)]).toEqual([422, true]);
    expect(gone.body).toContain("There is no such picture.");
  });
});

describe("two at once", () => {
  it("shows the second both texts and all that differs, and loses nothing whatever is chosen", async () => {
    const id = await annsDraft();
    const [hers, theirs] = [await formOf("ann", id), await formOf("edith", id)];
    await post("edith", `/admin/posts/${id}`, { ...theirs, html: "<p>Flour, water and salt.</p>", title: "By Edith" });
    const clash = await post("ann", `/admin/posts/${id}`, { ...hers, html: "<p>Flour and milk.</p>" });
    expect(clash.statusCode).toBe(409);
    for (const words of ["Somebody else saved this", "edith", "Keep mine", "Merge by hand", "Take theirs", "By Edith"])
      expect(clash.body).toContain(words);
    expect(clash.body).toMatch(/<del>[^<]*water[^<]*<\/del>/);
    expect(clash.body).toMatch(/<ins>[^<]*milk[^<]*<\/ins>/);
    expect((await services.writing.findPost(id))?.text.plaintext).toBe("Flour, water and salt.");

    const kept = hiddenFieldsIn(clash.body);
    const merging = await post("ann", `/admin/posts/${id}/merge`, kept);
    expect(merging.statusCode).toBe(200);
    expect(merging.body).toMatch(/<textarea[^>]*name="html"[^>]*>&lt;p&gt;Flour and milk/);
    expect(merging.body).toContain("<p>Flour, water and salt.</p>");
    const mine = await post("ann", `/admin/posts/${id}`, kept);
    expect(mine.statusCode).toBe(303);
    expect(await services.writing.findPost(id)).toMatchObject({
      version: 3,
      text: { plaintext: "Flour and milk." },
      savedBy: `Ann ${HOSTILE}`,
    });
    expect((await services.writing.getRevision({ kind: "post", id }, 2)).text.plaintext).toBe("Flour, water and salt.");
  });

  it("gives back what was typed when the post went into the bin meanwhile", async () => {
    const id = await annsDraft();
    const form = await formOf("ann", id);
    await post("edith", `/admin/posts/${id}/removal`);
    const late = await post("ann", `/admin/posts/${id}`, { ...form, html: "<p>An hour’s work</p>" });
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain("An hour’s work");
    const { html: _html, ...ofEditor } = form;
    const document = JSON.stringify(aDocument(paragraph("An hour in the editor")));
    const inEditor = await post("ann", `/admin/posts/${id}`, { ...ofEditor, document });
    expect([inEditor.statusCode, inEditor.body.includes("An hour in the editor")]).toEqual([409, true]);
  });
});

describe("what a post goes through", () => {
  it("is published with what the form says, withdrawn, and published again", async () => {
    const id = await annsDraft();
    const form = { ...(await formOf("ann", id)), title: "Out at last", slug: "out-at-last" };
    const out = await post("ann", `/admin/posts/${id}/publication`, form);
    expect([out.statusCode, out.headers.location]).toEqual([303, `/admin/posts/${id}?notice=published`]);
    expect((await blog.get("/posts/out-at-last")).body).toContain("Out at last");
    await post("ann", `/admin/posts/${id}/withdrawal`, await formOf("ann", id));
    expect((await blog.get("/posts/out-at-last")).statusCode).toBe(404);
  });

  it("is scheduled by the site’s clock, never into the past, and what was typed is kept", async () => {
    const id = await annsDraft();
    const form = await formOf("ann", id);
    for (const [scheduledAt, words] of [
      ["2020-01-01T10:00", "That time is over"],
      ["", "Choose a day and a time"],
      ["tomorrow", "Choose a day and a time"],
    ] as const) {
      const refused = await post("ann", `/admin/posts/${id}/schedule`, { ...form, scheduledAt, excerpt: "Kept words" });
      expect(refused.statusCode).toBe(422);
      expect(refused.body).toContain(words);
      expect(refused.body).toContain("Kept words");
    }
    const at = new Date(Math.ceil(Date.now() / 60_000 + 60) * 60_000);
    const scheduledAt = writeLocal(at, "Europe/London");
    expect((await post("ann", `/admin/posts/${id}/schedule`, { ...form, scheduledAt })).headers.location).toContain("notice=scheduled");
    expect(await services.writing.findPost(id)).toMatchObject({ status: "scheduled", publishedAt: at });
    expect((await formOf("ann", id))["scheduledAt"]).toBe(scheduledAt);
  });

  it("goes into the bin and comes back, and is copied", async () => {
    const id = await annsDraft("Thrown away");
    await post("ann", `/admin/posts/${id}/removal`);
    expect((await get("ann", "/admin/posts")).body).not.toContain("Thrown away");
    expect((await get("ann", "/admin/posts?status=bin")).body).toContain("Thrown away");
    expect((await get("ann", `/admin/posts/${id}`)).headers.location).toBe("/admin/posts?status=bin");
    const back = await post("ann", `/admin/posts/${id}/restoration`);
    expect(back.headers.location).toBe(`/admin/posts/${id}?notice=restored`);
    const copy = await post("ann", `/admin/posts/${id}/copies`);
    expect((await get("ann", String(copy.headers.location))).body).toContain("Thrown away (copy)");
  });

  it("is compared with what it was, in words, and brought back", async () => {
    const id = await annsDraft("First words");
    await post("ann", `/admin/posts/${id}`, { ...(await formOf("ann", id)), title: "Second words", html: "<p>Flour, water and salt.</p>" });
    const { body } = await get("ann", `/admin/posts/${id}/revisions/2`);
    expect(body).toMatch(/First words[\s\S]*Second words/);
    expect(body).toMatch(/<ins>[^<]*salt/);
    const back = await post("ann", `/admin/posts/${id}/revisions/1/restoration`, { expectedVersion: "2" });
    expect(back.headers.location).toContain("notice=version-restored");
    expect(await services.writing.findPost(id)).toMatchObject({ version: 3, settings: { title: "First words" } });
    const late = await post("ann", `/admin/posts/${id}/revisions/1/restoration`, { expectedVersion: "2" });
    expect(late.headers.location).toContain("notice=not-there-now");
    expect((await get("ann", `/admin/posts/${id}/revisions/99`)).statusCode).toBe(404);
  });

  it("is shown by a link that is made once, is kept out of search engines, and can be taken back", async () => {
    const id = await annsDraft("Before its time");
    const made = await post("ann", `/admin/posts/${id}/previews`, { days: "7" });
    const path = /\/preview\/[\w-]+/.exec(made.body)?.[0] ?? expect.fail("no link");
    const seen = await blog.get(path);
    expect(seen.statusCode).toBe(200);
    expect(seen.body).toContain("Before its time");
    expect(seen.body).toContain('content="noindex');
    expect(seen.headers).toMatchObject({
      "cache-control": "no-store",
      "x-robots-tag": "noindex, nofollow",
      "referrer-policy": "no-referrer",
    });
    const list = (await get("ann", `/admin/posts/${id}/previews`)).body;
    expect(list).not.toContain(path);
    const key = /previews\/([\w-]+)\/revocation/.exec(list)?.[1] ?? expect.fail("no key");
    await post("ann", `/admin/posts/${id}/previews/${key}/revocation`);
    expect((await blog.get(path)).statusCode).toBe(404);
    expect((await blog.get("/preview/nothing")).statusCode).toBe(404);
  });

  it("tells why somebody may edit it", async () => {
    const id = await annsDraft("Why");
    const { body } = await get("edith", `/admin/posts/${id}/access?who=ann`);
    expect(body).toMatch(/May edit it[\s\S]*wrote Why/);
    expect((await get("edith", `/admin/posts/${id}/access?who=cy`)).body).toContain("May not edit it");
  });
});

async function transactionSeries(): Promise<void> {
  await blog.app.transaction((tx) => services.writing.saveSeries(tx, null, { slug: "course", title: "A course", description: "" }));
}
