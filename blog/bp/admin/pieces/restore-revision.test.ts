import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { UserId } from "../../../../shared/models/ids.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aDraft, aMember, aPage } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";
import { hiddenFieldsIn } from "../../../../tests/edit-form.ts";

vi.setConfig({ testTimeout: 60_000 });
const blog = await openTestApp("blog");
const { db, services } = blog;
const { transaction } = blog.app;
const { writing } = services;
const people: Record<string, { id: UserId; cookies: Record<string, string> }> = {};

/** ann and bob write, edith edits everything. */
beforeAll(async () => {
  for (const handle of ["ann", "bob", "edith"]) {
    const id = await aMember(db, { handle, name: handle });
    people[handle] = { id, cookies: await signedIn(blog, "blog", id) };
  }
  await giveRole(db, idOf("edith"), "editor", "blog");
});
afterAll(() => blog.close());

const idOf = (handle: string) => people[handle]?.id ?? expect.fail(handle);
const get = (who: string, path: string) => blog.get(path, { cookies: people[who]?.cookies ?? {} });
const post = (who: string, path: string, form: Record<string, string> = {}) =>
  blog.post(path, form, { cookies: people[who]?.cookies ?? {} });

describe("a version that is restored", () => {
  it("leaves a post that became for members alone to members, and tells the world nothing", async () => {
    const id = await aDraft(db, { slug: "for-all", title: "For all" }, { authors: [idOf("ann")] });
    const by = idOf("ann");
    await transaction((tx) => writing.savePost(tx, { id, expectedVersion: 1, by, settings: { title: "Open words", audience: null } }));
    await transaction((tx) => writing.savePost(tx, { id, expectedVersion: 2, by, settings: { title: "Closed", audience: "coop" } }));
    await transaction((tx) => writing.publish(tx, { kind: "post", id }, { by, at: null }));
    const back = await post("ann", `/admin/posts/${id}/revisions/2/restoration`, { expectedVersion: "3", expectedStatus: "published" });
    expect(back.headers.location).toContain("notice=version-restored");
    expect(await writing.findPost(id)).toMatchObject({ version: 4, settings: { title: "Open words", audience: "coop" } });
    const { rows } = await db.execute(sql`
      select 1 from ap_activities where object_type = 'Post' and object_id = ${String(id)} and visibility = 'public'`);
    expect(rows).toEqual([]);
  });

  it("leaves a page to whom it is for, too", async () => {
    const id = await aPage(db, { path: "minutes", status: "published" });
    const save = (expectedVersion: number, audience: string | null) =>
      transaction((tx) => writing.savePage(tx, { id, expectedVersion, by: idOf("edith"), settings: { title: "Minutes", audience } }));
    await save(1, null);
    await save(2, "coop");
    await post("edith", `/admin/pages/${id}/revisions/2/restoration`, { expectedVersion: "3", expectedStatus: "published" });
    expect(await writing.findPage(id)).toMatchObject({ version: 4, settings: { audience: "coop" } });
  });

  it("gives nobody back the right to edit that an editor took away", async () => {
    const id = await aDraft(db, { slug: "taken-away", title: "Of two" }, { authors: [idOf("ann"), idOf("bob")] });
    const by = idOf("edith");
    await transaction((tx) => writing.savePost(tx, { id, expectedVersion: 1, by, settings: { authorIds: [idOf("ann")], tagIds: [] } }));
    expect((await get("bob", `/admin/posts/${id}`)).statusCode).toBe(404);
    await post("ann", `/admin/posts/${id}/revisions/1/restoration`, { expectedVersion: "2" });
    expect(await writing.findPost(id)).toMatchObject({ version: 3, settings: { authorIds: [idOf("ann")] } });
    expect((await get("bob", `/admin/posts/${id}`)).statusCode).toBe(404);
  });

  it("is no surprise to readers: what came out since the page was opened stays as it is", async () => {
    const id = await aDraft(db, { slug: "out-since", title: "Before" }, { authors: [idOf("ann")] });
    const by = idOf("ann");
    await transaction((tx) => writing.savePost(tx, { id, expectedVersion: 1, by, settings: { title: "Whole" } }));
    const form = hiddenFieldsIn((await get("ann", `/admin/posts/${id}/revisions/1`)).body);
    expect(form).toMatchObject({ expectedVersion: "2", expectedStatus: "draft" });
    await transaction((tx) => writing.publish(tx, { kind: "post", id }, { by, at: null }));
    const late = await post("ann", `/admin/posts/${id}/revisions/1/restoration`, form);
    expect(late.headers.location).toContain("notice=not-there-now");
    expect(await writing.findPost(id)).toMatchObject({ version: 2, settings: { title: "Whole" } });
  });

  it("is compared with what stands there now first, and the page says what comes back and what stays", async () => {
    const id = await aDraft(db, { slug: "compared", title: "First title" }, { authors: [idOf("ann")] });
    const by = idOf("ann");
    const text = (words: string) => ({ document: null, html: `<p>${words}</p>`, plaintext: words });
    await transaction((tx) => writing.savePost(tx, { id, expectedVersion: 1, by, text: text("Flour and salt") }));
    await transaction((tx) => writing.savePost(tx, { id, expectedVersion: 2, by, text: text("Flour and water") }));
    const settings = { title: "Third title", audience: "coop", language: "cy" };
    await transaction((tx) => writing.savePost(tx, { id, expectedVersion: 3, by, settings }));
    const { body } = await get("ann", `/admin/posts/${id}/revisions/2`);
    expect(body).toContain("Compared with what stands there now");
    expect(body).toMatch(/Third title[\s\S]*First title/);
    expect(body).toMatch(/<del>[^<]*water[\s\S]*<ins>[^<]*salt/);
    expect(body).toMatch(/stay as they are now[^<]*: For whom, Language/);
    expect((await get("ann", `/admin/posts/${id}/revisions/2?with=1`)).body).toContain("Compared with version 1");
  });
});
