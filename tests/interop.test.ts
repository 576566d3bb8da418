import {
  Accept,
  Announce,
  Block,
  Create,
  Delete,
  Flag,
  Follow,
  Join,
  Leave,
  Like,
  Move,
  Note,
  Tombstone,
  Undo,
  Update,
} from "@fedify/fedify/vocab";
import { emitActivity } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import { afterAll, describe, expect, it } from "vitest";
import { follow, unfollow } from "../federation/following/follow.ts";
import { acceptFollower, block, removeFollower, unblock } from "../federation/people/decide.ts";
import { moveAway } from "../federation/people/move-away.ts";
import { until } from "./builders/outbox.ts";
import { openFedifyPeer } from "./fedify-peer.ts";
import { openTestSite, type TestSite } from "./site.ts";

/** Two co-operatives of ours and a server of Fedify, on loopback; what counts is what each of them stored. */
const env = { FEDIVERSE_LOOPBACK: "on" };
const dales = await openTestSite(["blog", "events", "federation"], { env, isServing: true });
const moors = await openTestSite(["federation"], { env, isServing: true, beside: "_moors" });
const fedify = await openFedifyPeer();
afterAll(async () => {
  fedify.close();
  await dales.close();
  await moors.close();
});

const PUBLIC = new URL("https://www.w3.org/ns/activitystreams#Public");
const blog = dales.url("blog", "/ap/actor");
const blogInbox = dales.url("blog", "/ap/inbox");
const hub = federationOf(moors);
const author = (await moors.services.blog.listPosts(1)).posts[0]?.authors[0]?.handle ?? expect.fail();
const member = hub.fediverse.actors.ofMember(author);
const { userId } = (await moors.services.identity.findPublicPerson(author)) ?? expect.fail();
const post = (await dales.services.blog.listPosts(1)).posts.find(({ audience }) => audience === null) ?? expect.fail();
const postId = (await dales.services.blog.getPost(post.slug, { kind: "guest", deviceId: null })).id;
const ada = `${fedify.origin}/users/ada`;

function federationOf(site: TestSite): FastifyInstance {
  return site.replicas("federation")[0] ?? expect.fail();
}

/** Says it as a member of the moors, to an actor of the dales. */
async function say(
  type: string,
  object: unknown,
  { to = blog, uri = moors.url("federation", `/ap/activities/${type}-${Date.now()}`) } = {},
) {
  const document = { "@context": "https://www.w3.org/ns/activitystreams", id: uri, type, actor: member.uri, to: [to], object };
  await moors.db.transaction((tx) =>
    moors.services.fediverse.say(tx, {
      ...{ uri, app: "federation", actor: member.uri, type, object: uri, document, visibility: "direct", isListed: false },
      ...{ isForFollowers: false, to: [to], activityId: null, source: null },
    }),
  );
  return uri;
}

/** What the dales publish: as the command that does it would. */
const publish = (
  type: "Create" | "Update" | "Delete",
  object: { type: string; id: string | number },
  path: string,
  originApp: "blog" | "events" = "blog",
) => dales.db.transaction((tx) => emitActivity(tx, { originApp, actorId: null, type, object, details: { path }, visibility: "public" }));

const fromFedify = (activity: Parameters<typeof fedify.send>[2]) => fedify.send("ada", { id: blog, inbox: blogInbox }, activity);
const heard = (type: string) => fedify.received.filter(({ json }) => json["type"] === type).map(({ json }) => json);
const rowsOf = async (site: TestSite, query: ReturnType<typeof sql>) => (await site.db.execute(query)).rows;
const outcomes = (site: TestSite, type: string) => rowsOf(site, sql`select outcome from ap_inbox where type = ${type} order by id`);
const fediId = (path: string) => new URL(`${fedify.origin}${path}`);

