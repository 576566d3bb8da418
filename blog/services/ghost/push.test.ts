import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PostSave } from "../../../shared/contracts/writing.ts";
import type { PostId } from "../../../shared/models/ids.ts";
import { aPromisedPng } from "../../../tests/builders/files.ts";
import { lexicalOf } from "../../../tests/fake-ghost/index.ts";
import { type GhostSite, openGhostSite } from "../../../tests/ghost-site.ts";

let site: GhostSite;
beforeAll(async () => {
  site = await openGhostSite();
  await site.publish("Before the start");
  await site.blog.db.execute(sql`update posts set updated_at = now() - interval '1 day'`);
  await site.start();
});
afterAll(() => site.close());

const there = (title: string) => site.ghost.store.posts.filter((post) => post.title === title);
const only = (title: string) => {
  const [post, second] = there(title);
  if (post === undefined || second !== undefined) throw new Error(`${there(title).length} posts are called ${title}`);
  return post;
};
const words = (text: string) => ({ document: JSON.parse(lexicalOf(text)), html: `<p>${text}</p>`, plaintext: text });

async function change(id: PostId, save: Pick<PostSave, "text" | "settings">): Promise<void> {
  const { writing } = site.blog.services;
  const version = (await writing.findPost(id))?.version ?? 0;
  const saved = await site.blog.app.transaction((tx) => writing.savePost(tx, { id, expectedVersion: version, by: site.ada, ...save }));
  expect(saved.kind).toBe("saved");
}

