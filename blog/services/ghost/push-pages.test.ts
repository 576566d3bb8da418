import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PageId } from "../../../shared/models/ids.ts";
import { lexicalOf } from "../../../tests/fake-ghost/index.ts";
import { type GhostSite, openGhostSite } from "../../../tests/ghost-site.ts";

let site: GhostSite;
beforeAll(async () => {
  site = await openGhostSite();
  await site.start();
});
afterAll(() => site.close());

const text = { document: JSON.parse(lexicalOf("It is old.")), html: "<p>It is old.</p>", plaintext: "It is old." };

describe("pages", { timeout: 60_000 }, () => {
  const pagesThere = (title: string) => site.ghost.store.pages.filter((page) => page.title === title);
  const makePage = async (title: string, slug: string, parentId: PageId | null = null) =>
    site.blog.app.transaction(async (tx) => {
      const { writing } = site.blog.services;
      const made = await writing.createPage(tx, {
        by: site.ada,
        place: { parentId, slug },
        text,
        settings: { title },
      });
      if (made.kind !== "created") throw new Error(made.kind);
      await writing.publish(tx, { kind: "page", id: made.id }, { by: site.ada, at: null });
      return made.id;
    });

  it("go there too: one that lies below another has its whole path there, and what posts alone have is not sent", async () => {
    const about = await makePage("About us", "about-us");
    await makePage("The oven", "oven", about);
    await site.turn();
    const [page, second] = pagesThere("The oven");
    expect(second).toBeUndefined();
    expect(page).toMatchObject({ slug: "about-us-oven", status: "published", html: "<p>It is old.</p>", tags: [] });
    expect(pagesThere("About us")[0]?.slug).toBe("about-us");
    expect(site.ghost.store.mailings).toEqual([]);
    const asked = site.ghost.asked.length;
    await site.sweep();
    await site.turn();
    expect(site.ghost.asked.slice(asked).filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("are changed on one side as on the other, and go once when no answer came", async () => {
    site.ghost.disturb("POST", "pages/", "done-unanswered");
    const id = await makePage("Lost page", "lost-page");
    await site.turn();
    await site.blog.db.execute(sql`update ghost_links set wanted_at = now(), wants = wants + 1 where trouble is not null`);
    await site.turn();
    const [page, second] = pagesThere("Lost page");
    expect(second).toBeUndefined();
    const { writing } = site.blog.services;
    await site.blog.app.transaction((tx) =>
      writing.savePage(tx, { id, expectedVersion: 1, by: site.ada, settings: { title: "Found page" } }),
    );
    site.ghost.store.edit("pages", page?.id ?? "", { updated_at: page?.updated_at, custom_excerpt: "Theirs" });
    await site.turn();
    expect(page).toMatchObject({ title: "Found page", custom_excerpt: "Theirs" });
    expect((await writing.findPage(id))?.settings).toMatchObject({ title: "Found page", summary: "Theirs" });
  });

  it("move there as they move here; renamed there they move here as long as they lie below the root", async () => {
    const { writing } = site.blog.services;
    const parent = await makePage("Parent", "parent");
    const child = await makePage("Child", "child", parent);
    await site.turn();
    const [theirParent] = pagesThere("Parent");
    const [theirChild] = pagesThere("Child");
    site.ghost.store.edit("pages", theirParent?.id ?? "", { updated_at: theirParent?.updated_at, slug: "renamed" });
    site.ghost.store.edit("pages", theirChild?.id ?? "", { updated_at: theirChild?.updated_at, slug: "elsewhere" });
    await site.turn();
    expect((await writing.findPage(parent))?.address).toBe("/renamed");
    expect((await writing.findPage(child))?.address).toBe("/renamed/child");
    await site.blog.app.transaction((tx) => writing.movePage(tx, child, { parentId: null, slug: "grown", by: site.ada }));
    await site.turn();
    expect(theirChild?.slug).toBe("grown");
    expect((await writing.findPage(child))?.address).toBe("/grown");
  });

  it("are drafts there while they lie in the bin here", async () => {
    const id = await makePage("Binned page", "binned-page");
    await site.turn();
    await site.blog.app.transaction((tx) => site.blog.services.writing.moveToBin(tx, { kind: "page", id }, site.ada));
    await site.blog.db.execute(sql`update pages set updated_at = now() where id = ${id}`);
    await site.turn();
    expect(pagesThere("Binned page")[0]?.status).toBe("draft");
  });
});
