import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emitActivity } from "../../shared/infrastructure/activities/index.ts";
import { openTestApp } from "../../tests/app.ts";
import { handleAll } from "../../tests/builders/handle-all.ts";
import { signedIn } from "../../tests/builders/signed-in.ts";
import { aFollow, aReader, aStatus } from "../../tests/builders/statuses.ts";
import { follow, unfollow } from "../following/follow.ts";

/** What stands at home of members besides the posts of people whom they asked to follow. */
const site = await openTestApp("federation", { seeded: true });
afterAll(() => site.close());
const { app, services } = site;
const { publicUrl, fediverse } = app;
const reader = await aReader(site, "zoe");
const own = fediverse.actors.ofMember("zoe");
const cookies = await signedIn(site, "federation", reader.userId);
const home = async () => (await services.statuses.listHome(reader, null)).lines.map(({ status }) => status);

describe("whom a rule has a member follow", { timeout: 60_000 }, () => {
  const group = publicUrl("federation", "/ap/members/group");
  const writer = publicUrl("federation", "/ap/members/writer");
  const assert = (relation: string, ...values: string[]) =>
    site.db.execute(
      sql`insert into relation_facts (relation, arguments, asserted_by) values (${`federation.${relation}`}, ${JSON.stringify(values)}::jsonb, 'user:1')`,
    );

  beforeAll(async () => {
    await aReader(site, "group");
    const author = await aReader(site, "writer");
    await aStatus(site, author, { text: "For everybody" });
    await aStatus(site, author, { text: "For followers", visibility: "followers" });
    await aFollow(site, own.uri, group);
    await assert("announces", group, writer);
  });

  it("stands at home once the member wants whom the group announces, what is for followers included; in words that say why", async () => {
    expect(await home()).toEqual([]);
    await assert("auto_follow", own.uri, group);
    expect((await home()).map(({ html }) => html)).toEqual(["<p>For followers</p>", "<p>For everybody</p>"]);
    expect((await site.get("/@writer", { cookies })).body).toContain("You follow them by a rule");
  });

  it("stays after the member takes back what they never asked for, and goes with an exception, or when the group is left", async () => {
    expect(await unfollow(app, { ...own, userId: reader.userId }, writer)).toMatchObject({ kind: "still" });
    expect(await home()).toHaveLength(2);
    await site.post("/following/exceptions", { uri: writer }, { cookies });
    expect(await home()).toEqual([]);
    await site.post("/following/exceptions/end", { uri: writer }, { cookies });
    expect(await home()).toHaveLength(2);
    await unfollow(app, { ...own, userId: reader.userId }, group);
    expect(await home()).toEqual([]);
  });

  it("can be answered, liked and looked at, as whoever follows can", async () => {
    await aFollow(site, own.uri, group);
    const [first] = await home();
    await app.transaction((tx) => services.statuses.react(tx, reader, first?.id ?? expect.fail(), "Like"));
    expect(await services.statuses.getStatus(first?.id ?? expect.fail(), reader)).toMatchObject({ mine: { liked: true } });
    await unfollow(app, { ...own, userId: reader.userId }, group);
  });
});

