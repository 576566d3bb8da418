import { Announce, Create, Delete, Follow, Like, Note, Tombstone, Undo, Update } from "@fedify/fedify/vocab";
import type { StatusDraft } from "@rose-ash/shared/contracts/statuses.ts";
import type { StatusId } from "@rose-ash/shared/models/ids.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "./builders/outbox.ts";
import { openFedifyPeer } from "./fedify-peer.ts";
import { openTestSite } from "./site.ts";

/** What members say and do in the hub, to a server of Fedify and back; what counts is what each of them stored. */
const site = await openTestSite(["federation"], { env: { FEDIVERSE_LOOPBACK: "on" }, isServing: true });
const fedify = await openFedifyPeer();
afterAll(async () => {
  fedify.close();
  await site.close();
});

const hub = site.replicas("federation")[0] ?? expect.fail();
const PUBLIC = new URL("https://www.w3.org/ns/activitystreams#Public");
const fay = `${fedify.origin}/users/fay`;
const { statuses } = hub.services; // which know the relations of federation
const { rows: members } = await site.db.execute<{ id: string; handle: string }>(sql`select id, handle from users where handle = 'ada'`);
const ada = { userId: Number(members[0]?.id), handle: "ada" } as Parameters<typeof statuses.compose>[1];
const actor = hub.fediverse.actors.ofMember("ada").uri;
const inbox = `${actor}/inbox`;
const fediId = (path: string) => new URL(`${fedify.origin}${path}`);
const send = (activity: Parameters<typeof fedify.send>[2]) => fedify.send("fay", { id: actor, inbox }, activity);
const heard = (type: string) => fedify.received.filter(({ json }) => json["type"] === type).map(({ json }) => json);
const objectsOf = (type: string) => heard(type).map((json) => json["object"] as Record<string, unknown>); // embedded, as we send them

const within = <Result>(work: Parameters<typeof hub.transaction<Result>>[0]) => hub.transaction(work);
const say = (draft: Partial<StatusDraft>): Promise<StatusId> =>
  within((tx) =>
    statuses.compose(tx, ada, {
      ...{
        text: "Rye",
        warning: "",
        language: "en",
        visibility: "public",
        answers: null,
        about: null,
        mentions: [],
        pictures: [],
        poll: null,
      },
      ...draft,
    }),
  );
const uriOf = (id: StatusId) => site.url("federation", `/posts/${id}`);
const seenBy = (uri: string) => statuses.findByUri(uri, ada);

