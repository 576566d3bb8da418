import type { Activity } from "@rose-ash/shared/contracts/activities.ts";
import type { ActivityId } from "@rose-ash/shared/models/ids.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aFollow, aReader, aStatus } from "../../../tests/builders/statuses.ts";
import { openPeer, type PeerActor, signed } from "../../../tests/peer.ts";
import { fetchThread } from "../../statuses/fetch-thread.ts";
import { makeHandlers } from "../index.ts";

const AS = "https://www.w3.org/ns/activitystreams";
const PUBLIC = `${AS}#Public`;
const site = await openTestApp("federation", { env: { DEPLOYMENT: "development", FEDIVERSE_LOOPBACK: "on" } });
const { statuses, fediverse } = site.services;
const theirs = await openPeer();
const evil = await openPeer("evil.localhost");
const receive = makeHandlers(site.app).find(({ name }) => name === "federation.receive") ?? expect.fail();
afterAll(async () => {
  await site.close();
  await theirs.close();
  await evil.close();
});

const ada = await aReader(site, "ada");
const adaUri = site.app.publicUrl("federation", "/ap/members/ada");
await aStatus(site, ada, { text: "Here I am" });
/** So that there is time enough, however slow the machine. */
const LATER = new Date(Date.now() + 3_600_000);
let number = 0;
let bo: PeerActor;
let eve: PeerActor;

beforeEach(async () => {
  number += 1;
  bo = theirs.actor(`bo${number}`);
  eve = evil.actor(`eve${number}`);
  await aFollow(site, adaUri, bo.uri);
});

/** Sends it to federation's inbox, has it handled, and gives what was made of it. */
async function arrive(actor: PeerActor, activity: Record<string, unknown>): Promise<string> {
  number += 1;
  const whole = { "@context": AS, id: `${new URL(actor.uri).origin}/activities/${number}`, actor: actor.uri, ...activity };
  const { headers, payload } = await signed(actor, `${site.origin}/ap/inbox`, whole);
  const host = new URL(site.origin).host;
  await site.app.inject({ method: "POST", url: "/ap/inbox", headers: { ...headers, host }, payload });
  const { rows } = await site.db.execute<{ id: string }>(sql`select max(id) as id from ap_inbox`);
  const told: Activity = {
    ...{ id: 1 as ActivityId, originApp: "federation", actorId: null, type: "Create", object: { type: "Incoming", id: "1" } },
    ...{ details: { incoming: Number(rows[0]?.id) }, visibility: "internal", publishedAt: new Date() },
  };
  if (receive.kind === "outside") await receive.handle(told, new AbortController().signal);
  const { rows: outcomes } = await site.db.execute<{ outcome: string }>(
    sql`select outcome from ap_inbox where id = ${Number(rows[0]?.id)}`,
  );
  return outcomes[0]?.outcome ?? "nothing";
}

const aNote = (actor: PeerActor, note: Record<string, unknown> = {}) => {
  number += 1;
  const id = `${new URL(actor.uri).origin}/notes/${number}`;
  const published = new Date(Date.now() - 1000).toISOString();
  return { "@context": AS, id, type: "Note", attributedTo: actor.uri, content: `<p>Note ${number}</p>`, to: [PUBLIC], published, ...note };
};
const create = (actor: PeerActor, object: Record<string, unknown>) =>
  arrive(actor, { type: "Create", object, to: object["to"], cc: object["cc"] });
const seen = async (uri: string, reader: typeof ada | null = ada) => (await statuses.findByUri(uri, reader)) !== null;
const homeUris = async () => (await statuses.listHome(ada, null)).lines.map(({ status }) => status.uri);

