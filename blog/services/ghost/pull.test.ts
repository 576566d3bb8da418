import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aPromisedPng, FILES } from "../../../tests/builders/files.ts";
import { lexicalOf } from "../../../tests/fake-ghost/index.ts";
import { type GhostSite, openGhostSite } from "../../../tests/ghost-site.ts";

let site: GhostSite;
beforeAll(async () => {
  site = await openGhostSite();
});
afterAll(() => site.close());

const published = { status: "published", published_at: "2026-01-02T03:04:05.000Z" };

describe("the first import", { timeout: 60_000 }, () => {
  it("brings more than a hundred posts, page after page, with text, tags, authors, date and audience", async () => {
    const { ghost } = site;
    for (let number = 1; number <= 105; number++) {
      ghost.store.add("posts", { ...published, title: `Loaf ${number}`, lexical: lexicalOf(`Loaf ${number} rose.`) });
    }
    const rye = ghost.store.add("posts", {
      ...published,
      ...{
        title: "Rye",
        slug: "rye",
        lexical: lexicalOf("Rye needs a night."),
        visibility: "members",
        custom_excerpt: "Slow",
        featured: true,
      },
      ...{ tags: [ghost.store.addTag("Baking"), ghost.store.addTag("#secret")], authors: [{ email: "ada@rose-ash.test" }] },
      canonical_url: "https://elsewhere.example/rye",
    });
    await site.start();
    const post = await site.here(rye.id);
    expect(post).toMatchObject({ status: "published", publishedAt: new Date("2026-01-02T03:04:05Z"), savedBy: null });
    expect(post.settings).toMatchObject({
      slug: "rye",
      title: "Rye",
      excerpt: "Slow",
      isFeatured: true,
      audience: "coop",
      authorIds: [site.ada],
    });
    expect(post.settings.canonicalUrl).toBe("https://elsewhere.example/rye");
    expect(post.tags.map(({ name }) => name)).toEqual(["Baking", "#secret"]);
    expect(post.text.html).toContain("<p>Rye needs a night.</p>");
    const { rows } = await site.blog.db.execute<{ n: string }>(sql`select count(*) as n from posts where status = 'published'`);
    expect(Number(rows[0]?.n)).toBe(106);
  });

  it("does nothing the second time", async () => {
    const { rows: before } = await site.blog.db.execute(sql`select id, version, updated_at from posts order by id`);
    const asked = site.ghost.asked.length;
    await site.sweep();
    const { rows: after } = await site.blog.db.execute(sql`select id, version, updated_at from posts order by id`);
    expect(after).toEqual(before);
    expect(site.ghost.asked.slice(asked).filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("names an author that nobody here is by note, and makes no account", async () => {
    const people = await site.blog.db.$count(sql`users`);
    const post = site.ghost.store.add("posts", { ...published, title: "Guest", lexical: lexicalOf("Hello.") });
    await site.turn();
    expect((await site.here(post.id)).authors).toEqual([]);
    expect((await site.linkOf(post.id))?.note).toBe("By Olive Owner in Ghost, who is no member here.");
    expect(await site.blog.db.$count(sql`users`)).toBe(people);
  });

  it("brings pages as pages, drafts as drafts, what is scheduled as scheduled, what was mailed only as a draft", async () => {
    const { store } = site.ghost;
    const about = store.add("pages", { ...published, title: "About the oven", slug: "about_the-oven", lexical: lexicalOf("It is old.") });
    const draft = store.add("posts", { title: "Idea", lexical: lexicalOf("Barley?") });
    const soon = store.add("posts", {
      status: "scheduled",
      published_at: "2031-05-06T07:08:09.000Z",
      title: "Soon",
      lexical: lexicalOf("Wait."),
    });
    const mailed = store.add("posts", { status: "sent", title: "Letter", lexical: lexicalOf("Dear all.") });
    await site.turn();
    const page = await site.blog.services.writing.findPage(Number((await site.linkOf(about.id))?.page_id) as never);
    expect(page).toMatchObject({ status: "published", address: "/about-the-oven" });
    expect((await site.here(draft.id)).status).toBe("draft");
    expect(await site.here(soon.id)).toMatchObject({ status: "scheduled", publishedAt: new Date("2031-05-06T07:08:09Z") });
    expect((await site.here(mailed.id)).status).toBe("draft");
  });

  it("keeps a node that neither side knows, shows the rest, and gives a taken address another ending", async () => {
    await site.publish("Kneading");
    const strange = { type: "hologram", version: 1, depth: 3 };
    const post = site.ghost.store.add("posts", { ...published, title: "Kneading", lexical: lexicalOf("Before.", strange, "After.") });
    await site.turn();
    const here = await site.here(post.id);
    expect(here.text.document?.root.children?.[1]).toEqual(strange);
    expect(here.text.html).toContain("After.");
    expect(here.settings.slug).toBe("kneading-2");
  });

  it("fetches pictures and files of Ghost's into the library once, and says which could not be had", async () => {
    const { store, files } = site.ghost;
    files.set("/content/images/2026/11/oven.png", aPromisedPng(40, 30));
    files.set("/content/files/2026/11/menu.pdf", FILES.pdf);
    files.set("/content/images/2026/11/evil.svg", FILES.svg);
    const src = "__GHOST_URL__/content/images/2026/11/oven.png";
    const html = `<a href="__GHOST_URL__/content/files/2026/11/menu.pdf">menu</a><img src="__GHOST_URL__/content/images/2026/11/evil.svg">`;
    const lexical = lexicalOf("Look:", { type: "image", version: 1, src, alt: "An oven" }, { type: "html", version: 1, html });
    const fields = { ...published, feature_image: src, feature_image_alt: "The oven", feature_image_caption: "By <b>Ada</b> &amp; us" };
    const post = store.add("posts", { ...fields, title: "With pictures", lexical });
    await site.turn();
    const here = await site.here(post.id);
    expect(here.settings).toMatchObject({ pictureId: expect.any(Number), pictureAlt: "The oven", pictureCaption: "By Ada & us" });
    expect(here.text.html).toMatch(/<img[^>]* src="\/media\/[^"]+"/);
    expect(here.text.html).toMatch(/href="\/media\/[^"]+\.pdf"/);
    expect((await site.linkOf(post.id))?.note).toContain("evil.svg is not in the library: it is nothing that the library takes.");
    const again = store.add("posts", { ...fields, title: "The same picture", lexical });
    await site.turn();
    expect((await site.here(again.id)).settings.pictureId).toBe(here.settings.pictureId);
    const asked = site.ghost.asked.length;
    await site.sweep(); // its addresses in Ghost are known: nothing differs
    expect(site.ghost.asked.slice(asked).filter(({ method }) => method !== "GET")).toEqual([]);
    expect((await site.here(post.id)).version).toBe(1);
  });

  it("shows what is for paying members to nobody", async () => {
    const post = site.ghost.store.add("posts", { ...published, title: "For payers", visibility: "paid", lexical: lexicalOf("Gold.") });
    await site.turn();
    expect((await site.here(post.id)).settings.audience).toBe("ghost-paid");
    expect((await site.blog.get("/posts/for-payers")).body).not.toContain("Gold.");
  });

  it("takes a post that an old editor wrote by its HTML", async () => {
    const post = site.ghost.store.add("posts", {
      ...published,
      title: "Old",
      html: "<p>From before.</p><table><tr><td>1</td></tr></table>",
    });
    await site.turn();
    const { text } = await site.here(post.id);
    expect(text.html).toContain("From before.");
    expect(text.html).toContain("<table>");
  });

  it("says why a text can't be taken, goes on with the others, and takes it when it is mended", async () => {
    const broken = site.ghost.store.add("posts", { ...published, title: "Broken", lexical: lexicalOf("x") });
    broken.lexical = JSON.stringify({ root: { type: "root", children: [{ type: "image", src: 7 }] } });
    const fine = site.ghost.store.add("posts", { ...published, title: "Fine", lexical: lexicalOf("y") });
    await site.turn();
    expect((await site.linkOf(broken.id))?.trouble).toContain("can't be read");
    expect((await site.here(fine.id)).status).toBe("published");
    broken.lexical = lexicalOf("Mended.");
    broken.updated_at = site.ghost.store.stamp();
    await site.turn();
    expect((await site.here(broken.id)).text.html).toContain("Mended.");
  });
});

describe("what is changed in Ghost", { timeout: 60_000 }, () => {
  it("comes here by its date, also a date of the same second as the last one", async () => {
    const { store } = site.ghost;
    const post = store.add("posts", { ...published, title: "First", slug: "dated", lexical: lexicalOf("One.") });
    await site.turn();
    store.edit("posts", post.id, { updated_at: post.updated_at, title: "Second", lexical: lexicalOf("Two.") });
    await site.turn();
    expect(await site.here(post.id)).toMatchObject({ version: 2, settings: { title: "Second" } });
    expect((await site.here(post.id)).text.html).toContain("Two.");
  });

  it("is found by the sweep when a bulk action gives it no date: unpublished, featured, tagged, for members", async () => {
    const { store } = site.ghost;
    const [one, two] = [0, 1].map((number) => store.add("posts", { ...published, title: `Bulk ${number}`, lexical: lexicalOf("b") }));
    store.advance(60_000);
    store.add("posts", { ...published, title: "Newer", lexical: lexicalOf("n") });
    await site.turn();
    const ids = [one?.id ?? "", two?.id ?? ""];
    store.bulk(ids.slice(0, 1), { status: "draft" });
    store.bulk(ids.slice(1), { featured: true, visibility: "members", tags: [store.addTag("Bulky")] });
    await site.turn();
    expect((await site.here(ids[0] ?? "")).status).toBe("published"); // a date alone does not tell
    await site.sweep();
    expect((await site.here(ids[0] ?? "")).status).toBe("draft");
    const second = await site.here(ids[1] ?? "");
    expect(second.settings).toMatchObject({ isFeatured: true, audience: "coop" });
    expect(second.tags.map(({ name }) => name)).toEqual(["Bulky"]);
  });

  it("is found by the sweep when its tag was deleted, or its writer gave it a date of the past", async () => {
    const { store } = site.ghost;
    const tag = store.addTag("Doomed");
    const post = store.add("posts", { ...published, title: "Tagged", tags: [tag], lexical: lexicalOf("t") });
    await site.turn();
    store.removeTag(tag.id);
    const backdated = store.add("posts", {
      ...published,
      title: "Backdated",
      updated_at: "2020-01-02T00:00:00.000Z",
      lexical: lexicalOf("b"),
    });
    await site.turn();
    expect(await site.linkOf(backdated.id)).toBeUndefined();
    await site.sweep();
    expect((await site.here(post.id)).tags).toEqual([]);
    expect((await site.here(backdated.id)).status).toBe("published");
  });

  it("waits until Ghost's clock has left the second: another save in it would carry the same date", async () => {
    const { store, asked } = site.ghost;
    const post = store.add("posts", { ...published, title: "Quick", lexical: lexicalOf("1") });
    await site.turn();
    const { round } = await import("./round.ts");
    store.edit("posts", post.id, { updated_at: post.updated_at, title: "Quick 1" });
    await site.blog.db.execute(sql`update ghost_links set wanted_at = now(), wants = wants + 1 where ghost_id = ${post.id}`);
    const before = asked.length;
    await site.blog.db.execute(sql`update ghost_state set held_until = null`);
    await round(site.parts, "00000000-0000-4000-8000-000000000000", new AbortController().signal);
    expect(asked.slice(before).map(({ path }) => path)).toContain(`posts/${post.id}/`);
    expect((await site.here(post.id)).settings.title).toBe("Quick");
    store.edit("posts", post.id, { updated_at: post.updated_at, title: "Quick 2" });
    await site.blog.db.execute(sql`update ghost_state set held_until = null`);
    await site.turn();
    expect((await site.here(post.id)).settings.title).toBe("Quick 2");
  });
});

describe("what is deleted in Ghost", { timeout: 60_000 }, () => {
  it("goes into the bin here, once Ghost says that it is gone", async () => {
    const post = site.ghost.store.add("posts", { ...published, title: "Short-lived", lexical: lexicalOf("s") });
    await site.turn();
    const here = await site.here(post.id);
    site.ghost.store.remove("posts", post.id);
    await site.turn();
    expect((await site.here(post.id)).deletedAt).toBeNull(); // no list tells what is missing
    await site.sweep();
    expect(await site.blog.services.writing.findPost(here.id)).toMatchObject({ status: "draft", deletedAt: expect.any(Date) });
    expect(await site.linkOf(post.id)).toMatchObject({ is_ended: true, note: "It was deleted in Ghost, and lies in the bin here." });
  });

  it("stays here while Ghost is away, or only hides it from a list", async () => {
    const post = site.ghost.store.add("posts", { ...published, title: "Hidden", lexical: lexicalOf("h") });
    await site.turn();
    const [hidden] = site.ghost.store.posts.splice(site.ghost.store.posts.indexOf(post), 1);
    site.ghost.disturb("GET", `posts/${post.id}/`, { status: 500 }, { status: 500 }, { status: 500 }, { status: 500 });
    await site.sweep();
    expect((await site.here(post.id)).deletedAt).toBeNull();
    if (hidden) site.ghost.store.posts.push(hidden);
    await site.blog.db.execute(sql`update ghost_links set wanted_at = now() where ghost_id = ${post.id}`);
    await site.turn();
    expect(await site.here(post.id)).toMatchObject({ status: "published", deletedAt: null });
  });
});
