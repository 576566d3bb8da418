import type { Activity } from "@rose-ash/shared/contracts/activities.ts";
import { digestOfFollowers, startDelivery } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { ActivityId } from "@rose-ash/shared/models/ids.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { until } from "../../../tests/builders/outbox.ts";
import { openPeer, type PeerActor, signed } from "../../../tests/peer.ts";
import { makeHandlers } from "../index.ts";

const AS = "https://www.w3.org/ns/activitystreams";
const site = await openTestApp("federation", { seeded: true, env: { DEPLOYMENT: "development", FEDIVERSE_LOOPBACK: "on" } });
const { fediverse } = site.services;
const { publicUrl } = site.app;
const theirs = await openPeer();
const evil = await openPeer("evil.localhost");
const handlers = makeHandlers(site.app);
afterAll(async () => {
  await site.close();
  await theirs.close();
  await evil.close();
});

const blogActor = publicUrl("blog", "/ap/actor");
const post = publicUrl("blog", "/posts/a-post-for-all");
let number = 0;
let ada: PeerActor;
let eve: PeerActor;

beforeEach(async () => {
  await site.db.execute(sql`
    with a as (delete from ap_inbox), b as (delete from ap_follows), c as (delete from ap_reactions), d as (delete from ap_documents),
      e as (delete from ap_blocks), f as (delete from ap_reports), g as (delete from ap_hosts)
    delete from ap_outgoing`);
  number += 1;
  ada = theirs.actor(`ada${number}`);
  eve = evil.actor(`eve${number}`);
  theirs.received.length = 0;
  theirs.answer = () => 202;
});

/** Sends it to federation's inbox, has it handled, and gives what was made of it. */
async function arrive(actor: PeerActor, activity: Record<string, unknown>, more: Record<string, string> = {}): Promise<string> {
  number += 1;
  const whole = { "@context": AS, id: `${new URL(actor.uri).origin}/activities/${number}`, actor: actor.uri, ...activity };
  const { headers, payload } = await signed(actor, `${site.origin}/ap/inbox`, whole);
  const host = new URL(site.origin).host;
  const { statusCode } = await site.app.inject({ method: "POST", url: "/ap/inbox", headers: { ...headers, ...more, host }, payload });
  expect(statusCode).toBe(202);
  const { rows } = await site.db.execute<{ id: string }>(sql`select max(id) as id from ap_inbox`);
  const incoming = Number(rows[0]?.id);
  const { rows: told } = await site.db.execute<{ details: Activity["details"] }>(
    sql`select details from ap_activities order by id desc limit 1`,
  );
  await handle("federation.receive", { details: told[0]?.details ?? {} });
  const { rows: outcomes } = await site.db.execute<{ outcome: string }>(sql`select outcome from ap_inbox where id = ${incoming}`);
  return outcomes[0]?.outcome ?? "nothing";
}

async function handle(name: string, activity: Partial<Activity>): Promise<void> {
  const handler = handlers.find((one) => one.name === name) ?? expect.fail();
  const whole: Activity = {
    ...{ id: 1 as ActivityId, originApp: "blog", actorId: null, type: "Create", object: { type: "Post", id: "1" }, details: {} },
    ...{ visibility: "public", publishedAt: new Date(), ...activity },
  };
  if (handler.kind === "transaction") await site.db.transaction((tx) => handler.handle(tx, whole));
  else await handler.handle(whole, new AbortController().signal);
}

/** Sends what waits. */
async function deliver(): Promise<void> {
  const worker = startDelivery(site.app, { slots: 8, pollMs: 20 });
  await until(async () => {
    const { rows } = await site.db.execute(sql`select from ap_deliveries where state = 'pending' and next_attempt_at <= now()`);
    return rows.length === 0;
  });
  await worker.stop();
}

