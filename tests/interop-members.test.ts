import { Create, Flag, Follow, Note } from "@fedify/fedify/vocab";
import type { Reader, StatusDraft } from "@rose-ash/shared/contracts/statuses.ts";
import type { StatusId } from "@rose-ash/shared/models/ids.ts";
import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import { afterAll, describe, expect, it } from "vitest";
import { follow } from "../federation/following/follow.ts";
import { block, unblock } from "../federation/people/decide.ts";
import { until } from "./builders/outbox.ts";
import { signedIn } from "./builders/signed-in.ts";
import { openFedifyPeer } from "./fedify-peer.ts";
import { openTestSite, type TestSite } from "./site.ts";

/** Members of two co-operatives of ours, and a server of Fedify, on loopback; what counts is what each of them stored. */
const env = { FEDIVERSE_LOOPBACK: "on" };
const dales = await openTestSite(["federation"], { env, isServing: true });
const moors = await openTestSite(["federation"], { env, isServing: true, beside: "_moors" });
const fedify = await openFedifyPeer();
afterAll(async () => {
  fedify.close();
  await dales.close();
  await moors.close();
});

interface Somebody extends Reader {
  readonly hub: FastifyInstance;
  readonly uri: string;
  readonly name: string;
}

async function somebody(site: TestSite, handle: string): Promise<Somebody> {
  const hub = site.replicas("federation")[0] ?? expect.fail();
  const { rows } = await site.db.execute<{ id: string }>(sql`select id from users where handle = ${handle}`);
  const { uri } = hub.fediverse.actors.ofMember(handle);
  return { userId: Number(rows[0]?.id) as Reader["userId"], handle, hub, uri, name: `${handle}@${new URL(uri).host}` };
}
const [ada, ben] = [await somebody(dales, "ada"), await somebody(moors, "bilal")];
const fay = `${fedify.origin}/users/fay`;
const fediId = (path: string) => new URL(`${fedify.origin}${path}`);
const heard = (type: string) => fedify.received.filter(({ json }) => json["type"] === type).map(({ json }) => json);

const NOTHING: StatusDraft = {
  ...{ text: "Rye", warning: "", language: "en", visibility: "public", answers: null, about: null },
  ...{ mentions: [], pictures: [], poll: null },
};
const say = (by: Somebody, draft: Partial<StatusDraft>): Promise<StatusId> =>
  by.hub.transaction((tx) => by.hub.services.statuses.compose(tx, by, { ...NOTHING, ...draft }));
const uriOf = (by: Somebody, id: StatusId) => by.hub.publicUrl("federation", `/posts/${id}`);
const seen = (by: Somebody, uri: string) => by.hub.services.statuses.findByUri(uri, by);
const asMember = async (by: Somebody) => ({
  cookies: await signedIn({ app: by.hub, services: by.hub.services } as Parameters<typeof signedIn>[0], "federation", by.userId),
  headers: { host: new URL(by.uri).host, origin: new URL(by.uri).origin, "content-type": "application/x-www-form-urlencoded" },
});

