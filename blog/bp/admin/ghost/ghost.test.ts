import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";
import { lexicalOf } from "../../../../tests/fake-ghost/index.ts";
import { type GhostSite, openGhostSite } from "../../../../tests/ghost-site.ts";

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
    await site.turn();
    const body = await page();
    expect(body).toContain("1 of 2 are here");
    expect(body).toMatch(/<progress[^>]* value="1" max="2"/);
    expect(body).toContain("&lt;b&gt;Broken&lt;/b&gt;");
    expect(body).toContain("can&#39;t be read");
    expect(body).toContain("2 met");
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