describe("what whom one follows writes elsewhere", () => {
  it("stands at home, with its tags, its warning as text, its pictures by addresses of ours; nothing in it runs or loads", async () => {
    const evilText =
      '<p onclick="a()">Hi <script>alert(1)</script><img src="https://theirs.example/t.gif"><a href="javascript:a()">x</a></p>';
    const note = aNote(bo, {
      ...{
        content: evilText,
        summary: "<b>Careful</b><script>",
        tag: [
          { type: "Hashtag", name: "#Bread" },
          { type: "Hashtag", name: "#<b>" },
        ],
      },
      attachment: [{ type: "Document", mediaType: "image/png", url: "https://theirs.example/a.png", name: "A loaf" }],
    });
    expect(await create(bo, note)).toBe("kept");
    expect(await homeUris()).toContain(note.id);
    const status = (await statuses.findByUri(note.id, ada)) ?? expect.fail();
    expect(status.html).toBe("<p>Hi <a>x</a></p>");
    expect(status.warning).toBe("Careful");
    const path = `/posts/${status.id}/pictures/0`;
    expect(status.attachments).toEqual([
      { url: "https://theirs.example/a.png", kind: "picture", alt: "A loaf", path, width: null, height: null },
    ]);
    expect((await statuses.listTagged("bread", null, null)).lines.map((line) => line.status.uri)).toContain(note.id);
  });

  it("is for followers only where it says so, and for those named alone where it names them", async () => {
    const forFollowers = aNote(bo, { to: [`${bo.uri}/followers`] });
    const direct = aNote(bo, { to: [adaUri], tag: [{ type: "Mention", href: adaUri, name: "@ada" }] });
    for (const note of [forFollowers, direct]) await create(bo, note);
    const other = await aReader(site, `other${number}`);
    for (const note of [forFollowers, direct]) {
      expect(await seen(note.id)).toBe(true);
      expect(await seen(note.id, other)).toBe(false);
      expect(await seen(note.id, null)).toBe(false);
    }
    expect(await homeUris()).not.toContain(direct.id);
    expect((await statuses.listDirect(ada, null)).lines.map(({ status }) => status.uri)).toContain(direct.id);
  });

  it("is changed and deleted by its author alone", async () => {
    const note = aNote(bo);
    await create(bo, note);
    expect(await arrive(eve, { type: "Update", object: { ...note, attributedTo: eve.uri, content: "mine" } })).toContain("ignored");
    expect(await arrive(eve, { type: "Delete", object: note.id })).toContain("ignored");
    expect(await arrive(bo, { type: "Update", object: { ...note, content: "<p>Better</p>", updated: new Date().toISOString() } })).toBe(
      "kept",
    );
    const status = (await statuses.findByUri(note.id, ada)) ?? expect.fail();
    expect(status.html).toBe("<p>Better</p>");
    expect((await statuses.listVersions(status.id, ada)).map(({ html }) => html)).toEqual([note.content]);
    expect(await arrive(bo, { type: "Delete", object: note.id })).toBe("deleted");
    expect(await seen(note.id)).toBe(false);
    expect((await site.db.execute(sql`select from ap_versions where status_id = ${status.id}`)).rowCount).toBe(0);
    expect(await create(bo, note)).toContain("ignored");
  });

  it("brings its poll, whose figures are its server's", async () => {
    const option = (name: string, totalItems: number) => ({ type: "Note", name, replies: { type: "Collection", totalItems } });
    const endTime = new Date(Date.now() + 3_600_000).toISOString();
    const question = aNote(bo, { type: "Question", oneOf: [option("Rye", 2), option("<i>Spelt</i>", -5)], votersCount: 2, endTime });
    expect(await create(bo, question)).toBe("kept");
    const { id, poll } = (await statuses.findByUri(question.id, ada)) ?? expect.fail();
    expect(poll).toMatchObject({
      voters: 2,
      mayVote: true,
      options: [
        { name: "Rye", votes: 2 },
        { name: "Spelt", votes: 0 },
      ],
    });
    await site.app.transaction((tx) => statuses.vote(tx, ada, id, [1]));
    const { rows } = await site.db.execute(sql`select details from ap_activities where object_type = 'Vote'`);
    expect(rows).toMatchObject([{ details: { option: "Spelt", question: String(id) } }]);
  });
});

