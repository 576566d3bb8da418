import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pages, posts } from "../../../../shared/models/blog.ts";
import type { MediaId, PageId } from "../../../../shared/models/ids.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { FILES } from "../../../../tests/builders/files.ts";
import { aDraft, aMember, aPage, aPost } from "../../../../tests/builders/publication.ts";
import { appoint, giveRole } from "../../../../tests/builders/roles.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

const blog = await openTestApp("blog");
const HOSTILE = '"><script>alert(1)</script>.png';
type Cookies = Record<string, string>;
let editor: Cookies;
let oven: PageId;
let section: Cookies;
let member: Cookies;
let png: Buffer;

beforeAll(async () => {
  const [efua, dov, grace] = [
    await aMember(blog.db, { handle: "efua" }),
    await aMember(blog.db, { handle: "dov" }),
    await aMember(blog.db, { handle: "grace" }),
  ];
  await giveRole(blog.db, efua, "editor", "blog");
  oven = await aPage(blog.db, { path: "oven" });
  await appoint(blog.db, dov, oven);
  editor = await signedIn(blog, "blog", efua);
  section = await signedIn(blog, "blog", dov);
  member = await signedIn(blog, "blog", grace);
  png = await aPicture("#b9683f");
});
afterAll(() => blog.close());

const aPicture = (background: string) =>
  sharp({ create: { width: 60, height: 40, channels: 3, background } })
    .png()
    .toBuffer();

/** Sends files as a browser's form or a script does. */
function bring(files: readonly { name: string; bytes: Buffer }[], cookies: Cookies, accept = "application/json") {
  const boundary = `----${randomBytes(8).toString("hex")}`;
  const parts = files.flatMap(({ name, bytes }) => [
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name.replaceAll('"', "%22")}"\r\ncontent-type: image/png\r\n\r\n`,
    ),
    bytes,
    Buffer.from("\r\n"),
  ]);
  return blog.app.inject({
    method: "POST",
    url: "/admin/media",
    payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { host: new URL(blog.origin).host, origin: blog.origin, accept, "content-type": `multipart/form-data; boundary=${boundary}` },
    cookies,
  });
}

const bringOne = async (bytes: Buffer, name = "oven.png") => (await bring([{ name, bytes }], editor)).json<{ id: MediaId; url: string }>();