describe("what services publish", { timeout: 120_000 }, () => {
  const tell = async (
    originApp: "blog" | "market" | "events",
    type: "Create" | "Update" | "Delete",
    object: { type: string; id: string },
    details: object,
  ) => {
    await app.transaction((tx) =>
      emitActivity(tx, { originApp, actorId: null, type, object, details: { ...details }, visibility: "public" }),
    );
    await handleAll(site);
  };

  beforeAll(async () => {
    await handleAll(site); // what the seed says
    await site.db.execute(sql`delete from ap_documents where author_id is null`);
  }, 120_000);

  it("stands at home of who follows the service: articles, products and entries, in short and with the way to the whole", async () => {
    const { posts } = await services.blog.listPosts(1);
    const card = posts.find(({ audience, picture }) => audience === null && picture !== null) ?? expect.fail();
    const { id } = await services.blog.getPost(card.slug, { kind: "guest", deviceId: null });
    const [entry] = await services.events.listNextEntries(1);
    const entryId = (await services.events.getEntry(entry?.slug ?? "", null)).id;
    await tell("blog", "Create", { type: "Post", id: String(id) }, { path: `/posts/${card.slug}` });
    await tell("events", "Create", { type: "CalendarEntry", id: String(entryId) }, { path: `/entries/${entry?.slug}` });
    await tell("market", "Create", { type: "Product", id: "7" }, { name: "Rye <b>", path: "/products/rye-7", text: "Dark." });
    expect(await home()).toEqual([]);
    for (const name of [`@blog@${new URL(publicUrl("blog", "")).host}`, publicUrl("events", "/ap/actor"), publicUrl("market", "/ap/actor")])
      expect(await follow(app, own, name)).toMatchObject({ kind: "followed", isNew: true });
    const shown = await home();
    expect(new Set(shown.map(({ author }) => author.name))).toEqual(new Set(["The journal", "The calendar", "The shop"]));
    const article = shown.find(({ type }) => type === "Article") ?? expect.fail();
    expect(article).toMatchObject({
      name: card.title,
      url: card.url,
      author: { isOurs: true, path: `/@blog@${new URL(publicUrl("blog", "")).host}` },
    });
    expect(article.pictures).toHaveLength(1);
    expect(article.html.length).toBeLessThan(800);
    expect(shown.find(({ type }) => type === "Event")).toMatchObject({
      name: entry?.title,
      url: publicUrl("events", `/entries/${entry?.slug}`),
    });
    expect(shown.find(({ type }) => type === "Note")?.html).toContain("Rye &lt;b&gt;");
    const page = await site.get("/", { cookies });
    expect(page.body).toContain(`href="${card.url}"`);
  });

  it("is answered as a comment there, and found by its address and its tags by everybody", async () => {
    const article = (await home()).find(({ type }) => type === "Article") ?? expect.fail();
    const answer = await aStatus(site, reader, { text: "How good", answers: article.id });
    const { rows } = await site.db.execute<{ about: string; thread: string | null }>(
      sql`select about, comment_thread_id as thread from ap_documents where id = ${answer}`,
    );
    expect(rows).toMatchObject([{ about: article.uri, thread: expect.anything() }]);
    expect((await site.get(`/posts/${article.id}`)).statusCode).toBe(200);
    const concern = await services.fediverse.concernOf({ actor: "https://theirs.example/u/1", inReplyTo: article.uri, mentions: [] });
    expect(concern).toEqual({ about: article.uri });
  });

  it("changes with it, and goes when it is withdrawn", async () => {
    const article = (await home()).find(({ type }) => type === "Article") ?? expect.fail();
    const { rows } = await site.db.execute<{ object_id: string }>(
      sql`select object_id from ap_outgoing where object = ${article.uri} limit 1`,
    );
    const object = { type: "Post", id: rows[0]?.object_id ?? "" };
    await tell("blog", "Delete", object, {});
    expect((await home()).some(({ type }) => type === "Article")).toBe(false);
    expect((await site.get(`/posts/${article.id}`)).statusCode).toBe(404);
  });

  it("has a profile with a button to follow and to leave; nobody is blocked or reported there", async () => {
    const name = `@blog@${new URL(publicUrl("blog", "")).host}`;
    const { body, statusCode } = await site.get(`/${name}`, { cookies });
    expect(statusCode).toBe(200);
    expect(body).toContain("The journal");
    expect(body).toContain("Unfollow");
    expect(body).not.toContain("/hidden/blocks");
    expect(body).not.toContain("/report?");
    expect(await unfollow(app, { ...own, userId: reader.userId }, publicUrl("blog", "/ap/actor"))).toEqual({ kind: "ended" });
    expect((await site.get(`/${name}`)).statusCode).toBe(200);
    expect((await site.get("/@instance@federation.rose-ash.localhost:8000", { cookies })).statusCode).toBe(404);
  });
});
