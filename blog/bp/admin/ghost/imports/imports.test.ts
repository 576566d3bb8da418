import { setTimeout } from "node:timers/promises";
import type { GhostImportId, UserId } from "@rose-ash/shared/models/ids.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../../../../tests/app.ts";
import { aPromisedPng } from "../../../../../tests/builders/files.ts";
import { aGhostExport } from "../../../../../tests/builders/ghost-export.ts";
import { sendForm } from "../../../../../tests/builders/multipart.ts";
import { aMember } from "../../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../../tests/builders/roles.ts";
import { signedIn } from "../../../../../tests/builders/signed-in.ts";
import { lexicalOf } from "../../../../../tests/fake-ghost/index.ts";
import { importRound } from "../../../../services/ghost/export/import-round.ts";

let blog: TestApp;
let ada: UserId;
let cookies: Record<string, string>;
beforeAll(async () => {
  blog = await openTestApp("blog"); // no Ghost is configured
  ada = await aMember(blog.db, { handle: "ada", name: "Ada Marlowe" });
  await blog.db.execute(
    sql`insert into user_emails (email, user_id, is_primary) values ('ada@rose-ash.test', ${ada}, true) on conflict do nothing`,
  );
  await giveRole(blog.db, ada, "editor", "blog");
  cookies = await signedIn(blog, "blog", ada);
}, 60_000);
afterAll(() => blog.close());

const bring = (bytes: Buffer, fields: Record<string, string> = {}, who = cookies) =>
  sendForm(blog, "/admin/ghost/imports", { fields, file: { name: "the-old-dairy.ghost.json", bytes } }, who);
const run = async (holder = "00000000-0000-4000-8000-000000000009") => {
  while (await importRound(blog.app.ghostParts, holder, new AbortController().signal));
};
/** Brings it, begins it, and waits for it. */
const import_ = async (bytes: Buffer, fields: Record<string, string> = {}) => {
  const answer = await bring(bytes, fields);
  if (answer.statusCode !== 303) throw new Error(`${answer.statusCode}: ${/field-error[\s\S]*?<span>([^<]*)/.exec(answer.body)?.[1]}`);
  const address = answer.headers.location ?? "";
  expect((await blog.post(`${address}/start`, {}, { cookies })).headers.location).toBe(`${address}?notice=ghost-file-started`);
  await run();
  return address;
};
const page = async (address: string) => (await blog.get(address, { cookies })).body;
const here = async (slug: string) => {
  const id = await blog.services.writing.findPostBySlug(slug);
  const post = id && (await blog.services.writing.findPost(id));
  if (!post) throw new Error(`${slug} is not here`);
  return post;
};
const idIn = (address: string) => Number(address.split("/").at(-1)) as GhostImportId;