describe("what is written here", { timeout: 60_000 }, () => {
  it("goes to Ghost when it is published: under its author's id, with tags by id, and never as a mailing", async () => {
    const baking = site.ghost.store.addTag("Baking");
    const id = await site.publish("A new loaf");
    await site.blog.app.transaction(async (tx) => {
      const { writing } = site.blog.services;
      const tagIds = await writing.ensureTags(tx, ["Baking", "Brand new"]);
      await writing.savePost(tx, { id, expectedVersion: 1, by: site.ada, settings: { tagIds } });
    });
    await site.turn();
    const post = only("A new loaf");
    expect(post).toMatchObject({ status: "published", slug: "a-new-loaf", visibility: "public", html: "<p>Rye needs a night.</p>" });
    expect(post.authors.map(({ email }) => email)).toEqual(["ada@rose-ash.test"]);
    expect(post.tags.map(({ name }) => name)).toEqual(["Baking", "Brand new"]); // the tag that named it is gone
    expect(post.tags[0]?.id).toBe(baking.id);
    expect(site.ghost.store.tags.filter(({ name }) => name === "Baking")).toHaveLength(1);
    expect(site.ghost.store.mailings).toEqual([]);
  });

  it("leaves what was here before the start alone, until somebody changes it", async () => {
    expect(there("Before the start")).toEqual([]);
  });

  it("goes there once when no answer came, whether Ghost had done it or not", async () => {
    for (const disturbance of ["done-unanswered", "unanswered"] as const) {
      site.ghost.disturb("POST", "posts/", disturbance);
      await site.publish(`Lost ${disturbance}`);
      await site.turn();
      await site.blog.db.execute(sql`update ghost_links set wanted_at = now(), wants = wants + 1 where trouble is not null`);
      await site.sweep();
      await site.turn();
      only(`Lost ${disturbance}`);
      const { rows } = await site.blog.db.execute(sql`select from posts where title = ${`Lost ${disturbance}`}`);
      expect(rows).toHaveLength(1);
    }
  });

  it("is not brought back as something new by the webhook that comes before the answer", async () => {
    const id = await site.publish("Quick webhook");
    site.ghost.disturb("POST", "posts/", "done-unanswered");
    await site.turn();
    const post = only("Quick webhook");
    const { payload, headers } = site.ghost.sign({ event: "post.added", post: { current: { id: post.id }, previous: {} } });
    const host = new URL(site.blog.origin).host;
    const answer = await site.blog.app.inject({ method: "POST", url: "/webhooks/ghost", payload, headers: { ...headers, host } });
    expect(answer.statusCode).toBe(202);
    await site.blog.db.execute(sql`update ghost_links set wanted_at = now() where trouble is not null`);
    await site.turn();
    expect((await site.here(post.id)).id).toBe(id);
    expect((await site.blog.db.execute(sql`select from posts where title = 'Quick webhook'`)).rows).toHaveLength(1);
  });

  it("says that Ghost gave a taken address another ending", async () => {
    site.ghost.store.add("posts", { title: "Unrelated draft", slug: "taken-there" });
    await site.turn();
    const id = await site.publish("Taken there");
    await change(id, { settings: { slug: "taken-here" } });
    site.ghost.store.add("pages", { title: "A page in the way", slug: "taken-here" });
    await site.turn();
    const post = only("Taken there");
    expect(post.slug).toBe("taken-here-2");
    expect((await site.linkOf(post.id))?.note).toContain("taken-here was taken there");
    expect((await site.here(post.id)).settings.slug).toBe("taken-here");
  });

  it("is wrapped where Ghost would end the page at a node that it does not know, and comes back as it was", async () => {
    const strange = { type: "hologram", version: 1, depth: 3 };
    const id = await site.publish("Strange");
    await change(id, { text: { ...words("x"), document: JSON.parse(lexicalOf("Before.", strange, "After.")) } });
    await site.turn();
    const post = only("Strange");
    expect(post.html).toContain("After.");
    const lexical = String(post.lexical).replace("After.", "After all.");
    site.ghost.store.edit("posts", post.id, { updated_at: post.updated_at, lexical });
    await site.turn();
    const here = await site.here(post.id);
    expect(here.text.document?.root.children?.[1]).toEqual(strange);
    expect(here.text.html).toContain("After all.");
  });

  it("stays here when it is for a group that Ghost does not know", async () => {
    const id = await site.publish("For bakers");
    await change(id, { settings: { audience: "bakers" } });
    await site.turn();
    expect(there("For bakers")).toEqual([]);
    const open = await site.publish("Open, then for bakers");
    await site.turn();
    await change(open, { settings: { audience: "bakers" } });
    await site.turn();
    expect(only("Open, then for bakers").status).toBe("draft");
  });

  it("does not make somebody else its author there", async () => {
    const id = await site.publish("By nobody there");
    await site.blog.db.execute(sql`delete from post_authors where post_id = ${id}`);
    await site.blog.db.execute(sql`insert into users (handle, name) values ('bilal', 'Bilal')`);
    await site.blog.db.execute(
      sql`insert into user_emails (email, user_id, is_primary) select 'bilal@rose-ash.test', id, true from users where handle = 'bilal'`,
    );
    await site.blog.db.execute(
      sql`insert into post_authors (post_id, user_id, position) select ${id}, id, 0 from users where handle = 'bilal'`,
    );
    await site.turn();
    const asked = site.ghost.asked.filter(({ method, path }) => method === "POST" && path === "posts/");
    expect(asked.length).toBeGreaterThan(0);
    expect((await site.linkOf(only("By nobody there").id))?.note).toContain("None of its authors writes in Ghost");
    expect((await site.here(only("By nobody there").id)).authors.map(({ slug }) => slug)).toEqual(["bilal"]);
  });
});