describe("boosts and likes from elsewhere", () => {
  it("of a third server's post bring it, asked for at its own host, if somebody here follows who boosts", async () => {
    const note = aNote(eve);
    evil.show(new URL(note.id).pathname, note);
    expect(await arrive(bo, { type: "Announce", object: note.id })).toBe("noted");
    const line = (await statuses.listHome(ada, null)).lines.find(({ status }) => status.uri === note.id);
    expect(line?.boostedBy?.uri).toBe(bo.uri);
    const stranger = theirs.actor(`stranger${number}`);
    const other = aNote(eve);
    evil.show(new URL(other.id).pathname, other);
    expect(await arrive(stranger, { type: "Announce", object: other.id })).toContain("ignored");
    expect(await seen(other.id)).toBe(false);
  });

  it("bring nothing that another host claims, or that is not for everybody", async () => {
    const claimed = aNote(bo, { id: `${evil.origin}/notes/claimed` }); // bo's, says evil
    evil.show("/notes/claimed", claimed);
    const few = aNote(eve, { to: [`${eve.uri}/followers`] });
    evil.show(new URL(few.id).pathname, few);
    for (const object of [`${evil.origin}/notes/claimed`, few.id, `${evil.origin}/nothing`, "http://169.254.169.254/latest"])
      expect(await arrive(bo, { type: "Announce", object })).toContain("ignored");
    expect(
      (await site.db.execute(sql`select from ap_documents where uri like ${`${evil.origin}/notes/claimed%`} or uri = ${few.id}`)).rowCount,
    ).toBe(0);
  });

  it("of what their sender may not see are not noted", async () => {
    const id = await aStatus(site, ada, { text: "For followers", visibility: "followers" });
    const object = site.app.publicUrl("federation", `/posts/${id}`);
    for (const type of ["Like", "Announce"]) expect(await arrive(eve, { type, object })).toContain("ignored");
    expect(await fediverse.listReactions(object)).toEqual([]);
  });

  it("a vote counts only from those who were asked", async () => {
    const poll = { options: ["Rye", "Spelt"], isMultiple: false, endsAt: new Date(Date.now() + 3_600_000) };
    const id = await aStatus(site, ada, { text: "Which?", visibility: "followers", poll });
    const vote = { ...aNote(eve, { name: "Rye", inReplyTo: site.app.publicUrl("federation", `/posts/${id}`) }), content: undefined };
    expect(await create(eve, vote)).toContain("ignored");
    expect((await statuses.getStatus(id, ada)).poll).toMatchObject({ voters: 0 });
  });
});

describe("what is missing of a thread", { timeout: 60_000 }, () => {
  it("is fetched upwards and downwards, within limits, and joins the rest", async () => {
    const notes = Array.from({ length: 30 }, () => aNote(eve));
    for (const [index, note] of notes.entries())
      evil.show(new URL(note.id).pathname, { ...note, ...(index === 0 ? {} : { inReplyTo: notes[index - 1]?.id }) });
    const replies = Array.from({ length: 30 }, () => aNote(bo));
    const last = aNote(bo, {
      inReplyTo: notes.at(-1)?.id,
      replies: { type: "Collection", first: { type: "CollectionPage", items: replies.map(({ id }) => id) } },
    });
    for (const reply of replies) theirs.show(new URL(reply.id).pathname, { ...reply, inReplyTo: last.id });
    theirs.show(new URL(last.id).pathname, last);
    await create(bo, last);
    const { id } = (await statuses.findByUri(last.id, ada)) ?? expect.fail();
    const fetching = { services: site.services, fediverse: site.app.fediverse, clock: { now: () => LATER } };
    const before = await statuses.getThread(id, ada);
    expect([before.ancestors.length, before.missing]).toEqual([0, notes.at(-1)?.id]);
    await fetchThread(fetching, site.app.transaction, before);
    const after = await statuses.getThread(id, ada);
    expect(after.ancestors.map(({ uri }) => uri)).toEqual(notes.slice(-12).map((note) => note.id));
    expect(after.replies).toHaveLength(20);
    expect(after.missing).toBe(notes.at(-13)?.id);
  });

  it("a circle of answers ends", async () => {
    const [one, two] = [aNote(eve), aNote(eve)];
    evil.show(new URL(one.id).pathname, { ...one, inReplyTo: two.id });
    evil.show(new URL(two.id).pathname, { ...two, inReplyTo: one.id });
    const third = aNote(bo, { inReplyTo: one.id });
    await create(bo, third);
    const { id } = (await statuses.findByUri(third.id, ada)) ?? expect.fail();
    const fetching = { services: site.services, fediverse: site.app.fediverse, clock: { now: () => LATER } };
    await fetchThread(fetching, site.app.transaction, await statuses.getThread(id, ada));
    expect((await statuses.getThread(id, ada)).ancestors.length).toBeGreaterThan(0);
  });
});
