import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aFile, aStoredPhoto, shaOf } from "../../../tests/builders/media.ts";
import { aMember, aPost } from "../../../tests/builders/publication.ts";
import { giveRole } from "../../../tests/builders/roles.ts";
import type { MediaFilter } from "../../contracts/media.ts";
import { auditEntries } from "../../models/audit.ts";
import type { MediaId, UserId } from "../../models/ids.ts";
import { mediaPath } from "../../models/media.ts";

const blog = await openTestApp("blog");
const { db } = blog;
const { media } = blog.services;
const everything: MediaFilter = { words: "", kind: null, isUnused: false };
const add = (of: string, by: UserId | null = null) => db.transaction((tx) => media.addFile(tx, aStoredPhoto(of), by));
const namesOf = async (filter: Partial<MediaFilter>) =>
  (await media.listItems({ ...everything, ...filter }, 1)).items.map(({ name }) => name);

let ada: UserId;
let oven: MediaId;

beforeAll(async () => {
  ada = await aMember(db, { handle: "ada", name: "Ada" });
  await giveRole(db, ada, "editor", "blog");
  oven = await add("oven", ada);
});
afterAll(() => blog.close());

describe("a photograph in the library", () => {
  it("is shown in a size fit for a page, with its other sizes by format", async () => {
    const { picture, url, broughtBy, kind } = await media.getItem(oven);
    const at = (words: string, contentType: "image/avif" | "image/jpeg") => mediaPath({ sha256: shaOf(words), contentType });
    expect(url).toBe(at("oven", "image/jpeg"));
    expect(kind).toBe("picture");
    expect(broughtBy).toBe("Ada");
    expect(picture).toEqual({
      url: at("oven image/jpeg 800", "image/jpeg"),
      alt: "",
      width: 1600,
      height: 800,
      focalX: 50,
      focalY: 50,
      sources: [
        {
          type: "image/avif",
          srcset: `${at("oven image/avif 400", "image/avif")} 400w, ${at("oven image/avif 800", "image/avif")} 800w`,
        },
        {
          type: "image/jpeg",
          srcset: `${at("oven image/jpeg 400", "image/jpeg")} 400w, ${at("oven image/jpeg 800", "image/jpeg")} 800w`,
        },
      ],
    });
  });

  it("is one file however often its bytes are brought, and keeps who brought it first", async () => {
    const bilal = await aMember(db, { handle: "bilal", name: "Bilal" });
    expect(await add("oven", bilal)).toBe(oven);
    expect((await media.getItem(oven)).broughtBy).toBe("Ada");
  });

  it("takes words and a focal point, which is written down once", async () => {
    const hearth = await add("hearth");
    const words = { alt: "A hearth", focalX: 20, focalY: 80 };
    for (let i = 0; i < 2; i += 1) await db.transaction((tx) => media.describe(tx, hearth, words, ada));
    expect((await media.getItem(hearth)).picture).toMatchObject(words);
    const entries = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.subject, `media:${hearth}`));
    expect(entries).toMatchObject([{ actor: `user:${ada}`, action: "describe file", before: { alt: "", focalX: 50 }, after: words }]);
  });

  it("is found by the address of the file and of each variant, and by no other", async () => {
    const own = (await media.getItem(oven)).url;
    const small = mediaPath({ sha256: shaOf("oven image/avif 400"), contentType: "image/avif" });
    const elsewhere = `https://elsewhere.example/media/ab/${"ab".repeat(32)}.jpg`;
    const found = await media.listPicturesAt([own, `https://blog.example${small}`, elsewhere, "/posts/rye"]);
    expect([...found.keys()]).toEqual([own, `https://blog.example${small}`]);
    expect(found.get(own)?.width).toBe(1600);
  });
});