describe("a member and a follower on another server", { timeout: 120_000 }, () => {
  let post: StatusId;

  beforeAll(async () => {
    await say({ text: "Here I am" }); // who says something shows themselves
    await send(new Follow({ id: fediId("/follows/1"), actor: new URL(fay), object: new URL(actor) }));
    await until(() => heard("Accept").length === 1);
  }, 60_000);

  it("a post arrives as a note of the member's own, signed by them", async () => {
    post = await say({ text: "Rye is out of the oven #bread", warning: "Bread" });
    await until(() => objectsOf("Create").some(({ id }) => id === uriOf(post)));
    const { by, json } =
      fedify.received.find(({ json: one }) => (one["object"] as { id?: string } | undefined)?.id === uriOf(post)) ?? expect.fail();
    expect(by).toBe(actor);
    expect(json).toMatchObject({ actor, object: { type: "Note", attributedTo: actor, summary: "Bread", sensitive: true } });
  });

  it("what is for followers reaches them and nobody who asks by address", async () => {
    const id = await say({ text: "For followers", visibility: "followers" });
    await until(() => objectsOf("Create").some((object) => object["id"] === uriOf(id)));
    const answer = await hub.inject({
      url: `/posts/${id}`,
      headers: { accept: "application/activity+json", host: new URL(site.url("federation", "")).host },
    });
    expect(answer.statusCode).toBe(404);
    const unnamed = await say({ text: "For nobody there", visibility: "direct" });
    const named = await say({ text: "For you", visibility: "direct", mentions: [{ handle: `fay@${new URL(fay).host}`, uri: fay }] });
    await until(() => objectsOf("Create").some((object) => object["id"] === uriOf(named)));
    expect(objectsOf("Create").some((object) => object["id"] === uriOf(unnamed))).toBe(false);
  });

  it("a reply comes back into the thread, is changed by its author, liked and boosted by the member, and both taken back", async () => {
    const note = { id: fediId("/notes/1"), attribution: new URL(fay), replyTarget: new URL(uriOf(post)), to: PUBLIC };
    await send(new Create({ id: fediId("/creates/1"), actor: new URL(fay), object: new Note({ ...note, content: "<p>Save me one</p>" }) }));
    await until(async () => (await seenBy(note.id.href)) !== null);
    const reply = (await statuses.getThread(post, ada)).replies[0]?.status ?? expect.fail();
    expect(reply).toMatchObject({ html: "<p>Save me one</p>", author: { isOurs: false } });
    await send(new Update({ id: fediId("/updates/1"), actor: new URL(fay), object: new Note({ ...note, content: "<p>Save me two</p>" }) }));
    await until(async () => (await seenBy(note.id.href))?.html === "<p>Save me two</p>");
    expect(await statuses.listVersions(reply.id, ada)).toMatchObject([{ html: "<p>Save me one</p>" }]);
    for (const type of ["Like", "Announce"] as const) {
      await within((tx) => statuses.react(tx, ada, reply.id, type));
      await until(() => heard(type).length === 1);
      expect(heard(type)[0]).toMatchObject({ actor, object: note.id.href });
      await within((tx) => statuses.takeBack(tx, ada, reply.id, type));
    }
    await until(() => heard("Undo").length === 2);
    expect(objectsOf("Undo").map((object) => object["type"])).toEqual(["Like", "Announce"]);
    expect(objectsOf("Undo").map((object) => object["id"])).toEqual([heard("Like")[0]?.["id"], heard("Announce")[0]?.["id"]]);
    await send(new Delete({ id: fediId("/deletes/1"), actor: new URL(fay), object: new Tombstone({ id: note.id }) }));
    await until(async () => (await seenBy(note.id.href)) === null);
  });

  it("their likes and boosts are counted, and taken back", async () => {
    const counts = async () => (await statuses.getStatus(post, ada)).counts;
    const like = new Like({ id: fediId("/likes/1"), actor: new URL(fay), object: new URL(uriOf(post)) });
    await send(like);
    await send(new Announce({ id: fediId("/boosts/1"), actor: new URL(fay), object: new URL(uriOf(post)), to: PUBLIC }));
    await until(async () => (await counts()).likes === 1 && (await counts()).boosts === 1);
    expect(await statuses.listReactors(post, "Announce", ada)).toMatchObject([{ uri: fay }]);
    await send(new Undo({ id: fediId("/undos/1"), actor: new URL(fay), object: like }));
    await until(async () => (await counts()).likes === 0);
  });

  it("a poll is answered from there, once", async () => {
    const poll = { options: ["Rye", "Spelt"], isMultiple: false, endsAt: new Date(Date.now() + 3_600_000) };
    const id = await say({ text: "Which?", poll });
    await until(() => objectsOf("Create").some((object) => object["id"] === uriOf(id)));
    expect(objectsOf("Create").find((object) => object["id"] === uriOf(id))).toMatchObject({ type: "Question" });
    for (const name of ["Spelt", "Rye"]) {
      const vote = new Note({
        id: fediId(`/votes/${name}`),
        attribution: new URL(fay),
        name,
        replyTarget: new URL(uriOf(id)),
        to: new URL(actor),
      });
      await send(new Create({ id: fediId(`/voting/${name}`), actor: new URL(fay), object: vote, to: new URL(actor) }));
      await until(async () => (await outcomes(`/voting/${name}`)).length === 1);
    }
    expect((await statuses.getStatus(id, ada)).poll).toMatchObject({ voters: 1, options: [{ votes: 0 }, { votes: 1 }] });
    expect(await outcomes("/voting/Rye")).toEqual(["ignored: the poll is over, or was answered"]);
    expect(await seenBy(fediId("/votes/Spelt").href)).toBeNull(); // a vote is no post
  });

  it("an edit and a removal reach who had it", async () => {
    await within((tx) =>
      statuses.edit(tx, ada, post, { text: "Rye and spelt are out", warning: "", language: "en", mentions: [], pictures: [] }),
    );
    await until(() => objectsOf("Update").some((object) => object["id"] === uriOf(post)));
    expect(objectsOf("Update")[0]?.["content"]).toContain("Rye and spelt");
    await within((tx) => statuses.remove(tx, ada, post));
    await until(() => objectsOf("Delete").some((object) => object["id"] === uriOf(post)));
    expect(objectsOf("Delete")[0]).toMatchObject({ type: "Tombstone" });
  });
});

const outcomes = async (path: string) => {
  const { rows } = await site.db.execute<{ outcome: string }>(
    sql`select outcome from ap_inbox where activity = ${fediId(path).href} and outcome is not null`,
  );
  return rows.map(({ outcome }) => outcome);
};
