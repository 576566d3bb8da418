import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { posts } from "../../../../shared/models/blog.ts";
import type { PageId, PostId } from "../../../../shared/models/ids.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aDraft, aMember, aPage, aPost, aTag } from "../../../../tests/builders/publication.ts";
import { appoint, giveRole } from "../../../../tests/builders/roles.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";
import { aDocument, card, paragraph } from "../../../services/rendering/fixtures.ts";

vi.setConfig({ testTimeout: 120_000 }); // the renderer starts with the first text

const blog = await openTestApp("blog");
type Cookies = Record<string, string>;
let editor: Cookies;
let section: Cookies;
let member: Cookies;
let oven: PageId;

beforeAll(async () => {
  const efua = await aMember(blog.db, { handle: "efua" });
  const dov = await aMember(blog.db, { handle: "dov" });
  const grace = await aMember(blog.db, { handle: "grace" });
  await giveRole(blog.db, efua, "editor", "blog");
  oven = await aPage(blog.db, { path: "oven", title: "The oven" });
  await appoint(blog.db, dov, oven);
  editor = await signedIn(blog, "blog", efua);
  section = await signedIn(blog, "blog", dov);
  member = await signedIn(blog, "blog", grace);
});
afterAll(() => blog.close());

let count = 0;
const newDraft = () => aDraft(blog.db, { slug: `draft-${++count}`, title: "Rye" });
const rowOf = async (id: PostId) => (await blog.db.select().from(posts).where(eq(posts.id, id)))[0];

/** Sends JSON, as a script of the page does. */
function send(piece: string, body: unknown, cookies: Cookies = editor) {
  const headers = { host: new URL(blog.origin).host, origin: blog.origin, accept: "application/json" };
  return blog.app.inject({ method: "POST", url: `/admin/editor/${piece}`, payload: body as object, headers, cookies });
}
const ask = (path: string, cookies: Cookies = editor) => blog.get(path, { cookies, headers: { accept: "application/json" } });

describe("what the editor saves by itself", () => {
  it("is the text and the title of a draft, as the next version", async () => {
    const id = await newDraft();
    const document = aDocument(paragraph("Flour."), card("html", { html: "<b>x</b><script>alert(1)</script>" }));
    const response = await send(`post/${id}`, { expectedVersion: 1, title: " Rye at night ", document });
    expect([response.statusCode, response.json()]).toEqual([200, { kind: "saved", version: 2 }]);
    expect(await rowOf(id)).toMatchObject({
      title: "Rye at night",
      document,
      html: "<p>Flour.</p><b>x</b>",
      plaintext: "Flour. x",
      version: 2,
      status: "draft",
    });
  });

  it("is one version of the history while somebody writes on", async () => {
    const id = await newDraft();
    for (const [before, words] of ["Flour", "Flour and", "Flour and water"].entries()) {
      await send(`post/${id}`, { expectedVersion: before + 1, document: aDocument(paragraph(words)) });
    }
    expect((await blog.services.writing.listRevisions({ kind: "post", id })).map(({ version }) => version)).toEqual([4, 1]);
    expect((await rowOf(id))?.plaintext).toBe("Flour and water");
  });

  it("keeps a node that this site does not know", async () => {
    const id = await newDraft();
    const document = aDocument({ type: "table", version: 3, rows: [["6"]] }, paragraph("After."));
    expect((await send(`post/${id}`, { expectedVersion: 1, document })).statusCode).toBe(200);
    const row = await rowOf(id);
    expect(row?.document).toEqual(document);
    expect(row?.html).toContain("After.");
  });

  it("overwrites nothing that somebody else saved, and says who", async () => {
    const id = await newDraft();
    await send(`post/${id}`, { expectedVersion: 1, document: aDocument(paragraph("first")) });
    const second = await send(`post/${id}`, { expectedVersion: 1, document: aDocument(paragraph("second")) });
    expect([second.statusCode, second.json()]).toEqual([409, { kind: "conflict", version: 2, savedBy: "efua" }]);
    expect((await rowOf(id))?.plaintext).toBe("first");
  });

  it("is never what readers see already", async () => {
    const id = await aPost(blog.db, { slug: "public" });
    const response = await send(`post/${id}`, { expectedVersion: 1, document: aDocument(paragraph("half a sen")) });
    expect([response.statusCode, response.json()]).toEqual([422, { kind: "refused", message: expect.stringContaining("public") }]);
    expect((await rowOf(id))?.version).toBe(1);
  });

  it.each<[string, unknown]>([
    ["no document at all", { root: 1 }],
    ["a picture that is none", aDocument(card("image", { src: 7 }))],
  ])("is refused in words when it is %s, and nothing is changed", async (_what, document) => {
    const id = await newDraft();
    const response = await send(`post/${id}`, { expectedVersion: 1, document });
    expect([response.statusCode, response.json()]).toEqual([422, { kind: "refused", message: expect.stringMatching(/^\w.+\.$/) }]);
    expect((await rowOf(id))?.version).toBe(1);
  });

  it("is refused when it is 4,000 levels deep", async () => {
    const id = await newDraft();
    const deep = `${'{"type":"list","children":['.repeat(4_000)}${"]}".repeat(4_000)}`;
    const payload = `{"expectedVersion":1,"document":{"root":{"type":"root","children":[${deep}]}}}`;
    const headers = { host: new URL(blog.origin).host, origin: blog.origin, "content-type": "application/json" };
    const response = await blog.app.inject({ method: "POST", url: `/admin/editor/post/${id}`, payload, headers, cookies: editor });
    expect([response.statusCode, response.json()]).toEqual([422, { kind: "refused", message: expect.stringContaining("deeper") }]);
  });

  it("is nobody's who may not edit it: there is nothing at its address", async () => {
    const id = await newDraft();
    const body = { expectedVersion: 1, document: aDocument(paragraph("x")) };
    for (const cookies of [section, member, {}]) expect((await send(`post/${id}`, body, cookies)).statusCode).toBe(404);
    expect((await send("post/999999", body)).statusCode).toBe(404);
    expect((await rowOf(id))?.version).toBe(1);
  });

  it("asks for a version, and for a request of this very site", async () => {
    const id = await newDraft();
    expect((await send(`post/${id}`, { document: aDocument() })).statusCode).toBe(400);
    expect((await send(`tag/${id}`, { expectedVersion: 1, document: aDocument() })).statusCode).toBe(400);
    const headers = { host: new URL(blog.origin).host, origin: "https://evil.example" };
    const foreign = await blog.app.inject({ method: "POST", url: `/admin/editor/post/${id}`, payload: {}, headers, cookies: editor });
    expect(foreign.statusCode).toBe(403);
  });
});