describe("the library", () => {
  it("is filtered by words, kind and use", async () => {
    await aFile(db, { name: "Minutes 100%.pdf" });
    const rye = await add("rye");
    await aPost(db, { slug: "with-picture", pictureId: rye });
    expect(await namesOf({ words: "100%" })).toEqual(["Minutes 100%.pdf"]);
    expect(await namesOf({ words: "0_%" })).toEqual([]);
    expect(await namesOf({ kind: "document" })).toEqual(["Minutes 100%.pdf"]);
    expect(await namesOf({ isUnused: true })).not.toContain("rye.jpg");
    expect(await namesOf({ isUnused: true })).toContain("oven.jpg");
  });

  it("ends", async () => {
    await expect(media.listItems(everything, 2)).rejects.toMatchObject({ code: "not-found" });
    await expect(media.getItem(9_999_999 as MediaId)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("what a file is used by", () => {
  it("is found in pictures, in texts and in documents, also by a variant", async () => {
    const jar = await add("jar");
    const small = mediaPath({ sha256: shaOf("jar image/avif 400"), contentType: "image/avif" });
    await aPost(db, { slug: "shown", title: "A shown jar", pictureId: jar });
    await aPost(db, { slug: "written", title: "A written jar", html: `<img src="${small}" alt="">` });
    const image = { type: "image", version: 1, src: mediaPath({ sha256: shaOf("jar"), contentType: "image/jpeg" }) };
    await aPost(db, { slug: "kept", title: "Kept jar", document: { root: { type: "root", children: [image] } } });
    expect((await media.listUses(jar, ada)).uses.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "post A shown jar",
      "post A written jar",
      "post Kept jar",
    ]);
    expect(await namesOf({ isUnused: true })).not.toContain("jar.jpg");
  });

  it("keeps it from being removed", async () => {
    const spoon = await add("spoon");
    const postId = await aPost(db, { slug: "spoon", pictureId: spoon });
    expect(postId).toBeGreaterThan(0);
    expect(await db.transaction((tx) => media.remove(tx, spoon, ada))).toEqual({ kind: "in-use" });
    expect((await media.getItem(spoon)).name).toBe("spoon.jpg");
  });
});

describe("an unused file", () => {
  it("is removed, which is written down, and its bytes belong to nothing then", async () => {
    const fork = await add("fork");
    const names = [`${shaOf("fork")}.jpg`, `${shaOf("fork image/avif 400")}.avif`, `${shaOf("oven")}.jpg`];
    expect(await media.listUnknown(names)).toEqual([]);
    expect(await db.transaction((tx) => media.remove(tx, fork, ada))).toEqual({ kind: "removed" });
    expect(await media.listUnknown(names)).toEqual(names.slice(0, 2));
    const [entry] = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.subject, `media:${fork}`));
    expect(entry).toMatchObject({ actor: `user:${ada}`, action: "remove file", before: { name: "fork.jpg" } });
  });
});

describe("what a member brings for a post of their own", () => {
  it("is in nobody's library: not listed, not to be chosen, described or removed by who edits; theirs alone by its number", async () => {
    const bo = await aMember(db, { handle: "bo", name: "Bo" });
    const id = await db.transaction((tx) => media.addOwnFile(tx, aStoredPhoto("private"), bo));
    expect(await namesOf({ words: "private" })).toEqual([]);
    expect((await media.listPicturesToChoose("private", id)).map((item) => item.id)).not.toContain(id);
    await expect(media.getItem(id)).rejects.toMatchObject({ code: "not-found" });
    await expect(media.getItem(id, ada)).rejects.toMatchObject({ code: "not-found" });
    expect(await media.getItem(id, bo)).toMatchObject({ id });
    expect(await media.mayDescribe(id, bo)).toBe(true);
    const editor = await aMember(db, { handle: "ed", name: "Ed" });
    await giveRole(db, editor, "editor", "blog");
    expect(await media.mayDescribe(id, editor)).toBe(false);
    await expect(db.transaction((tx) => media.remove(tx, id, ada))).rejects.toMatchObject({ code: "not-found" });
  });

  it("is in the library once somebody brings the same there, and forgotten where it hangs on no post after a while", async () => {
    const bo = await aMember(db, { handle: "bob", name: "Bob" });
    const [both, left] = await db.transaction(async (tx) => [
      await media.addOwnFile(tx, aStoredPhoto("both"), bo),
      await media.addOwnFile(tx, aStoredPhoto("left"), bo),
    ]);
    expect(await add("both", ada)).toBe(both);
    expect(await media.getItem(both)).toMatchObject({ id: both });
    const later = new Date(Date.now() + 60_000);
    expect(await db.transaction((tx) => media.removeLeft(tx, later))).toBeGreaterThanOrEqual(1);
    await expect(media.getItem(left, bo)).rejects.toMatchObject({ code: "not-found" });
    expect(await media.getItem(both)).toMatchObject({ id: both });
  });
});