/** The blog said something: object is known to the world. */
async function aSaidObject(object = post, type = "Article"): Promise<void> {
  number += 1;
  const uri = publicUrl("blog", `/ap/activities/${number}`);
  const owner = type === "Event" ? publicUrl("events", "/ap/actor") : blogActor;
  await site.db.transaction((tx) =>
    fediverse.say(tx, {
      ...{ uri, app: "blog", actor: owner, type: "Create", object, visibility: "public", isListed: true, isForFollowers: true, to: [] },
      ...{ document: { id: uri, type: "Create", actor: owner, object: { id: object, type, attributedTo: owner } }, activityId: null },
      source: { type: "Post", id: String(number) },
    }),
  );
}

describe("a follow", () => {
  it("is accepted, and the follower is told so", async () => {
    expect(await arrive(ada, { type: "Follow", object: blogActor })).toBe("follows");
    expect(await fediverse.findFollow(ada.uri, blogActor)).toMatchObject({ state: "accepted" });
    expect(await fediverse.listMembers(blogActor, "followers", 1)).toEqual({ items: [ada.uri], isLast: true });
    await deliver();
    expect(theirs.received).toMatchObject([{ path: `/users/${ada.uri.split("/").at(-1)}/inbox` }]);
    expect(JSON.parse(theirs.received[0]?.body ?? "")).toMatchObject({
      ...{ type: "Accept", actor: blogActor, object: { type: "Follow", actor: ada.uri, object: blogActor } },
    });
  });

  it("is undone by its follower only, by name or in whole", async () => {
    for (const undo of [(id: string) => id, (id: string) => ({ id, type: "Follow", actor: ada.uri, object: blogActor })]) {
      await arrive(ada, { type: "Follow", object: blogActor, id: `${theirs.origin}/follow/${number}` });
      const { activity } = (await fediverse.findFollow(ada.uri, blogActor)) ?? expect.fail();
      expect(await arrive(eve, { type: "Undo", object: undo(activity) })).toContain("ignored");
      expect(await arrive(theirs.actor("bo"), { type: "Undo", object: undo(activity) })).toContain("ignored");
      expect(await fediverse.findFollow(ada.uri, blogActor)).not.toBeNull();
      expect(await arrive(ada, { type: "Undo", object: undo(activity) })).toBe("taken back");
      expect(await fediverse.findFollow(ada.uri, blogActor)).toBeNull();
    }
  });

  it("under the name of another's is refused, and takes nothing from that", async () => {
    const id = `${theirs.origin}/follows/of-ada/${number}`;
    await arrive(ada, { type: "Follow", object: blogActor, id });
    expect(await arrive(theirs.actor("bo"), { type: "Follow", object: blogActor, id })).toContain("refused");
    expect(await fediverse.findFollow(ada.uri, blogActor)).toMatchObject({ state: "accepted", activity: id });
  });

  it("of nobody, or of a member who shows nothing, is none", async () => {
    for (const object of [
      publicUrl("blog", "/"),
      publicUrl("federation", "/ap/members/nobody"),
      publicUrl("federation", "/ap/instance"),
      ada.uri,
    ])
      expect(await arrive(ada, { type: "Follow", object })).toContain("ignored");
    expect(await fediverse.countMembers(blogActor, "followers")).toBe(0);
  });

  it("that one of ours asked for is answered by the followed one only", async () => {
    const follower = publicUrl("federation", "/ap/members/ada");
    const activity = publicUrl("federation", `/ap/activities/follow-${number}`);
    await site.db.transaction((tx) => fediverse.askToFollow(tx, { follower, followed: ada.uri, activity }));
    const answers = [activity, { id: activity, type: "Follow", actor: follower, object: ada.uri }];
    for (const object of answers) {
      expect(await arrive(eve, { type: "Accept", object })).toContain("ignored");
      expect(await arrive(theirs.actor("bo"), { type: "Accept", object })).toContain("ignored");
    }
    expect(await fediverse.findFollow(follower, ada.uri)).toMatchObject({ state: "asked" });
    expect(await arrive(ada, { type: "Accept", object: answers[1] })).toBe("let in");
    expect(await fediverse.findFollow(follower, ada.uri)).toMatchObject({ state: "accepted" });
    expect(await arrive(ada, { type: "Reject", object: activity })).toBe("turned away");
    expect(await fediverse.findFollow(follower, ada.uri)).toMatchObject({ state: "refused" });
    expect(await arrive(ada, { type: "Accept", object: `${theirs.origin}/nothing` })).toContain("ignored");
  });

  it("ends with a block, and can't begin again before that is undone", async () => {
    await arrive(ada, { type: "Follow", object: blogActor });
    expect(await arrive(ada, { type: "Block", object: blogActor, id: `${theirs.origin}/block/1` })).toBe("blocked");
    expect(await fediverse.findFollow(ada.uri, blogActor)).toBeNull();
    expect(await arrive(ada, { type: "Follow", object: blogActor })).toContain("refused");
    await aSaidObject();
    expect(await arrive(eve, { type: "Undo", object: `${theirs.origin}/block/1` })).toContain("ignored");
    expect(await arrive(ada, { type: "Undo", object: `${theirs.origin}/block/1` })).toBe("taken back");
    expect(await arrive(ada, { type: "Follow", object: blogActor })).toBe("follows");
  });
});

