import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";
import { lexicalOf } from "../../../../tests/fake-ghost/index.ts";
import { type GhostSite, openGhostSite } from "../../../../tests/ghost-site.ts";
import { sweep } from "../../../services/ghost/poll.ts";

let site: GhostSite;
let editor: { cookies: Record<string, string> };
const published = { status: "published", published_at: "2026-01-02T03:04:05.000Z" };
beforeAll(async () => {
  site = await openGhostSite();
  await giveRole(site.blog.db, site.ada, "editor", "blog");
  editor = { cookies: await signedIn(site.blog, "blog", site.ada) };
});
afterAll(() => site.close());

const page = async () => (await site.blog.get("/admin/ghost", editor)).body;
const post = (path: string, who = editor) => site.blog.post(path, {}, who);

describe("/admin/ghost", { timeout: 60_000 }, () => {
  it("is nothing to guests, nor are its forms", async () => {
    expect((await site.blog.get("/admin/ghost")).statusCode).toBe(404);
    for (const path of ["start", "sweep", "links/1/comparison"]) {
      expect((await site.blog.post(`/admin/ghost/${path}`, {})).statusCode).toBe(404);
    }
    expect((await site.blog.services.ghost.getState()).startedAt).toBeNull();
  });

  it("says that nothing was begun; nothing is asked of Ghost before that", async () => {
    site.ghost.store.add("posts", { ...published, title: "Rye", lexical: lexicalOf("r") });
    const broken = site.ghost.store.add("posts", { ...published, title: "<b>Broken</b>", lexical: lexicalOf("x") });
    broken.lexical = JSON.stringify({ root: { type: "root", children: [{ type: "image", src: 7 }] } });
    await site.turn();
    expect(site.ghost.asked).toEqual([]);
    expect(await page()).toContain("Begin the import");
    expect((await site.blog.get("/admin", editor)).body).toContain('href="/admin/ghost"');
  });

  it("begins the import once, shows how far it is, what fails and why", async () => {
    expect((await post("/admin/ghost/start")).headers.location).toBe("/admin/ghost?notice=ghost-started");
    expect((await post("/admin/ghost/start")).headers.location).toBe("/admin/ghost?notice=not-there-now");
    await sweep(site.parts);
    const before = await page();
    expect(before).toContain("0 of 2 are here");
    expect(before).toMatch(/<progress[^>]* value="0" max="2"/);
    await site.turn();
    const body = await page();
    expect(body).not.toContain("<progress");
    expect(body).toContain("1 piece in step, 1 waiting, 1 failing");
    expect(body).toContain("&lt;b&gt;Broken&lt;/b&gt;");
    expect(body).toContain("can&#39;t be read");
    expect(body).toContain("2 met");
    expect((await site.blog.get(/href="(\/admin\/posts\/\d+)"/.exec(body)?.[1] ?? "/nowhere", editor)).statusCode).toBe(200);
  });

  it("compares one piece again when asked, and looks through everything", async () => {
    const [, broken] = site.ghost.store.posts;
    if (broken) broken.lexical = lexicalOf("Mended.");
    const link = await site.linkOf(broken?.id ?? "");
    expect((await post(`/admin/ghost/links/${link?.id}/comparison`)).headers.location).toBe("/admin/ghost?notice=ghost-asked");
    await site.turn();
    expect((await site.here(broken?.id ?? "")).status).toBe("published");
    expect((await post("/admin/ghost/sweep")).headers.location).toBe("/admin/ghost?notice=ghost-sweep");
    await site.turn();
    expect((await site.blog.services.ghost.getState()).sweep).toBe(2);
    const log = await site.blog.services.audit.listEntries({ app: "blog", by: site.ada, action: "", words: "ghost" }, 1);
    expect(log.entries.map(({ action }) => action)).toEqual(["sweep ghost", "resync ghost", "start ghost"]);
  });

  it("shows one piece on both sides, field by field and word by word, and says so when Ghost is away", async () => {
    const fine = site.ghost.store.posts[0];
    const link = await site.linkOf(fine?.id ?? "");
    const address = `/admin/ghost/links/${link?.id}`;
    expect((await site.blog.get(address, editor)).body).toContain("Both sides say the same.");
    Object.assign(fine ?? {}, { title: "<i>Spelt</i>", lexical: lexicalOf("r and <more>") });
    const { body } = await site.blog.get(address, editor);
    expect(body).toContain("&lt;i&gt;Spelt&lt;/i&gt;");
    expect(body).toContain("changed in Ghost");
    expect(body).toMatch(/<ins>[^<]*and &lt;more&gt;/);
    site.ghost.disturb("GET", `posts/${fine?.id}/`, { status: 403 });
    expect((await site.blog.get(address, editor)).body).toContain("Ghost answered 403");
    expect((await site.blog.get("/admin/ghost/links/999999", editor)).statusCode).toBe(404);
    expect((await site.blog.get(address)).statusCode).toBe(404);
    Object.assign(fine ?? {}, { title: "Rye", lexical: lexicalOf("r") });
  });

  it("makes everything that differs as it is on one side, when somebody ticks that they mean it", async () => {
    const [one, two] = ["One", "Two"].map((title) =>
      site.ghost.store.add("posts", { ...published, title, lexical: lexicalOf("x"), authors: [{ email: "ada@rose-ash.test" }] }),
    );
    await site.turn();
    const differ = async () => {
      const { db } = site.blog;
      for (const post of [one, two]) {
        const here = await site.here(post?.id ?? "");
        await site.blog.app.transaction((tx) =>
          site.blog.services.writing.savePost(tx, {
            id: here.id,
            expectedVersion: here.version,
            by: site.ada,
            settings: { excerpt: `Ours of ${post?.title}`, audience: "bakers" },
          }),
        );
      }
      await site.turn(); // for a group that Ghost does not know: withheld, and so it differs
      await db.execute(sql`update posts set audience = null, updated_at = updated_at where audience = 'bakers'`);
    };
    await differ();
    const list = (await site.blog.get("/admin/ghost/differences", editor)).body;
    expect(list).toContain("Yes, overwrite 2 pieces here");
    expect(list).toContain("excerpt");
    expect((await post("/admin/ghost/differences/pull")).headers.location).toContain("ghost-unconfirmed");
    expect((await site.blog.post("/admin/ghost/differences/push", { confirmed: "yes" })).statusCode).toBe(404);
    expect((await site.blog.post("/admin/ghost/differences/pull", { confirmed: "yes" }, editor)).headers.location).toContain(
      "notice=ghost-differences",
    );
    await site.turn();
    expect((await site.here(one?.id ?? "")).settings).toMatchObject({ excerpt: "", title: "One" });
    expect(one?.["custom_excerpt"]).toBeNull();
    expect((await site.linkOf(one?.id ?? ""))?.note).toContain("as somebody asked. What stood here is version");
    await differ();
    const link = await site.linkOf(two?.id ?? "");
    expect((await post(`/admin/ghost/links/${link?.id}/push`)).headers.location).toContain("ghost-asked");
    await site.turn();
    expect(two?.["custom_excerpt"]).toBe("Ours of Two");
    expect(one?.["custom_excerpt"]).toBeNull();
    expect((await site.blog.post("/admin/ghost/differences/push", { confirmed: "yes" }, editor)).statusCode).toBe(303);
    await site.turn();
    expect(one?.["custom_excerpt"]).toBe("Ours of One");
    expect((await site.blog.get("/admin/ghost/differences", editor)).body).toContain("No differences");
    expect(site.ghost.store.mailings).toEqual([]);
  });

  it("brings members when somebody who may operate the blog asks, and shows how many", async () => {
    site.ghost.store.addMember("chloe@example.com", { lists: ["weekly"], tags: ["VIP"] });
    expect(await page()).toContain("Whoever may operate the blog can bring them.");
    expect((await post("/admin/ghost/members")).statusCode).toBe(404);
    const operator = await aMember(site.blog.db, { handle: "odile", name: "Odile" });
    await giveRole(site.blog.db, operator, "admin", "site");
    const cookies = await signedIn(site.blog, "blog", operator);
    expect((await post("/admin/ghost/members", { cookies })).headers.location).toBe("/admin/ghost?notice=ghost-members");
    await site.turn();
    const body = await page();
    expect(body).toContain("1 member of Ghost is known here.");
    expect(body).toContain("Weekly digest: 1");
    expect(body).not.toContain("chloe@example.com");
  });

  it("brings Ghost's menus behind ours, once, and never what a menu may not hold", async () => {
    const { store } = site.ghost;
    const primary = [
      ["Home", "/"],
      ["Rye", "/rye/"],
      ["Topics", `${site.ghost.url}/tag/baking_days/`],
      ["Elsewhere", "https://elsewhere.example/x"],
      ["Only there", "/only-there/"],
      ["Sign up", "#/portal/"],
      ["Evil", "javascript:alert(1)"],
      ["", "/nameless/"],
    ];
    store.settings.push({ key: "navigation", value: JSON.stringify(primary.map(([label, url]) => ({ label, url }))) });
    store.settings.push({ key: "secondary_navigation", value: "no list" });
    expect((await post("/admin/ghost/menus")).headers.location).toBe("/admin/ghost?notice=ghost-menu");
    const { items } = await site.blog.services.navigation.getMenu("primary");
    expect(items.map(({ label, target }) => [label, target.kind === "address" ? target.url : target])).toEqual([
      ["Home", "/"],
      ["Rye", "/posts/rye"],
      ["Topics", "/tags/baking-days"],
      ["Elsewhere", "https://elsewhere.example/x"],
      ["Only there", `${site.ghost.url}/only-there/`],
    ]);
    expect((await post("/admin/ghost/menus")).headers.location).toBe("/admin/ghost?notice=ghost-menu-same");
    site.ghost.disturb("GET", "settings/", { status: 403 });
    expect((await post("/admin/ghost/menus")).headers.location).toBe("/admin/ghost?notice=ghost-away");
    expect((await site.blog.post("/admin/ghost/menus", {})).statusCode).toBe(404);
  });

  it("asks nothing for a piece that was deleted for good, or that never was", async () => {
    await site.blog.db.execute(sql`update ghost_links set is_ended = true`);
    const link = await site.linkOf(site.ghost.store.posts[0]?.id ?? "");
    for (const id of [link?.id, 999_999]) {
      expect((await post(`/admin/ghost/links/${id}/comparison`)).headers.location).toBe("/admin/ghost?notice=ghost-ended");
    }
  });

  it("says why Ghost can't be asked", async () => {
    const { round } = await import("../../../services/ghost/round.ts");
    await site.blog.db.execute(sql`update ghost_state set sweep_wanted_at = now(), held_until = null`);
    site.ghost.disturb("GET", "posts/", { status: 401 });
    const failed = await round(site.parts, "00000000-0000-4000-8000-000000000002", new AbortController().signal).catch(
      (error: Error) => error,
    );
    expect(failed).toMatchObject({ message: expect.stringContaining("401") });
  });
});