describe("members of two co-operatives", { timeout: 180_000 }, () => {
  it("follow each other, by name, and both know of it", async () => {
    await say(ada, { text: "Here I am" });
    expect(await follow(ben.hub, ben.hub.fediverse.actors.ofMember("bilal"), `@${ada.name}`)).toMatchObject({ kind: "asked" });
    await until(async () => (await moors.services.fediverse.findFollow(ben.uri, ada.uri))?.state === "accepted");
    expect(await follow(ada.hub, ada.hub.fediverse.actors.ofMember("ada"), `@${ben.name}`)).toMatchObject({ kind: "asked" });
    await until(async () => (await dales.services.fediverse.findFollow(ada.uri, ben.uri))?.state === "accepted");
    expect(await dales.services.fediverse.findFollow(ben.uri, ada.uri)).toMatchObject({ state: "accepted" });
    expect(await moors.services.fediverse.findFollow(ada.uri, ben.uri)).toMatchObject({ state: "accepted" });
  });

  it("exchange posts: answered, edited with what it said before kept, liked, boosted, and deleted there as here", async () => {
    const post = await say(ada, { text: "Rye is out", warning: "Bread", visibility: "followers" });
    await until(async () => (await seen(ben, uriOf(ada, post))) !== null);
    const there = (await seen(ben, uriOf(ada, post))) ?? expect.fail();
    expect(there).toMatchObject({ warning: "Bread", visibility: "followers", author: { uri: ada.uri, isOurs: false } });
    const answer = await say(ben, { text: "Keep me one", answers: there.id, mentions: [{ handle: ada.name, uri: ada.uri }] });
    await until(async () => (await seen(ada, uriOf(ben, answer))) !== null);
    expect((await ada.hub.services.statuses.getThread(post, ada)).replies.map(({ status }) => status.uri)).toEqual([uriOf(ben, answer)]);
    const open = await say(ada, { text: "For everybody" });
    await until(async () => (await seen(ben, uriOf(ada, open))) !== null);
    const openThere = (await seen(ben, uriOf(ada, open)))?.id ?? expect.fail();
    for (const type of ["Like", "Announce"] as const)
      await ben.hub.transaction((tx) => ben.hub.services.statuses.react(tx, ben, openThere, type));
    await until(async () => {
      const { likes, boosts } = (await ada.hub.services.statuses.getStatus(open, ada)).counts;
      return likes === 1 && boosts === 1;
    });
    await ben.hub.transaction((tx) => ben.hub.services.statuses.takeBack(tx, ben, openThere, "Like"));
    await until(async () => (await ada.hub.services.statuses.getStatus(open, ada)).counts.likes === 0);
    await ada.hub.transaction((tx) =>
      ada.hub.services.statuses.edit(tx, ada, open, { text: "For all of you", warning: "", language: "en", mentions: [], pictures: [] }),
    );
    await until(async () => (await seen(ben, uriOf(ada, open)))?.html.includes("For all of you") ?? false);
    expect(await ben.hub.services.statuses.listVersions(openThere, ben)).toHaveLength(1);
    await ada.hub.transaction((tx) => ada.hub.services.statuses.remove(tx, ada, open));
    await until(async () => (await seen(ben, uriOf(ada, open))) === null);
  });

  it("answer each other's polls, and hear how they go", async () => {
    const poll = { options: ["Rye", "Spelt"], isMultiple: false, endsAt: new Date(Date.now() + 3_600_000) };
    const asked = await say(ada, { text: "Which?", poll });
    await until(async () => (await seen(ben, uriOf(ada, asked))) !== null);
    const there = (await seen(ben, uriOf(ada, asked)))?.id ?? expect.fail();
    await ben.hub.transaction((tx) => ben.hub.services.statuses.vote(tx, ben, there, [1]));
    await until(async () => (await ada.hub.services.statuses.getStatus(asked, ada)).poll?.voters === 1);
    await moors.db.execute(sql`update ap_polls set voters = 0 where status_id = ${there}`);
    await ada.hub.transaction((tx) => ada.hub.services.statuses.tellFigures(tx));
    await until(async () => (await ben.hub.services.statuses.getStatus(there, ben)).poll?.voters === 1);
  });

  it("report each other: the stewards there hear of it, by the co-operative, not by whom", async () => {
    const post = await say(ada, { text: "Rude words" });
    await until(async () => (await seen(ben, uriOf(ada, post))) !== null);
    const { cookies, headers } = await asMember(ben);
    const payload = new URLSearchParams({ uri: uriOf(ada, post), words: "This is rude", forward: "yes" }).toString();
    const answered = await ben.hub.inject({ method: "POST", url: "/report", cookies, headers, payload });
    expect(answered.headers.location).toContain("report-sent");
    const reports = async () =>
      (await dales.db.execute<{ actor: string; accused: string; words: string }>(sql`select actor, accused, words from ap_reports`)).rows;
    await until(async () => (await reports()).length === 1);
    expect(await reports()).toEqual([{ actor: ben.hub.fediverse.actors.instance.uri, accused: ada.uri, words: "This is rude" }]);
    const { rows: stewards } = await dales.db.execute<{ kind: string }>(sql`select distinct kind from notifications where kind = 'report'`);
    await until(async () => (await dales.db.execute(sql`select from notifications where kind = 'report'`)).rows.length > 0);
    expect(stewards.length).toBeLessThanOrEqual(1);
  });

  it("block each other: nothing passes any more, and again when that is taken back", async () => {
    await block(ada.hub, ada.hub.fediverse.actors.ofMember("ada"), ben.uri);
    await until(async () => (await moors.services.fediverse.findFollow(ben.uri, ada.uri)) === null);
    expect(await follow(ben.hub, ben.hub.fediverse.actors.ofMember("bilal"), ada.uri)).toMatchObject({ kind: "refused", reason: "cut" });
    expect(await unblock(ada.hub, ada.hub.fediverse.actors.ofMember("ada"), ben.uri)).toBe(true);
    await until(async () => (await moors.db.execute(sql`select from ap_blocks where blocked = ${ben.uri}`)).rows.length === 0);
    await follow(ben.hub, ben.hub.fediverse.actors.ofMember("bilal"), ada.uri);
    await until(async () => (await moors.services.fediverse.findFollow(ben.uri, ada.uri))?.state === "accepted");
  });
});