describe("bringing a picture", { timeout: 60_000 }, () => {
  it("describes it to a program, and serves it for ever", async () => {
    const answer = await bring([{ name: "oven.png", bytes: png }], editor);
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({ name: "oven.png", kind: "picture", contentType: "image/png", width: 60, height: 40 });
    const { url, sources } = answer.json<{ url: string; sources: { type: string; srcset: string }[] }>();
    expect(sources.map(({ type }) => type)).toEqual(["image/avif", "image/webp", "image/jpeg"]);
    for (const path of [url, ...sources.map(({ srcset }) => srcset.split(" ")[0] ?? "")]) {
      const picture = await blog.get(path);
      expect(picture.statusCode).toBe(200);
      expect(picture.headers["content-type"]).toBe(`image/${path.split(".").at(-1)}`.replace("jpg", "jpeg"));
      expect(picture.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      expect(picture.headers["x-content-type-options"]).toBe("nosniff");
    }
  });

  it("leads a person to its page, and several files to the library", async () => {
    const one = await bring([{ name: "oven.png", bytes: png }], editor, "text/html");
    expect([one.statusCode, one.headers.location]).toEqual([303, expect.stringMatching(/^\/admin\/media\/\d+\?notice=file-added$/)]);
    const both = await bring(
      [
        { name: "minutes.pdf", bytes: FILES.pdf },
        { name: "oven.png", bytes: png },
      ],
      editor,
      "text/html",
    );
    expect(both.headers.location).toBe("/admin/media?notice=files-added");
  });

  it("says of each file why it is not taken, and keeps the others", async () => {
    const page = await bring(
      [
        { name: HOSTILE, bytes: FILES.svg },
        { name: "kept.pdf", bytes: FILES.pdf },
        { name: "words.png", bytes: FILES.words },
      ],
      editor,
      "text/html",
    );
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain("SVG drawings can carry programs");
    expect(page.body).toContain("The file’s content counts, not its name.");
    expect(page.body).toContain("1 other file is in the library");
    expect(page.body).not.toContain("<script>alert(1)");
    const toProgram = await bring([{ name: "oven.png", bytes: FILES.svg }], editor);
    expect([toProgram.statusCode, toProgram.json<{ type: string }>().type]).toEqual([422, "/problems/file-refused"]);
  });

  it("asks for a file where none was chosen, and reads nothing but forms with files", async () => {
    expect((await bring([{ name: "", bytes: Buffer.alloc(0) }], editor, "text/html")).body).toContain("Choose a file first.");
    expect((await blog.post("/admin/media", {}, { cookies: editor })).statusCode).toBe(415);
  });

  it("stops a picture of 50 MB on its way", async () => {
    const huge = Buffer.concat([png, Buffer.alloc(50_000_000)]);
    const answer = await bring(
      [
        { name: "huge.png", bytes: huge },
        { name: "after.pdf", bytes: FILES.pdf },
      ],
      editor,
      "text/html",
    );
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain("a picture may have 20 MB");
    expect(answer.body).toContain("1 other file is in the library");
  });

  it("is for whoever edits the blog or a piece of it, and nothing to others", async () => {
    expect((await bring([{ name: "oven.png", bytes: png }], section)).statusCode).toBe(201);
    for (const cookies of [member, {}]) {
      expect((await bring([{ name: "oven.png", bytes: png }], cookies)).statusCode).toBe(404);
      for (const path of ["/admin/media", "/admin/media/1", "/admin/media/picker"])
        expect((await blog.get(path, { cookies })).statusCode).toBe(404);
    }
  });
});

describe("a document", () => {
  it("is handed over to be saved, and runs nothing where it is opened", async () => {
    const { url } = await bringOne(FILES.pdf, "minutes.pdf");
    const { headers } = await blog.get(url);
    expect(headers["content-type"]).toBe("application/pdf");
    expect(headers["content-disposition"]).toBe("attachment");
    expect(headers["content-security-policy"]).toContain("sandbox");
  });
});

describe("the library", { timeout: 60_000 }, () => {
  it("shows what was brought, by words and kind, and says when nothing fits", async () => {
    await bringOne(FILES.mp3, "bell.mp3");
    const found = await blog.get("/admin/media?words=bell&kind=audio", { cookies: editor });
    expect(found.statusCode).toBe(200);
    expect(found.body).toContain("1 file found");
    expect((await blog.get("/admin/media?words=nothing-like-it", { cookies: editor })).body).toContain("No such file");
    expect((await blog.get("/admin/media?kind=%22%3E&page=x&words=%00", { cookies: editor })).statusCode).toBeLessThan(500);
    expect((await blog.get("/admin/media?page=999", { cookies: editor })).statusCode).toBe(404);
  });

  it("keeps what an editor says of a picture, and shows it so on the blog", async () => {
    const { id } = await bringOne(await aPicture("#557a45"), "leaf.png");
    await aPost(blog.db, { slug: "leaf", pictureId: id });
    const saved = await blog.post(`/admin/media/${id}`, { alt: `A leaf ${HOSTILE}`, focalX: "18", focalY: "100" }, { cookies: editor });
    expect([saved.statusCode, saved.headers.location]).toEqual([303, `/admin/media/${id}?notice=saved`]);
    const { body } = await blog.get("/posts/leaf");
    expect(body).toContain('class="focus-x-20 focus-y-100"');
    expect(body).toMatch(/<source type="image\/avif" srcset="\/media\/[^"]+ 60w" sizes="[^"]+">/);
    expect(body).toContain("A leaf &#34;&gt;&lt;script&gt;");
    expect(body).not.toContain("<script>alert");
  });

  it("gives a form back with what is wrong in it, and what was typed", async () => {
    const { id } = await bringOne(png);
    const page = await blog.post(`/admin/media/${id}`, { alt: "Kept words", focalX: "101", focalY: "left" }, { cookies: editor });
    expect(page.statusCode).toBe(422);
    for (const words of ["At most 100.", "A number from 0 to 100.", "Kept words", 'value="101"']) expect(page.body).toContain(words);
    expect((await blog.post("/admin/media/999999", { alt: "", focalX: "1", focalY: "1" }, { cookies: editor })).statusCode).toBe(404);
  });

  it("knows where a picture is used, and removes only what nothing shows", async () => {
    const { id } = await bringOne(await aPicture("#6d2140"), "jam.png");
    const postId = await aPost(blog.db, { slug: "jam", title: "Jam of plums", pictureId: id });
    const shown = await blog.get(`/admin/media/${id}`, { cookies: editor });
    expect(shown.body).toContain("Jam of plums");
    expect(shown.body).not.toContain("/removal");
    const remove = (cookies: Cookies) => blog.post(`/admin/media/${id}/removal`, {}, { cookies });
    expect((await remove(editor)).headers.location).toBe(`/admin/media/${id}?notice=file-in-use`);
    await blog.db.update(posts).set({ pictureId: null }).where(eq(posts.id, postId));
    expect((await remove(section)).statusCode).toBe(404);
    expect((await blog.get("/admin/media?unused=yes&words=jam", { cookies: editor })).body).toContain("1 file found");
    expect((await remove(editor)).headers.location).toBe("/admin/media?notice=file-removed");
    expect((await blog.get(`/admin/media/${id}`, { cookies: editor })).statusCode).toBe(404);
  });
});

describe("a picture that somebody else brought", { timeout: 60_000 }, () => {
  it("tells a writer how many texts show it, and the titles of their own alone", async () => {
    const { id } = await bringOne(await aPicture("#123456"), "shared.png");
    await blog.db.update(pages).set({ title: "Round the oven", pictureId: id }).where(eq(pages.id, oven));
    await aDraft(blog.db, { slug: "secret", title: "Who is to go", pictureId: id });
    await aPost(blog.db, { slug: "out", title: "Out since long", pictureId: id });
    const page = await blog.get(`/admin/media/${id}`, { cookies: section });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("Round the oven");
    expect(page.body).toContain(`/admin/pages/${oven}`);
    for (const words of ["Who is to go", "Out since long"]) expect(page.body).not.toContain(words);
    expect(page.body).toContain("In 2 texts that you don’t edit");
    const all = (await blog.get(`/admin/media/${id}`, { cookies: editor })).body;
    for (const words of ["Round the oven", "Who is to go", "Out since long"]) expect(all).toContain(words);
    expect(all).not.toContain("that you don’t edit");
  });

  it("is described by editors and by whoever brought it, and by nobody else", async () => {
    const describe = (id: number, cookies: Cookies) =>
      blog.post(`/admin/media/${id}`, { alt: "Mine", focalX: "1", focalY: "1" }, { cookies });
    const { id } = await bringOne(await aPicture("#234567"), "theirs.png");
    expect((await describe(id, section)).statusCode).toBe(404);
    expect((await blog.services.media.getItem(id)).alt).toBe("");
    expect((await blog.get(`/admin/media/${id}`, { cookies: section })).body).not.toContain(`action="/admin/media/${id}"`);
    const own = (await bring([{ name: "own.png", bytes: await aPicture("#345678") }], section)).json<{ id: number }>().id;
    for (const cookies of [section, editor]) expect((await describe(own, cookies)).statusCode).toBe(303);
    const again = (await bring([{ name: "copy.png", bytes: await aPicture("#234567") }], section)).json<{ id: number }>().id;
    expect([again, (await describe(again, section)).statusCode]).toEqual([id, 404]);
  });
});

describe("the picker", () => {
  it("offers pictures alone, under the name that the form has for them", async () => {
    const { id } = await bringOne(await aPicture("#2b211c"), "hearth.png");
    const { body } = await blog.get(`/admin/media/picker?words=hearth&name=cover&selected=${id}`, { cookies: section });
    expect(body).toContain(`<input type="radio" name="cover" value="${id}" checked>`);
    expect(body).not.toContain("<html");
    const another = await blog.get(`/admin/media/picker?words=leaf&selected=${id}`, { cookies: editor });
    expect(another.body).toContain(`value="${id}" checked>`); // whatever is searched for: else a save would lose it
    expect((await blog.get("/admin/media/picker?words=minutes", { cookies: editor })).body).toContain("No picture fits these words.");
    expect((await blog.get("/admin/media/picker?name=%22%3E%3Cscript%3E", { cookies: editor })).body).toContain('name="pictureId"');
  });
});