describe("something that was written elsewhere", () => {
  const aNote = (more: Record<string, unknown> = {}) => ({
    ...{ id: `${theirs.origin}/notes/${number}`, type: "Note", attributedTo: ada.uri, inReplyTo: post, to: [`${AS}#Public`] },
    ...{
      content: '<p onclick="x()">Hello <script>alert(1)</script><a href="javascript:alert(1)">there</a></p>',
      published: "2026-11-01T10:00:00Z",
      ...more,
    },
  });

  it("is kept clean when it answers something of ours, and waits for whoever moderates", async () => {
    expect(await arrive(ada, { type: "Create", object: aNote({ summary: "<b>loud</b>", name: "<img src=x onerror=alert(1)>" }) })).toBe(
      "kept",
    );
    const [reply] = await fediverse.listAbout(post);
    expect(reply).toMatchObject({
      actor: ada.uri,
      inReplyTo: post,
      moderation: "waiting",
      visibility: "public",
      warning: "loud",
      name: "",
    });
    expect(reply?.html).toContain("Hello");
    expect(reply?.html).not.toMatch(/script|onclick|javascript/);
  });

  it("is nothing to us when it answers and mentions nothing of ours", async () => {
    expect(await arrive(ada, { type: "Create", object: aNote({ inReplyTo: null }) })).toContain("does not concern us");
    expect(await arrive(ada, { type: "Create", object: aNote({ inReplyTo: `${evil.origin}/1` }) })).toContain("does not concern us");
    const mention = { type: "Mention", href: blogActor };
    expect(await arrive(ada, { type: "Create", object: aNote({ inReplyTo: null, tag: [mention] }) })).toBe("kept");
  });

  it("is of who wrote it: nobody puts words into another's mouth, or takes an id that is another's", async () => {
    const { id } = aNote();
    for (const wrong of [
      aNote({ attributedTo: eve.uri }),
      aNote({ attributedTo: [ada.uri, eve.uri] }),
      aNote({ attributedTo: theirs.actor("bo").uri }),
      aNote({ id: `${evil.origin}/notes/1` }),
      aNote({ id: `${site.origin}/ap/objects/1` }),
      aNote({ type: "Person" }),
    ])
      expect(await arrive(ada, { type: "Create", object: wrong })).toContain("ignored");
    expect(await fediverse.listAbout(post)).toEqual([]);
    await arrive(ada, { type: "Create", object: aNote({ id }) });
    const bo = theirs.actor("bo");
    for (const type of ["Create", "Update"])
      expect(await arrive(bo, { type, object: aNote({ id, attributedTo: bo.uri, content: "mine" }) })).toContain("ignored");
    expect((await fediverse.listAbout(post))[0]?.html).toContain("Hello");
  });

  it("is fetched at its own host when it came by address only", async () => {
    const note = aNote();
    theirs.show(`/notes/${number}`, note);
    expect(await arrive(ada, { type: "Create", object: note.id })).toBe("kept");
    evil.show("/notes/1", aNote({ id: `${evil.origin}/notes/1` }));
    expect(await arrive(eve, { type: "Create", object: `${evil.origin}/notes/1` })).toContain("somebody else wrote it");
  });

  it("is changed by its author, not by what is older, and deleted for good", async () => {
    const note = aNote();
    await arrive(ada, { type: "Create", object: note });
    const changed = { ...note, content: "<p>Changed</p>", updated: "2026-11-02T10:00:00Z" };
    expect(await arrive(ada, { type: "Update", object: changed })).toBe("kept");
    expect(await arrive(ada, { type: "Update", object: note })).toContain("ignored");
    expect((await fediverse.listAbout(post))[0]?.html).toBe("<p>Changed</p>");
    for (const other of [eve, theirs.actor("bo")]) expect(await arrive(other, { type: "Delete", object: note.id })).toContain("ignored");
    expect(await arrive(ada, { type: "Delete", object: { id: note.id, type: "Tombstone" } })).toBe("deleted");
    expect(await arrive(ada, { type: "Create", object: changed })).toContain("ignored");
    expect(await fediverse.listAbout(post)).toMatchObject([{ html: "", name: "", url: null }]);
  });

  it("goes with its author", async () => {
    await arrive(ada, { type: "Follow", object: blogActor });
    await arrive(ada, { type: "Create", object: aNote() });
    expect(await arrive(eve, { type: "Delete", object: ada.uri })).toContain("ignored");
    expect(await arrive(theirs.actor("bo"), { type: "Delete", object: ada.uri })).toContain("ignored");
    expect(await arrive(ada, { type: "Delete", object: ada.uri })).toBe("the actor is no more");
    expect(await fediverse.countMembers(blogActor, "followers")).toBe(0);
    expect((await fediverse.listAbout(post))[0]?.deletedAt).not.toBeNull();
  });
});