describe("Fedify", { timeout: 120_000 }, () => {
  it("hears of a report about somebody there, and ours of one from there", async () => {
    await fedify.send(
      "fay",
      { id: ada.uri, inbox: `${ada.uri}/inbox` },
      new Follow({ id: fediId("/follows/1"), actor: new URL(fay), object: new URL(ada.uri) }),
    );
    await until(() => heard("Accept").length === 1);
    const note = { id: fediId("/notes/1"), attribution: new URL(fay), to: new URL(ada.uri), content: "<p>Rude</p>" };
    await fedify.send(
      "fay",
      { id: ada.uri, inbox: `${ada.uri}/inbox` },
      new Create({ id: fediId("/creates/1"), actor: new URL(fay), to: new URL(ada.uri), object: new Note(note) }),
    );
    await until(async () => (await seen(ada, note.id.href)) !== null);
    const { cookies, headers } = await asMember(ada);
    const payload = new URLSearchParams({ uri: note.id.href, words: "Rude to me", forward: "yes" }).toString();
    await ada.hub.inject({ method: "POST", url: "/report", cookies, headers, payload });
    await until(() => heard("Flag").length === 1);
    expect(heard("Flag")).toMatchObject([
      { actor: ada.hub.fediverse.actors.instance.uri, content: "Rude to me", object: [fay, note.id.href] },
    ]);
    const flag = new Flag({ id: fediId("/flags/1"), actor: new URL(fay), objects: [new URL(ada.uri)], content: "and she to me" });
    await fedify.send("fay", { id: ada.uri, inbox: `${ada.uri}/inbox` }, flag);
    await until(async () => (await dales.db.execute(sql`select from ap_reports where actor = ${fay}`)).rows.length === 1);
  });

  it("drops what stewards here took away", async () => {
    const post = await say(ada, { text: "Against the rules" });
    await until(() => heard("Create").some(({ object }) => (object as { id: string }).id === uriOf(ada, post)));
    await ada.hub.transaction((tx) =>
      ada.hub.services.comments.hide(tx, [uriOf(ada, post)], { by: ada.userId, reason: "Against the rules" }),
    );
    await until(() => heard("Delete").length === 1);
    expect(heard("Delete")).toMatchObject([{ actor: ada.uri, object: { id: uriOf(ada, post), type: "Tombstone" } }]);
    expect(await ada.hub.services.statuses.findByUri(uriOf(ada, post), ben)).toBeNull();
  });
});