describe("Follow and Accept", () => {
  it("from Fedify: it follows, and has our Accept", async () => {
    await fromFedify(new Follow({ id: fediId("/follows/1"), actor: new URL(ada), object: new URL(blog) }));
    await until(() => heard("Accept").length === 1);
    expect(await dales.services.fediverse.findFollow(ada, blog)).toMatchObject({
      state: "accepted",
      activity: `${fedify.origin}/follows/1`,
    });
    expect(fedify.received[0]?.activity).toBeInstanceOf(Accept);
    expect(fedify.received[0]?.by).toBe(blog);
  });

  it("between two of ours, by name: both know of it", async () => {
    expect(await follow(hub, member, `@blog@${new URL(blog).host}`)).toEqual({ kind: "asked", uri: blog });
    await until(async () => (await moors.services.fediverse.findFollow(member.uri, blog))?.state === "accepted");
    expect(await dales.services.fediverse.findFollow(member.uri, blog)).toMatchObject({ state: "accepted" });
    expect(await moors.services.fediverse.countMembers(member.uri, "following")).toBe(1);
    expect(await follow(hub, member, blog)).toEqual({ kind: "followed", uri: blog, isNew: false });
    expect(await follow(hub, member, `@nobody@${new URL(blog).host}`)).toMatchObject({ kind: "not-found" });
  });

  it("from ours to Fedify, which says yes, and later no", async () => {
    expect(await follow(hub, member, ada)).toEqual({ kind: "asked", uri: ada });
    await until(() => heard("Follow").length === 1);
    const asked = fedify.received.find(({ activity }) => activity instanceof Follow)?.activity ?? expect.fail();
    const accept = new Accept({ id: fediId("/accepts/1"), actor: new URL(ada), object: asked });
    await fedify.send("ada", { id: member.uri, inbox: `${member.uri}/inbox` }, accept);
    await until(async () => (await moors.services.fediverse.findFollow(member.uri, ada))?.state === "accepted");
  });
});

describe("Create, Update and Delete of ours", () => {
  const stored = () =>
    rowsOf(moors, sql`select type, name, actor, deleted_at is not null as gone from ap_documents where uri = ${post.url}`);

  it("reach followers of both kinds, who keep the post, change it and drop it", async () => {
    await publish("Create", { type: "Post", id: postId }, `/posts/${post.slug}`);
    await until(async () => heard("Create").length === 1 && (await stored()).length === 1);
    expect(heard("Create")).toMatchObject([{ actor: blog, object: { id: post.url, type: "Article", name: post.title } }]);
    expect(await stored()).toEqual([{ type: "Article", name: post.title, actor: blog, gone: false }]);
    await publish("Update", { type: "Post", id: postId }, `/posts/${post.slug}`);
    await until(async () => heard("Update").length === 1 && (await outcomes(moors, "Update")).every(({ outcome }) => outcome === "kept"));
  });

  it("tell of an event that is to come", async () => {
    const [entry] = await dales.services.events.listNextEntries(1);
    if (entry === undefined) return expect.fail("the seed has entries to come");
    const supper = dales.url("events", `/entries/${entry.slug}`);
    const calendar = dales.url("events", "/ap/actor");
    const follower = { id: calendar, inbox: dales.url("events", "/ap/inbox") };
    await fedify.send("ada", follower, new Follow({ id: fediId("/follows/2"), actor: new URL(ada), object: new URL(calendar) }));
    await until(() => heard("Accept").length === 2);
    expect(await follow(hub, member, calendar)).toMatchObject({ kind: "asked" });
    await until(async () => (await moors.services.fediverse.findFollow(member.uri, calendar))?.state === "accepted");
    const { id } = await dales.services.events.getEntry(entry.slug, null);
    await publish("Create", { type: "CalendarEntry", id }, `/entries/${entry.slug}`, "events");
    await until(() => heard("Create").length === 2);
    expect(heard("Create")[1]).toMatchObject({ actor: calendar, object: { type: "Event", name: entry.title } });
    // Join and Leave, of a member of the moors and of Fedify
    const join = await say("Join", supper, { to: calendar });
    await fedify.send("ada", follower, new Join({ id: fediId("/joins/1"), actor: new URL(ada), object: new URL(supper) }));
    const coming = async () => (await dales.services.fediverse.listReactions(supper)).map(({ actor }) => actor).sort();
    await until(async () => (await coming()).length === 2);
    expect(await coming()).toEqual([member.uri, ada].sort());
    await until(async () => heard("Accept").length === 3 && (await outcomes(moors, "Accept")).length === 4);
    expect(join).toContain("Join");
    await say("Leave", supper, { to: calendar });
    await fedify.send("ada", follower, new Leave({ id: fediId("/leaves/1"), actor: new URL(ada), object: new URL(supper) }));
    await until(async () => (await coming()).length === 0);
  });
});