describe("what is done to something of ours", () => {
  it.each(["Like", "Announce"] as const)("is noted once, and taken back by who did it: %s", async (type) => {
    await aSaidObject();
    const like = { type, object: post, id: `${theirs.origin}/${type}/${number}` };
    expect(await arrive(ada, like)).toBe("noted");
    expect(await arrive(ada, { type, object: post })).toContain("before");
    expect(await fediverse.listReactions(post)).toMatchObject([{ type, actor: ada.uri }]);
    expect(await arrive(eve, { type: "Undo", object: like.id })).toContain("ignored");
    expect(await arrive(eve, { type: "Undo", object: { ...like, actor: ada.uri } })).toContain("ignored");
    expect(await arrive(ada, { type: "Undo", object: like.id })).toBe("taken back");
    expect(await fediverse.listReactions(post)).toEqual([]);
  });

  it("is nothing where there is no such thing", async () => {
    expect(await arrive(ada, { type: "Like", object: publicUrl("blog", "/posts/never") })).toContain("ignored");
    expect(await arrive(ada, { type: "Like", object: `${evil.origin}/1` })).toContain("ignored");
  });

  it("is coming to an event, answered, and not coming after all", async () => {
    const supper = publicUrl("events", "/entries/supper");
    await aSaidObject(supper, "Event");
    await aSaidObject();
    expect(await arrive(ada, { type: "Join", object: supper })).toBe("comes");
    expect(await arrive(ada, { type: "Join", object: post })).toContain("ignored");
    await deliver();
    expect(theirs.received.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: "Accept", actor: publicUrl("events", "/ap/actor") },
    ]);
    expect(await fediverse.listReactions(supper)).toMatchObject([{ type: "Join", actor: ada.uri }]);
    expect(await arrive(eve, { type: "Leave", object: supper })).toContain("ignored");
    expect(await arrive(ada, { type: "Leave", object: supper })).toBe("does not come");
    expect(await fediverse.listReactions(supper)).toEqual([]);
  });

  it("is a report, of what is ours", async () => {
    expect(await arrive(ada, { type: "Flag", object: [blogActor, post, `${evil.origin}/1`], content: "<b>rude</b>" })).toBe("reported");
    const { rows } = await site.db.execute(sql`select actor, objects, words from ap_reports`);
    expect(rows).toEqual([{ actor: ada.uri, objects: [blogActor, post], words: "rude" }]);
    expect(await arrive(ada, { type: "Flag", object: [`${evil.origin}/1`] })).toContain("ignored");
  });
});

