import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { PieceRef } from "../../../../shared/contracts/writing.ts";
import type { PostId, UserId } from "../../../../shared/models/ids.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aDraft, aMember } from "../../../../tests/builders/publication.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";
import { editFormIn, hiddenFieldsIn } from "../../../../tests/edit-form.ts";

vi.setConfig({ testTimeout: 60_000 });
const blog = await openTestApp("blog");
const { db, services } = blog;
const { transaction } = blog.app;
const { writing } = services;
let ann: UserId;
let cookies: Record<string, string>;

beforeAll(async () => {
  ann = await aMember(db, { handle: "ann", name: "Ann" });
  cookies = await signedIn(blog, "blog", ann);
});
afterAll(() => blog.close());

let counter = 0;
const post = (path: string, form: Record<string, string> = {}) => blog.post(path, form, { cookies });
const formOf = async (id: PostId) => editFormIn((await blog.get(`/admin/posts/${id}`, { cookies })).body);
const half: Record<string, string> = { title: "Half a thought", html: "<p>Not fin</p>" };

/** A draft, and the form in which somebody writes on it; meanwhile it comes out. */
async function outMeanwhile() {
  const id = await aDraft(db, { slug: `stale-${++counter}`, title: "Whole" }, { authors: [ann] });
  const form = await formOf(id);
  await publish({ kind: "post", id });
  return { id, url: `/admin/posts/${id}`, untouched: form, form: { ...form, ...half } };
}

const publish = (piece: PieceRef) => transaction((tx) => writing.publish(tx, piece, { by: ann, at: null }));

describe("a form of a draft that came out meanwhile", () => {
  it("makes nothing public with “Save”, says so, and keeps what was typed until somebody chooses", async () => {
    const { id, url, form } = await outMeanwhile();
    expect(form["status"]).toBe("draft");
    const clash = await post(url, form);
    expect(clash.statusCode).toBe(409);
    for (const words of ["It is public by now", "readers see at once", "Not fin", "Half a thought"]) expect(clash.body).toContain(words);
    expect(clash.body).not.toContain("Somebody else saved");
    expect(await writing.findPost(id)).toMatchObject({ version: 1, settings: { title: "Whole" } });

    const kept = hiddenFieldsIn(clash.body);
    expect(kept).toMatchObject({ ...half, status: "published", version: "1" });
    const merging = await post(`${url}/merge`, kept);
    expect(editFormIn(merging.body)).toMatchObject({ ...half, status: "published", version: "1" });
    expect((await post(url, kept)).headers.location).toContain("notice=saved");
    expect(await writing.findPost(id)).toMatchObject({ version: 2, status: "published", settings: { title: "Half a thought" } });
  });

  it("makes nothing public with “Save and schedule”, and keeps saying so when it comes back with mistakes first", async () => {
    const { id, url, form } = await outMeanwhile();
    const scheduled = await post(`${url}/schedule`, { ...form, scheduledAt: "2090-01-01T10:00" });
    expect([scheduled.statusCode, scheduled.body.includes("It is public by now")]).toEqual([409, true]);
    const wrong = await post(url, { ...form, slug: "Not so" });
    expect(wrong.statusCode).toBe(422);
    expect((await post(url, { ...editFormIn(wrong.body), slug: "so" })).statusCode).toBe(409);
    expect(await writing.findPost(id)).toMatchObject({ version: 1, status: "published" });
  });

  it("is no conflict where nothing was typed, or where it is said what it is to be", async () => {
    const first = await outMeanwhile();
    expect((await post(first.url, first.untouched)).statusCode).toBe(303);
    const { id, url, form } = await outMeanwhile();
    const again = await post(`${url}/publication`, form);
    expect(again.headers.location).toContain("notice=saved-public-already");
    expect((await blog.get(String(again.headers.location), { cookies })).body).toContain("Your text is saved.");
    expect(await writing.findPost(id)).toMatchObject({ version: 2, status: "published", settings: { title: "Half a thought" } });
    const other = await outMeanwhile();
    expect((await post(`${other.url}/withdrawal`, other.form)).headers.location).toContain("notice=withdrawn");
    const late = await post(`${other.url}/withdrawal`, { ...(await formOf(other.id)), title: "Later" });
    expect(late.headers.location).toContain("notice=saved-draft-already");
  });

  it("says both where it was saved and came out, and that it was withdrawn", async () => {
    const { id, url, form } = await outMeanwhile();
    await transaction((tx) => writing.savePost(tx, { id, expectedVersion: 1, by: ann, settings: { title: "Mended" } }));
    const both = await post(url, form);
    for (const words of ["Somebody else saved this meanwhile", "It is public by now"]) expect(both.body).toContain(words);
    const open = await formOf(id);
    await transaction((tx) => writing.unpublish(tx, { kind: "post", id }, ann));
    const withdrawn = await post(url, { ...open, ...half });
    expect([withdrawn.statusCode, withdrawn.body.includes("It is a draft by now")]).toEqual([409, true]);
  });

  it("is refused in the service as well, between the look and the save", async () => {
    const { id } = await outMeanwhile();
    const save = { id, expectedVersion: 1, expectedStatus: "draft", by: ann, settings: { title: "Raced" } } as const;
    expect(await transaction((tx) => writing.savePost(tx, save))).toMatchObject({ kind: "conflict", theirs: { status: "published" } });
  });
});

describe("a form that does not say its version", () => {
  it.each([undefined, "", "0", "-1", "1.5", "one", "1e0", "99999999999"])("overwrites nothing: %s", async (version) => {
    const id = await aDraft(db, { slug: `lost-${++counter}`, title: "Whole" }, { authors: [ann] });
    const { version: _version, ...form } = { ...(await formOf(id)), ...half };
    const clash = await post(`/admin/posts/${id}`, version === undefined ? form : { ...form, version });
    expect(clash.statusCode).toBe(409);
    for (const words of ["It may have changed meanwhile", "Not fin"]) expect(clash.body).toContain(words);
    expect(await writing.findPost(id)).toMatchObject({ version: 1, settings: { title: "Whole" } });
  });
});