describe("Like, Announce and Undo", () => {
  const reactions = async () =>
    (await dales.services.fediverse.listReactions(post.url)).map(({ type, actor }) => `${type} ${actor}`).sort();

  it("of both are noted, and taken back", async () => {
    const [like, boost] = [await say("Like", post.url), await say("Announce", post.url)];
    await fromFedify(new Like({ id: fediId("/likes/1"), actor: new URL(ada), object: new URL(post.url) }));
    await fromFedify(new Announce({ id: fediId("/boosts/1"), actor: new URL(ada), object: new URL(post.url), to: PUBLIC }));
    await until(async () => (await reactions()).length === 4);
    expect(await reactions()).toEqual([`Announce ${ada}`, `Announce ${member.uri}`, `Like ${ada}`, `Like ${member.uri}`].sort());
    await say("Undo", { id: like, type: "Like", actor: member.uri, object: post.url });
    await say("Undo", boost, { uri: moors.url("federation", "/ap/activities/undo-boost") });
    const liked = new Like({ id: fediId("/likes/1"), actor: new URL(ada), object: new URL(post.url) });
    await fromFedify(new Undo({ id: fediId("/undos/1"), actor: new URL(ada), object: liked }));
    await until(async () => (await reactions()).length === 1);
    expect(await reactions()).toEqual([`Announce ${ada}`]);
  });
});

describe("replies", () => {
  it("of both are kept for whoever moderates, changed and dropped by who wrote them", async () => {
    const mine = { id: `${member.uri}/notes/1`, type: "Note", attributedTo: member.uri, inReplyTo: post.url, content: "<p>Good bread</p>" };
    await say("Create", { ...mine, to: [PUBLIC.href] });
    const note = { id: fediId("/notes/1"), attribution: new URL(ada), replyTarget: new URL(post.url), to: PUBLIC };
    await fromFedify(
      new Create({ id: fediId("/creates/1"), actor: new URL(ada), object: new Note({ ...note, content: "<p>And butter</p>" }) }),
    );
    const replies = () => dales.services.fediverse.listAbout(post.url);
    await until(async () => (await replies()).length === 2);
    expect((await replies()).map(({ actor, html, moderation }) => [actor, html, moderation]).sort()).toEqual(
      [
        [member.uri, "<p>Good bread</p>", "waiting"],
        [ada, "<p>And butter</p>", "waiting"],
      ].sort(),
    );
    const better = new Note({ ...note, content: "<p>And salt</p>" });
    await fromFedify(new Update({ id: fediId("/updates/1"), actor: new URL(ada), object: better }));
    await until(async () => (await replies()).some(({ html }) => html === "<p>And salt</p>"));
    await fromFedify(new Delete({ id: fediId("/deletes/1"), actor: new URL(ada), object: new Tombstone({ id: fediId("/notes/1") }) }));
    await say("Delete", { id: mine.id, type: "Tombstone" });
    await until(async () => (await replies()).every(({ deletedAt }) => deletedAt !== null));
    expect((await replies()).map(({ html }) => html)).toEqual(["", ""]);
  });
});

describe("Comments", () => {
  it("a reply of Fedify's waits, shows once it is let in, and goes when it is deleted there", async () => {
    const { comments } = dales.services;
    const source = { type: "Post", id: postId } as const;
    const reply = fediId("/notes/comment");
    const note = new Note({
      id: reply,
      attribution: new URL(ada),
      content: "<p>From Fedify</p>",
      replyTarget: new URL(post.url),
      tos: [PUBLIC],
    });
    await fromFedify(new Create({ id: fediId("/creates/comment"), actor: new URL(ada), tos: [PUBLIC], object: note }));
    await until(async () => (await comments.listModerated("waiting", 1)).comments.some(({ uri }) => uri === reply.href));
    const by = (await dales.services.identity.listPeople())[0]?.userId ?? expect.fail();
    await dales.db.transaction((tx) => comments.approve(tx, [reply.href], { by, reason: "" }));
    expect((await comments.listShown(source, 1)).comments).toMatchObject([
      { uri: reply.href, html: "<p>From Fedify</p>", author: { name: "ada of Fedify" } },
    ]);
    await fromFedify(new Delete({ id: fediId("/deletes/comment"), actor: new URL(ada), object: new Tombstone({ id: reply }) }));
    await until(async () => (await comments.listShown(source, 1)).comments.length === 0);
  });
});