describe("what is changed here", { timeout: 60_000 }, () => {
  it("goes there field by field, and its echo changes nothing", async () => {
    const id = await site.publish("Edited");
    await site.turn();
    const post = only("Edited");
    await change(id, { settings: { title: "Edited twice" }, text: words("Longer.") });
    await site.turn();
    expect(post).toMatchObject({ title: "Edited twice", html: "<p>Longer.</p>" });
    const version = (await site.here(post.id)).version;
    const asked = site.ghost.asked.length;
    await site.sweep();
    await site.turn();
    expect((await site.here(post.id)).version).toBe(version);
    expect(site.ghost.asked.slice(asked).filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("is merged with what was changed there meanwhile in another field", async () => {
    const id = await site.publish("Merged");
    await site.turn();
    const post = only("Merged");
    await change(id, { text: words("Ours.") });
    site.ghost.store.edit("posts", post.id, { updated_at: post.updated_at, title: "Theirs" });
    await site.turn();
    expect(post).toMatchObject({ title: "Theirs", html: "<p>Ours.</p>" });
    const here = await site.here(post.id);
    expect(here.settings.title).toBe("Theirs");
    expect(here.text.html).toContain("Ours.");
  });

  it("gives way where both changed the same, and is kept as a revision", async () => {
    const id = await site.publish("Disputed");
    await site.turn();
    const post = only("Disputed");
    await change(id, { text: words("Ours loses.") });
    site.ghost.store.edit("posts", post.id, { updated_at: post.updated_at, lexical: lexicalOf("Theirs stands.") });
    await site.turn();
    expect((await site.here(post.id)).text.html).toContain("Theirs stands.");
    expect(post.html).toBe("<p>Theirs stands.</p>");
    const { rows } = await site.blog.db.execute<{ version: number; html: string }>(
      sql`select version, html from revisions where post_id = ${id}`,
    );
    expect(rows.map(({ html }) => html)).toContain("<p>Ours loses.</p>");
    expect((await site.linkOf(post.id))?.note).toBe(
      "Changed on both sides (text): it is as Ghost has it. What stood here is version 2 of its revisions.",
    );
  });

  it("is compared again when somebody saves there between our look and our write", async () => {
    const id = await site.publish("Collided");
    await site.turn();
    const post = only("Collided");
    await change(id, { settings: { title: "Collided here" } });
    site.ghost.disturb("PUT", `posts/${post.id}/`, { status: 409 });
    await site.turn();
    expect(post.title).toBe("Collided here");
  });

  it("overwrites no save of the second in which it looks: that one would carry the same date, and be lost without a conflict", async () => {
    const id = await site.publish("Same second");
    await site.turn();
    const post = only("Same second");
    await change(id, { settings: { excerpt: "Ours" } });
    const { store } = site.ghost;
    store.edit("posts", post.id, { updated_at: post.updated_at, title: "Theirs 1" });
    await site.blog.db.execute(sql`update ghost_state set held_until = null`);
    const { round } = await import("./round.ts");
    await round(site.parts, "00000000-0000-4000-8000-000000000003", new AbortController().signal);
    expect(post["custom_excerpt"]).toBeNull(); // it waits
    store.edit("posts", post.id, { updated_at: post.updated_at, title: "Theirs 2" });
    await site.blog.db.execute(sql`update ghost_state set held_until = null`);
    await site.turn();
    expect(post).toMatchObject({ title: "Theirs 2", custom_excerpt: "Ours" });
    expect((await site.here(post.id)).settings).toMatchObject({ title: "Theirs 2", excerpt: "Ours" });
  });

  it("is done once when its answer was lost", async () => {
    const id = await site.publish("Put lost");
    await site.turn();
    const post = only("Put lost");
    await change(id, { settings: { title: "Put found" } });
    site.ghost.disturb("PUT", `posts/${post.id}/`, "done-unanswered");
    await site.turn();
    expect(post.title).toBe("Put found");
    expect(await site.linkOf(post.id)).toMatchObject({ trouble: null, note: "" });
    expect((await site.here(post.id)).version).toBe(2);
  });

  it("is hidden there when it goes into the bin here, deleted never, and shown again", async () => {
    const id = await site.publish("Binned");
    await site.turn();
    const post = only("Binned");
    const { writing } = site.blog.services;
    await site.blog.app.transaction((tx) => writing.moveToBin(tx, { kind: "post", id }, site.ada));
    await site.blog.db.execute(sql`update posts set updated_at = now() where id = ${id}`);
    await site.turn();
    expect(post.status).toBe("draft");
    await site.blog.app.transaction(async (tx) => {
      await writing.restoreFromBin(tx, { kind: "post", id });
      await writing.publish(tx, { kind: "post", id }, { by: site.ada, at: null });
    });
    await site.turn();
    expect(post.status).toBe("published");
  });

  it("waits while the site is paused", async () => {
    const id = await site.publish("Paused");
    await site.blog.db.execute(sql`update outgoing_state set paused_at = now(), reason = 'a restore'`);
    const { round } = await import("./round.ts");
    expect(await round(site.parts, "00000000-0000-4000-8000-000000000001", new AbortController().signal)).toBe(false);
    await site.blog.db.execute(sql`update outgoing_state set paused_at = null, reason = null`);
    expect(there("Paused")).toEqual([]);
    await site.turn();
    expect((await site.here(only("Paused").id)).id).toBe(id);
  });
});

describe("what search engines and links elsewhere are told", { timeout: 60_000 }, () => {
  it("comes from Ghost and goes there, pictures too; injected code does neither", async () => {
    const { store, files } = site.ghost;
    files.set("/content/images/2026/11/shared.png", aPromisedPng(40, 30));
    const shared = { og_title: "Shared", og_description: "Words", og_image: "__GHOST_URL__/content/images/2026/11/shared.png" };
    const fields = {
      meta_title: "Found",
      meta_description: "By <engines>",
      ...shared,
      twitter_title: "On X",
      codeinjection_head: "<script>alert(1)</script>",
    };
    const post = store.add("posts", {
      title: "Told elsewhere",
      slug: "told-elsewhere",
      status: "published",
      published_at: "2026-01-02T03:04:05.000Z",
      lexical: lexicalOf("x"),
      ...fields,
    });
    await site.turn();
    const here = await site.here(post.id);
    expect(here.settings).toMatchObject({
      metaTitle: "Found",
      metaDescription: "By <engines>",
      ogTitle: "Shared",
      twitterTitle: "On X",
      ogPictureId: expect.any(Number),
      twitterPictureId: null,
    });
    expect((await site.linkOf(post.id))?.note).toContain("Its injected code does not come along.");
    const { body } = await site.blog.get("/posts/told-elsewhere");
    expect(body).toContain('<meta name="description" content="By &lt;engines&gt;">');
    expect(body).toContain('<meta property="og:title" content="Shared">');
    expect(body).toMatch(/<meta property="og:image" content="http:\/\/blog\.[^"]+\/media\//);
    expect(body).toContain("<title>Found");
    expect(body).not.toContain("alert(1)");
    await change(here.id, { settings: { ogTitle: "Shared anew", metaDescription: "", twitterPictureId: here.settings.ogPictureId } });
    await site.turn();
    expect(post).toMatchObject({
      og_title: "Shared anew",
      meta_description: null,
      twitter_image: shared.og_image,
      twitter_title: "On X",
      codeinjection_head: fields.codeinjection_head,
    });
    const asked = site.ghost.asked.length;
    await site.sweep();
    expect(site.ghost.asked.slice(asked).filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("that a release before this one did not compare comes from Ghost once, and is no conflict", async () => {
    const id = await site.publish("Compared before");
    await site.turn();
    const post = only("Compared before");
    post["meta_title"] = "Since long ago";
    await site.blog.db.execute(
      sql`update ghost_links set agreed = agreed #- '{theirs,metaTitle}' #- '{ours,metaTitle}', wanted_at = now(), wants = wants + 1 where post_id = ${id}`,
    );
    await site.turn();
    expect((await site.here(post.id)).settings.metaTitle).toBe("Since long ago");
    expect((await site.linkOf(post.id))?.note).toBe("");
  });
});

describe("a Ghost that is not well", { timeout: 60_000 }, () => {
  it("is asked again after 429 and 503, as soon as it says", async () => {
    const id = await site.publish("Patient");
    await site.turn();
    const post = only("Patient");
    await change(id, { settings: { title: "Patience" } });
    site.ghost.disturb("PUT", `posts/${post.id}/`, { status: 429, headers: { "retry-after": "1" } }, { status: 503 });
    await site.turn();
    expect(post.title).toBe("Patience");
  });
});