describe("a move", () => {
  it("takes followers of ours along, to an account that knows the old one", async () => {
    const follower = publicUrl("federation", "/ap/members/ada");
    const activity = publicUrl("federation", "/ap/activities/follow-1");
    await site.db.transaction((tx) => fediverse.askToFollow(tx, { follower, followed: ada.uri, activity }));
    const there = evil.actor(`ada-there-${number}`);
    expect(await arrive(ada, { type: "Move", object: ada.uri, target: eve.uri })).toContain("does not know");
    expect(await arrive(eve, { type: "Move", object: ada.uri, target: eve.uri })).toContain("ignored");
    evil.show(new URL(there.uri).pathname, { ...there.document, alsoKnownAs: [ada.uri] });
    expect(await arrive(ada, { type: "Move", object: ada.uri, target: there.uri })).toBe("moved, 1 of ours with it");
    expect(await fediverse.findFollow(follower, there.uri)).toMatchObject({ state: "asked" });
    expect(await fediverse.findFollow(follower, ada.uri)).toBeNull();
  });
});

it("believes an actor who of ours does not follow it any more, and asks for the list only where it is another", async () => {
  const [grace, joe] = ["grace", "joe"].map((name) => publicUrl("federation", `/ap/members/${name}`));
  for (const follower of [grace, joe]) {
    const activity = `${follower}/follows/1`;
    await site.db.transaction((tx) => fediverse.askToFollow(tx, { follower: String(follower), followed: ada.uri, activity }));
    await site.db.transaction((tx) => fediverse.answerFollow(tx, ada.uri, { activity, follower: null }, true));
  }
  const followers = `${ada.uri}/followers`;
  const url = theirs.show("/followers-there", {
    "@context": AS,
    id: `${theirs.origin}/followers-there`,
    type: "OrderedCollection",
    orderedItems: [grace],
  });
  const header = (digest: string, id = followers, at = url) => ({
    "collection-synchronization": `collectionId="${id}", url="${at}", digest="${digest}"`,
  });
  const asked = () => theirs.asked.filter((path) => path === "/followers-there").length;
  const right = digestOfFollowers([String(grace), String(joe)]);
  await arrive(ada, { type: "Invite", object: blogActor }, header(right));
  await arrive(ada, { type: "Invite", object: blogActor }, header("0".repeat(64), `${ada.uri}/others`));
  await arrive(ada, { type: "Invite", object: blogActor }, header("0".repeat(64), followers, `${evil.origin}/followers-there`));
  expect([asked(), (await fediverse.listLocalFollowers(ada.uri)).length]).toEqual([0, 2]);
  await arrive(ada, { type: "Invite", object: blogActor }, header("0".repeat(64)));
  expect([asked(), (await fediverse.listLocalFollowers(ada.uri)).map(({ follower }) => follower)]).toEqual([1, [grace]]);
});

it("ignores what it does not know, and what is handled twice is done once", async () => {
  expect(await arrive(ada, { type: "Invite", object: blogActor })).toContain("ignored");
  expect(await arrive(ada, { type: "constructor", object: blogActor })).toContain("ignored");
  const { rows } = await site.db.execute<{ id: string }>(sql`select max(id) as id from ap_inbox`);
  await handle("federation.receive", { details: { incoming: Number(rows[0]?.id) } });
});