describe("Flag, Block, Reject and Move", () => {
  it("reports of both wait for stewards", async () => {
    await say("Flag", [post.url]);
    await fromFedify(new Flag({ id: fediId("/flags/1"), actor: new URL(ada), objects: [new URL(post.url)], content: "rude" }));
    const reports = () => rowsOf(dales, sql`select actor, words from ap_reports order by words`);
    await until(async () => (await reports()).length === 2);
    expect(await reports()).toEqual([
      { actor: member.uri, words: "" },
      { actor: ada, words: "rude" },
    ]);
  });

  it("a member whom Fedify sent away follows no more; whoever moved is followed where they went", async () => {
    fedify.aliases.set("ada-anew", new URL(ada));
    await fedify.send(
      "ada",
      { id: member.uri, inbox: `${member.uri}/inbox` },
      new Move({ id: fediId("/moves/1"), actor: new URL(ada), object: new URL(ada), target: fediId("/users/ada-anew") }),
    );
    await until(() => heard("Follow").length === 2 && heard("Undo").length === 1);
    expect(await moors.services.fediverse.findFollow(member.uri, ada)).toBeNull();
    expect(await moors.services.fediverse.findFollow(member.uri, `${fedify.origin}/users/ada-anew`)).toMatchObject({ state: "asked" });
  });

  it("a block of Fedify's ends its follow; one of ours is turned away after its own block", async () => {
    await fromFedify(new Block({ id: fediId("/blocks/1"), actor: new URL(ada), object: new URL(blog) }));
    await until(async () => (await dales.services.fediverse.findFollow(ada, blog)) === null);
    await fromFedify(new Follow({ id: fediId("/follows/3"), actor: new URL(ada), object: new URL(blog) }));
    await until(() => heard("Reject").length === 1);
    expect(await dales.services.fediverse.findFollow(ada, blog)).toBeNull();
    expect(await unfollow(hub, { ...member, userId }, blog)).toEqual({ kind: "ended" });
    await until(async () => (await dales.services.fediverse.findFollow(member.uri, blog)) === null);
    await say("Block", blog);
    await until(async () => (await outcomes(dales, "Block")).length === 2);
    expect(await follow(hub, member, blog)).toMatchObject({ kind: "asked" });
    await until(async () => (await moors.services.fediverse.findFollow(member.uri, blog))?.state === "refused");
  });

  it("what was withdrawn is gone where it was kept, for whoever still follows", async () => {
    fedify.received.length = 0;
    await fedify.send(
      "bo",
      { id: blog, inbox: blogInbox },
      new Follow({ id: fediId("/follows/9"), actor: fediId("/users/bo"), object: new URL(blog) }),
    );
    await until(() => heard("Accept").length === 1);
    await publish("Delete", { type: "Post", id: postId }, `/posts/${post.slug}`);
    await until(() => heard("Delete").length === 1);
    expect(heard("Delete")).toMatchObject([{ actor: blog, object: { id: post.url, type: "Tombstone" } }]);
    expect(await dales.services.fediverse.findSaidObject(post.url)).toMatchObject({ kind: "withdrawn", formerType: "Article" });
  });
});

describe("a member who wants to be asked, who blocks, and who moves", () => {
  const membersInbox = () => ({ id: member.uri, inbox: `${member.uri}/inbox` });
  const bo = `${fedify.origin}/users/bo`;
  const asks = (id: string) =>
    fedify.send("bo", membersInbox(), new Follow({ id: fediId(id), actor: new URL(bo), object: new URL(member.uri) }));
  const state = async () => (await moors.services.fediverse.findFollow(bo, member.uri))?.state ?? null;

  it("Fedify's follow waits, and has our Accept, and after another our Reject", async () => {
    await moors.db.transaction((tx) =>
      moors.services.people.saveProfile(tx, userId, { name: "Somebody", bio: "", isLocked: true, isFindable: false, fields: [] }),
    );
    fedify.received.length = 0;
    await asks("/follows/20");
    await until(async () => (await state()) === "asked");
    expect(heard("Accept")).toEqual([]);
    expect(await acceptFollower(hub, member, bo)).toBe(true);
    await until(() => heard("Accept").length === 1);
    expect(heard("Accept")).toMatchObject([{ actor: member.uri, object: { type: "Follow", actor: bo } }]);
    expect(await removeFollower(hub, member, bo)).toBe(true);
    await until(() => heard("Reject").length === 1);
    expect(await state()).toBeNull();
  });

  it("Fedify hears of a block, and of its end", async () => {
    await block(hub, member, bo);
    await until(() => heard("Block").length === 1);
    expect(heard("Block")).toMatchObject([{ actor: member.uri, object: bo }]);
    await asks("/follows/21");
    await until(() => heard("Reject").length === 2);
    expect(await unblock(hub, member, bo)).toBe(true);
    await until(() => heard("Undo").some(({ object }) => (object as { type?: string }).type === "Block"));
  });

  it("Fedify hears where they went", async () => {
    await asks("/follows/22");
    await until(async () => (await state()) === "asked");
    await acceptFollower(hub, member, bo);
    fedify.aliases.set("member-anew", new URL(member.uri));
    expect(await moveAway(hub, { ...member, userId }, `${fedify.origin}/users/member-anew`)).toEqual({ kind: "moved" });
    await until(() => heard("Move").length === 1);
    expect(heard("Move")).toMatchObject([{ actor: member.uri, object: member.uri, target: `${fedify.origin}/users/member-anew` }]);
  });
});