describe("an exported file", { timeout: 60_000 }, () => {
  it("is nothing to guests, and no other form is taken for it", async () => {
    const file = aGhostExport();
    file.post({});
    expect((await bring(file.bytes(), {}, {})).statusCode).toBe(404);
    for (const path of ["1", "1/start", "1/stop"]) {
      const answer = path === "1" ? await blog.get(`/admin/ghost/imports/${path}`) : await blog.post(`/admin/ghost/imports/${path}`, {});
      expect(answer.statusCode).toBe(404);
    }
    expect((await blog.post("/admin/ghost/imports", {}, { cookies })).statusCode).toBe(415);
    expect((await blog.get("/admin/ghost/imports/99999", { cookies })).statusCode).toBe(404);
    expect((await blog.post("/admin/ghost/imports/99999/start", {}, { cookies })).headers.location).toContain("not-there-now");
    expect(await blog.db.$count(sql`ghost_imports`)).toBe(0);
  });

  it("is refused beside its field, with what was typed, when it can't be read", async () => {
    const answer = await bring(Buffer.from('{"db":[{"data":{"posts":[{"id"'), { siteUrl: "https://old.example/" });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain("it may have broken off on the way");
    expect(answer.body).toContain('value="https://old.example/"');
    expect((await bring(Buffer.from("{}"), { siteUrl: "javascript:alert(1)" })).body).toContain("begins with https://");
    const none = await sendForm(blog, "/admin/ghost/imports", {}, cookies);
    expect([none.statusCode, none.body.includes("Choose a file first.")]).toEqual([422, true]);
    expect((await bring(Buffer.alloc(50_000_001, " "))).body).toContain("larger than 50 MB");
  });

  it("of millions of rows is refused in words, and others are answered meanwhile", async () => {
    const bytes = Buffer.from(
      `{"data":{"sessions":[${"{},".repeat(4_000_000)}{}],"posts":[{"id":"a"}],"posts_tags":[${"{},".repeat(2_000_000)}{}]}}`,
    );
    let isOver = false;
    const answer = bring(bytes).finally(() => {
      isOver = true;
    });
    const waits: number[] = [];
    while (!isOver) {
      const asked = performance.now();
      await setTimeout(5); // as a reader's request waits for the loop
      expect((await blog.get("/healthz")).statusCode).toBe(200);
      waits.push(performance.now() - asked);
    }
    expect(await answer).toMatchObject({ statusCode: 422, body: expect.stringContaining("more than 200,000 rows") });
    expect(waits.length).toBeGreaterThan(5);
    expect(Math.max(...waits)).toBeLessThan(2_000);
  });

  it("shows what would come of it and why, and brings nothing before somebody says so", async () => {
    await blog.app.transaction((tx) => blog.services.writing.createPost(tx, { by: ada, settings: { title: "Taken", slug: "taken" } }));
    const file = aGhostExport();
    const taken = file.post({ title: "<b>Taken</b>", slug: "taken", visibility: "paid" });
    file.author({ name: "Olive Owner", email: "olive@ghost.example" }, taken);
    file.post({ title: "Late", slug: "late", status: "scheduled", published_at: "2020-01-01T00:00:00.000Z" });
    file.post({ title: 7, slug: "broken" });
    file.data["posts"]?.push({ ...file.data["posts"][0] });
    const answer = await bring(file.bytes());
    expect(answer.statusCode).toBe(303);
    const body = await page(answer.headers.location ?? "");
    expect(body).toContain("Would come here: 2");
    expect(body).toContain("&lt;b&gt;Taken&lt;/b&gt;");
    for (const words of [
      "/posts/taken is taken here: it gets another ending.",
      "By Olive Owner in Ghost, who is no member here.",
      "It is for paying members",
      "it comes as a draft",
      "It is in the file twice.",
      "It is not as Ghost writes a post: title.",
    ]) {
      expect(body).toContain(words);
    }
    await run();
    expect(await blog.db.$count(sql`posts where slug like 'taken%'`)).toBe(1);
    expect((await blog.post(`${answer.headers.location}/stop`, {}, { cookies })).headers.location).toContain("ghost-file-stopped");
    expect((await blog.post(`${answer.headers.location}/start`, {}, { cookies })).headers.location).toContain("not-there-now");
    expect(await blog.db.$count(sql`ghost_import_items where piece is not null`)).toBe(0);
  });

  it("is brought with its tags, authors, dates, pages, drafts and links between its pieces, and told to nobody as new", async () => {
    const file = aGhostExport();
    const rye = file.post({
      title: "Rye",
      slug: "rye",
      featured: 1,
      custom_excerpt: "Slow",
      lexical: lexicalOf("See", {
        type: "html",
        version: 1,
        html: `<p><a href="__GHOST_URL__/spelt/">spelt</a> <a href="__GHOST_URL__/about/#x">us</a></p>`,
      }),
    });
    for (const name of ["Baking", "#secret"]) file.tag(name, rye);
    file.author({ name: "Ada Marlowe", email: "ADA@rose-ash.test" }, rye);
    file.post({
      title: "Spelt",
      slug: "spelt",
      status: "draft",
      published_at: null,
      lexical: null,
      mobiledoc: JSON.stringify({ version: "0.3.1", markups: [], atoms: [], cards: [], sections: [[1, "p", [[0, [], 0, "Old words."]]]] }),
    });
    file.post({ title: "About", slug: "about", type: "page" });
    const address = await import_(file.bytes());
    expect(await page(address)).toContain("It is here");
    const post = await here("rye");
    expect(post).toMatchObject({ status: "published", publishedAt: new Date("2020-01-02T10:00:00Z"), savedBy: null });
    expect(post.settings).toMatchObject({ isFeatured: true, excerpt: "Slow", authorIds: [ada] });
    expect(post.tags.map(({ name }) => name)).toEqual(["Baking", "#secret"]);
    expect(post.text.html).toContain('href="/posts/spelt"');
    expect(post.text.html).toContain('href="/about#x"');
    expect(await here("spelt")).toMatchObject({ status: "draft", text: { plaintext: "Old words." } });
    expect((await blog.get("/about")).statusCode).toBe(200);
    expect((await blog.get("/rye/")).headers.location).toBe("/posts/rye"); // as it was on Ghost's site
    expect((await blog.get("/spelt/")).statusCode).toBe(404); // a draft
    const { rows } = await blog.db.execute(
      sql`select visibility from ap_activities where object_type = 'Post' and object_id = ${post.id}::text`,
    );
    expect(rows).toEqual([{ visibility: "internal" }]);
    expect(await blog.db.$count(sql`ghost_import_items where piece is not null`)).toBe(0);
  });

  it("brings nothing a second time, changes what the file has otherwise, and leaves what was changed or deleted here", async () => {
    const file = aGhostExport();
    const [same, other, both, gone] = ["same", "other", "both", "gone"].map((slug) => file.post({ title: `The ${slug}`, slug }));
    await import_(file.bytes());
    const again = (await bring(file.bytes())).headers.location ?? "";
    expect((await blog.services.ghostImports.get(idIn(again))).plans).toEqual({ make: 0, change: 0, same: 4, skip: 0 });
    expect(await page(again)).toContain("There is nothing to be done");
    const row = (id: string | undefined) => file.data["posts"]?.find((one) => one["id"] === id) ?? {};
    Object.assign(row(other), { title: "Another", updated_at: "2020-03-01T10:00:00.000Z" });
    Object.assign(row(both), { title: "Theirs", custom_excerpt: "New there", updated_at: "2020-03-01T10:00:00.000Z" });
    Object.assign(row(same), { title: "Older", updated_at: "2019-01-01T10:00:00.000Z" });
    Object.assign(row(gone), { title: "Back?", updated_at: "2020-03-01T10:00:00.000Z" });
    const mine = await here("both");
    await blog.app.transaction(async (tx) => {
      await blog.services.writing.savePost(tx, { id: mine.id, expectedVersion: mine.version, by: ada, settings: { title: "Ours" } });
      await blog.services.writing.moveToBin(tx, { kind: "post", id: (await here("gone")).id }, ada);
    });
    const address = await import_(file.bytes());
    expect((await blog.services.ghostImports.get(idIn(address))).plans).toEqual({ make: 0, change: 2, same: 0, skip: 2 });
    const body = await page(address);
    for (const words of ["older state of it", "It lies in the bin here.", "stays as it is here (title)"]) expect(body).toContain(words);
    expect((await here("other")).settings.title).toBe("Another");
    expect((await here("both")).settings).toMatchObject({ title: "Ours", excerpt: "New there" });
    expect((await here("same")).settings.title).toBe("The same");
  });

  it("says why its pictures are not here: no address was given, or it is one of our own network", async () => {
    const src = "__GHOST_URL__/content/images/2020/01/rye.png";
    const file = aGhostExport();
    file.post({ title: "Pictured", slug: "pictured", feature_image: src });
    const address = await import_(file.bytes());
    expect(await page(address)).toContain("nobody said where the site is");
    file.post({ title: "Inside", slug: "inside", feature_image: src });
    expect(await page(await import_(file.bytes(), { siteUrl: "http://127.0.0.1:1/" }))).toContain(
      "http://127.0.0.1:1/content/images/2020/01/rye.png is not in the library",
    );
    expect((await here("inside")).settings.pictureId).toBeNull();
  });

  it("fetches pictures of the site that was named, and of others that a text shows", async () => {
    const { ghostParts } = blog.app;
    const asked: string[] = [];
    const fetchElsewhere: typeof ghostParts.fetchElsewhere = async (url) => {
      asked.push(url);
      return url.includes("gone") ? "its site does not give it" : aPromisedPng(40, 30);
    };
    Object.assign(ghostParts, { fetchElsewhere });
    const file = aGhostExport();
    const image = { type: "image", version: 1, src: "https://pictures.example/a.png" };
    const html = `<img src="https://pictures.example/b.png?x=1&amp;y=2"><img alt="" src="https://pictures.example/gone.png">`;
    file.post({
      title: "Many",
      slug: "many",
      feature_image: "__GHOST_URL__/content/images/x.png",
      lexical: lexicalOf("x", image, { type: "html", version: 1, html }),
    });
    const body = await page(await import_(file.bytes(), { siteUrl: "https://old.example/ghost/" }));
    expect(asked.sort()).toEqual([
      "https://old.example/content/images/x.png",
      "https://pictures.example/a.png",
      "https://pictures.example/b.png?x=1&y=2",
      "https://pictures.example/gone.png",
    ]);
    const post = await here("many");
    expect(post.settings.pictureId).toEqual(expect.any(Number));
    expect(post.text.html.match(/src="\/media\//g)).toHaveLength(2);
    expect(body).toContain("https://pictures.example/gone.png is not in the library: its site does not give it.");
  });

  it("goes on where a process stopped, in one process at a time, and waits while the site is paused", async () => {
    const file = aGhostExport();
    for (let number = 0; number < 25; number++) file.post({ title: `Half ${number}`, slug: `half-${number}` });
    const address = (await bring(file.bytes())).headers.location ?? "";
    await blog.post(`${address}/start`, {}, { cookies });
    await blog.db.execute(sql`update outgoing_state set paused_at = now(), reason = 'a restore'`);
    await run();
    expect(await blog.db.$count(sql`posts where slug like 'half-%'`)).toBe(0);
    await blog.db.execute(sql`update outgoing_state set paused_at = null, reason = null`);
    const stopping = new AbortController();
    const first = importRound(blog.app.ghostParts, "00000000-0000-4000-8000-00000000000a", stopping.signal);
    stopping.abort();
    await first;
    await run(); // another process: the first still holds it
    expect(await page(address)).toMatch(/<progress[^>]* max="25"/);
    await blog.db.execute(sql`update ghost_imports set held_until = now() - interval '1 second'`);
    await run();
    expect(await blog.db.$count(sql`posts where slug like 'half-%'`)).toBe(25);
    expect((await blog.services.ghostImports.get(idIn(address))).state).toBe("done");
  });

  it("that was stopped says what is here of it, and what is left away", async () => {
    const file = aGhostExport();
    for (let number = 0; number < 3; number++) file.post({ title: `Left ${number}`, slug: `left-${number}` });
    const address = (await bring(file.bytes())).headers.location ?? "";
    await blog.post(`${address}/start`, {}, { cookies });
    await blog.db.execute(
      sql`update ghost_import_items set state = 'done' where import_id = ${idIn(address)} and slug = 'left-1'`, // as a process leaves it
    );
    await blog.post(`${address}/stop`, {}, { cookies });
    const body = await page(address);
    expect(body).toContain("Were to come here: 3");
    expect(body).not.toContain("Come here: 3");
    expect(body).toContain("1 of 3 pieces is here and stays; 2 were left away.");
    expect(body.match(/It was stopped before this was here\./g)).toHaveLength(2);
    const list = (await blog.get("/admin/ghost", { cookies })).body;
    expect(list).toContain("1 of 3 done");
  });

  it("says what failed, goes on with the rest, and tries it again when asked", async () => {
    const file = aGhostExport();
    const broken = file.post({
      title: "Broken",
      slug: "broken",
      lexical: JSON.stringify({ root: { type: "root", children: [{ type: "image", src: 7 }] } }),
    });
    file.post({ title: "Whole", slug: "whole" });
    const address = await import_(file.bytes());
    const body = await page(address);
    expect(body).toContain("Not all of it is here");
    expect(body).toContain("can&#39;t be read");
    expect((await here("whole")).status).toBe("published");
    await blog.db.execute(
      sql`update ghost_import_items set piece = jsonb_set(piece, '{lexical}', to_jsonb(${lexicalOf("Mended.")}::text)) where ghost_id = ${broken}`,
    );
    await blog.post(`${address}/start`, {}, { cookies });
    await run();
    expect((await here("broken")).text.plaintext).toBe("Mended.");
    expect((await blog.services.ghostImports.get(idIn(address))).failed).toBe(0);
  });

  it("of somebody who means harm brings text at most: no script, no address that runs one, no fault", async () => {
    const file = aGhostExport();
    const evil = `<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>`;
    const hostile: Record<string, unknown>[] = [
      { title: evil, slug: "evil-html", lexical: null, html: evil, custom_excerpt: evil, canonical_url: "javascript:alert(1)" },
      {
        title: "Card",
        slug: "evil-card",
        lexical: lexicalOf({ type: "html", version: 1, html: evil }, { type: "image", version: 1, src: "javascript:alert(1)" }),
      },
      {
        title: "Old",
        slug: "evil-old",
        lexical: null,
        mobiledoc: JSON.stringify({
          sections: [
            [1, "script", [[0, [0], 1, evil]]],
            [2, "javascript:alert(1)"],
            [10, 0],
          ],
          markups: [["a", ["href", "javascript:alert(1)"]]],
          cards: [["html", { html: evil, type: "root", children: [{ type: "image" }] }]],
        }),
      },
      { title: "Deep", slug: "evil-deep", lexical: `{"root":${'{"type":"paragraph","children":['.repeat(5000)}${"]}".repeat(5000)}}` },
      { title: "\ud800", slug: "../../admin", published_at: "+275760-09-13T00:00:00.000Z", visibility: "tiers", status: "evil" },
      {
        title: "t".repeat(5000),
        slug: "s".repeat(5000),
        og_title: "o".repeat(5000),
        meta_description: "m".repeat(5000),
        og_image: "file:///etc/passwd",
      },
      {
        title: "Proto",
        slug: "constructor",
        ["__proto__"]: { isAdmin: true },
        toString: 7,
        feature_image: "http://169.254.169.254/latest/meta-data/",
      },
    ];
    const ids = hostile.map((fields) => file.post(fields));
    for (const name of ["", " ", "x\0y", "#", "y".repeat(5000), "<b>z</b>"]) file.tag(name, ids[6] ?? "");
    file.author({ name: evil, email: "not an address" }, ids[6] ?? "");
    file.data["posts"]?.push(7 as never, null as never, [] as never);
    const address = await import_(file.bytes());
    const body = await page(address);
    expect(body).not.toContain("<script>alert");
    expect(body).not.toContain("onerror=alert(1)>");
    expect(body).not.toContain("A fault of ours");
    expect((await blog.services.ghostImports.get(idIn(address))).waiting).toBe(0);
    for (const slug of ["evil-html", "evil-card", "evil-old"]) {
      const read = (await blog.get(`/posts/${slug}`)).body;
      expect(read).toContain("<article");
      expect(read).not.toMatch(/<script>alert|<(img|a)\b[^<>]*(\sonerror=|="javascript:)/);
    }
    expect((await here("evil-html")).settings.canonicalUrl).toBeNull();
  });

  it("is begun once, however many ask at the same moment, and from no other site", async () => {
    const file = aGhostExport();
    for (let number = 0; number < 5; number++) file.post({ title: `Once ${number}`, slug: `once-${number}` });
    const address = (await bring(file.bytes())).headers.location ?? "";
    const foreign = await blog.app.inject({
      method: "POST",
      url: `${address}/start`,
      headers: { host: new URL(blog.origin).host, origin: "https://evil.example" },
      cookies,
    });
    expect(foreign.statusCode).toBe(403);
    const answers = await Promise.all([1, 2, 3, 4].map(() => blog.post(`${address}/start`, {}, { cookies })));
    expect(answers.filter(({ headers }) => String(headers.location).includes("ghost-file-started"))).toHaveLength(1);
    await Promise.all(["b", "c", "d"].map((end) => run(`00000000-0000-4000-8000-00000000000${end}`)));
    await run("00000000-0000-4000-8000-00000000000b");
    expect(await blog.db.$count(sql`posts where slug like 'once-%'`)).toBe(5);
  });

  it("stands in the log with who brought it, and keeps no text of what nobody began", async () => {
    const log = await blog.services.audit.listEntries({ app: "blog", by: ada, action: "", words: "ghost-import" }, 1);
    expect(new Set(log.entries.map(({ action }) => action))).toEqual(new Set(["read ghost file", "import ghost file", "stop ghost file"]));
    const file = aGhostExport();
    file.post({ title: "Never", slug: "never" });
    const id = idIn((await bring(file.bytes())).headers.location ?? "");
    await blog.db.execute(sql`update ghost_imports set created_at = now() - interval '8 days' where id = ${id}`);
    await run();
    await expect(blog.services.ghostImports.get(id)).rejects.toMatchObject({ code: "not-found" });
  });
});
