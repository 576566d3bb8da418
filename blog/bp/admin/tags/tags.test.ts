import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UserId } from "../../../../shared/models/ids.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aDraft, aMember, aPost, aTag } from "../../../../tests/builders/publication.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";
import { editFormIn } from "../../../../tests/edit-form.ts";

const blog = await openTestApp("blog");
const { db, services } = blog;
const HOSTILE = `<script>alert(1)</script>`;
let edith: UserId;
let cookies: Record<string, string>;

beforeAll(async () => {
  edith = await aMember(db, { handle: "edith" });
  cookies = await signedIn(blog, "blog", edith);
  await db.execute(sql`insert into relation_facts (relation, arguments, asserted_by)
    values ('shared.role', jsonb_build_array(${`user:${edith}`}::text, 'editor', 'blog'), 'user:1')`);
});
afterAll(() => blog.close());

const get = (path: string) => blog.get(path, { cookies });
const post = (path: string, form: Record<string, string>) => blog.post(path, form, { cookies });
const fields = (name: string, slug: string) => ({ name, slug, heading: "", description: "", isInternal: "no" });

describe("tags", () => {
  it("are made, gathered under headings, and shown as text", async () => {
    await post("/admin/tags", { ...fields(`Bread ${HOSTILE}`, "bread"), heading: `Baking ${HOSTILE}`, description: HOSTILE });
    await post("/admin/tags", { ...fields("#drafts", "hash-drafts"), isInternal: "yes" });
    const { body } = await get("/admin/tags");
    expect(body).toMatch(/Baking &lt;script&gt;[\s\S]*Bread &lt;script&gt;/);
    expect(body).toMatch(/For editors alone[\s\S]*#drafts/);
    expect(body).not.toContain(HOSTILE);
  });

  it("come back with what is wrong: no name, a taken or impossible address", async () => {
    await aTag(db, { slug: "taken" });
    for (const [form, words] of [
      [fields(" ", "empty"), "It needs a name."],
      [fields("T", "taken"), "Another one is at “taken” already."],
      [fields("T", HOSTILE), "Small letters"],
      [fields("x".repeat(101), "long"), "longer than 100"],
    ] as const) {
      const answer = await post("/admin/tags", form);
      expect([answer.statusCode, answer.body.includes(words)]).toEqual([422, true]);
      expect(answer.body).not.toContain(HOSTILE);
    }
  });

  it("are renamed, merged, and taken away by whoever writes their names", async () => {
    const [sour, levain] = [await aTag(db, { slug: "sour" }), await aTag(db, { slug: "levain" })];
    const id = await aPost(db, { slug: "both" }, { tags: [sour] });
    expect((await post(`/admin/tags/${sour}`, fields("Sour", "sourdough"))).statusCode).toBe(303);
    expect((await post(`/admin/tags/${sour}`, fields("Sour", "levain"))).statusCode).toBe(422);
    expect((await post(`/admin/tags/${sour}/merge`, { into: String(levain) })).statusCode).toBe(303);
    expect((await services.writing.findPost(id))?.tags).toMatchObject([{ slug: "levain" }]);
    expect((await post(`/admin/tags/${levain}/removal`, { confirmed: "no" })).statusCode).toBe(422);
    expect((await post(`/admin/tags/${levain}/removal`, { confirmed: "levain" })).statusCode).toBe(303);
    expect((await get(`/admin/tags/${levain}`)).statusCode).toBe(404);
    expect((await services.writing.findPost(id))?.tags).toEqual([]);
  });
});

describe("a tag whose name has a comma", () => {
  it("stays one tag on a post, beside those that are called like its parts, whoever saves it", async () => {
    const [both, bread] = [await aTag(db, { slug: "c-both", name: "Salt, pepper" }), await aTag(db, { slug: "c-salt", name: "Salt" })];
    const id = await aDraft(db, { slug: "with-comma" }, { authors: [edith], tags: [bread, both] });
    const form = editFormIn((await get(`/admin/posts/${id}`)).body);
    expect(form["tags"]).toBe('Salt, "Salt, pepper"');
    const saved = await post(`/admin/posts/${id}`, { ...form, title: "Seasoned", tags: `${form["tags"]}, "Oil, olive"` });
    expect(saved.headers.location).toContain("notice=saved");
    expect((await services.writing.findPost(id))?.tags.map(({ name }) => name)).toEqual(["Salt", "Salt, pepper", "Oil, olive"]);
    expect((await services.writing.findTags(["pepper", "olive"])).length).toBe(0);
  });
});

describe("series", () => {
  it("are made, changed in place, and leave their posts when they go", async () => {
    await post("/admin/series", { title: `A course ${HOSTILE}`, slug: "course", description: "" });
    const [made] = await services.writing.listSeries();
    const id = made?.id ?? expect.fail("no series");
    const postId = await aPost(db, { slug: "part-one", seriesId: id, seriesPosition: 1 });
    const { body } = await get("/admin/series");
    expect(body).toContain("On part-one");
    expect(body).not.toContain(HOSTILE);
    const named = { [`title-${id}`]: "Six loaves", [`slug-${id}`]: "six-loaves", [`description-${id}`]: "One a week." };
    expect((await post(`/admin/series/${id}`, named)).statusCode).toBe(303);
    expect((await services.writing.listSeries())[0]).toMatchObject({ title: "Six loaves", slug: "six-loaves", description: "One a week." });
    const wrong = await post(`/admin/series/${id}`, { ...named, [`title-${id}`]: "" });
    expect([wrong.statusCode, wrong.body.includes(`#field-title-${id}`)]).toEqual([422, true]);
    expect((await post("/admin/series", { title: "T", slug: "six-loaves", description: "" })).statusCode).toBe(422);
    await post(`/admin/series/${id}/removal`, {});
    expect((await services.writing.findPost(postId))?.settings.seriesId).toBeNull();
  });
});