describe("a text that came as HTML", () => {
  it("is made a document, without what could do harm; nothing is saved", async () => {
    const response = await send("documents", { html: "<p>Flour.</p><table><tr><td>6</td></tr></table><script>alert(1)</script>" }, section);
    const { document } = response.json();
    expect(document.root.children.map(({ type }: { type: string }) => type)).toEqual(["paragraph", "html"]);
    expect(response.body).not.toContain("alert");
  });

  it("is one for writers only, and none without end", async () => {
    expect((await send("documents", { html: "" }, member)).statusCode).toBe(404);
    const large = await send("documents", { html: "x".repeat(1_100_000) });
    expect([large.statusCode, large.json().type]).toEqual([422, "/problems/text-not-taken"]);
  });
});

describe("links to our own", () => {
  it("are posts, pages and tags by their names, without the host; drafts are not among them", async () => {
    const tagId = await aTag(blog.db, { slug: "ovens", name: "Ovens" });
    await aPost(blog.db, { slug: "brick-oven", title: "A brick oven" }, { tags: [tagId] });
    await aDraft(blog.db, { slug: "secret-oven", title: "A secret oven" });
    const { groups } = (await ask("/admin/editor/links?words=OVEN", section)).json();
    expect(groups).toEqual([
      { label: "Posts", items: [{ title: "A brick oven", url: expect.stringMatching(/^\/[^/].*brick-oven$/) }] },
      { label: "Pages", items: [{ title: "The oven", url: "/oven" }] },
      { label: "Tags", items: [{ title: "Ovens", url: expect.stringMatching(/^\/[^/].*ovens$/) }] },
    ]);
  });

  it("are there for writers only", async () => {
    expect((await ask("/admin/editor/links", member)).statusCode).toBe(404);
    expect((await ask("/admin/editor/links", {})).statusCode).toBe(404);
    expect((await ask("/admin/editor/links")).json().groups.length).toBeGreaterThan(0);
  });
});

describe("what another page says of itself", () => {
  it.each(["http://127.0.0.1:1/", "http://169.254.169.254/latest/", "http://[::1]/", "http://localhost/"])(
    "is not asked of our own network: %s",
    async (url) => {
      const response = await ask(`/admin/editor/page-data?url=${encodeURIComponent(url)}`);
      expect([response.statusCode, response.json().type]).toEqual([422, "/problems/page-not-read"]);
    },
  );

  it("is asked for an address, and for writers only", async () => {
    expect((await ask("/admin/editor/page-data?url=ftp://oak.example/")).statusCode).toBe(400);
    expect((await ask("/admin/editor/page-data?url=http://127.0.0.1/", member)).statusCode).toBe(404);
  });
});
