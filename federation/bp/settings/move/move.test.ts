import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../../../tests/app.ts";
import { arrivalsAt } from "../../../../tests/builders/arrivals.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";
import { openPeer, type PeerActor } from "../../../../tests/peer.ts";

const site = await openTestApp("federation", { seeded: true, env: { DEPLOYMENT: "development", FEDIVERSE_LOOPBACK: "on" } });
const theirs = await openPeer();
const evil = await openPeer("evil.localhost");
const desk = arrivalsAt(site);
afterAll(async () => {
  await site.close();
  await theirs.close();
  await evil.close();
});
const { people, fediverse, notifications } = site.services;
const graceId = await aMember(site.db, { handle: "moving-grace", name: "Grace" });
const bilalId = await aMember(site.db, { handle: "bilal-b", name: "Bilal B" });
const grace = { cookies: await signedIn(site, "federation", graceId) };
const [own, his] = ["moving-grace", "bilal-b"].map((handle) => site.app.publicUrl("federation", `/ap/members/${handle}`)) as [
  string,
  string,
];

let number = 0;
function anActor(peer = theirs, more: Record<string, unknown> = {}): PeerActor {
  number += 1;
  const actor = peer.actor(`ada${number}`);
  peer.show(`/users/ada${number}`, { ...actor.document, ...more });
  return actor;
}
const stateOf = async (follower: string, followed: string) => (await fediverse.findFollow(follower, followed))?.state ?? null;
const follows = (follower: string, followed: string) =>
  site.db.execute(sql`insert into ap_follows (follower, followed, state, accepted_at, activity)
    values (${follower}, ${followed}, 'accepted', now(), ${`${site.origin}/ap/activities/${follower}-${followed}`})`);
const move = (name: string, more = { sure: "yes" }) => site.post("/settings/move", { name, ...more }, grace);

beforeEach(async () => {
  await site.db.execute(sql`
    with a as (delete from ap_follows), b as (delete from ap_blocks), c as (delete from ap_inbox), d as (delete from ap_outgoing where type = 'Move'),
      e as (delete from notifications), f as (delete from people_lists)
    delete from profiles`);
  await site.db.transaction(async (tx) => {
    for (const uri of [own, his]) await people.showThemselves(tx, uri);
  });
  await desk.said();
});

describe("a member who moves away", { timeout: 30_000 }, () => {
  it("is followed where they went, by whoever follows them; their profile and document say where", async () => {
    const [fan, there] = [anActor(), anActor(theirs, { alsoKnownAs: [own] })];
    await desk.arrive(fan, { type: "Follow", object: own });
    await follows(his, own);
    await desk.said();
    expect((await move(there.uri)).headers.location).toBe("/settings/move?notice=moved-away");
    const said = await desk.said();
    expect(said).toMatchObject([
      { type: "Move", actor: own, object: own, target: there.uri },
      { type: "Follow", actor: his, object: there.uri },
      { type: "Undo", actor: his },
    ]);
    const { rows } = await site.db.execute(
      sql`select inbox from ap_deliveries join ap_outgoing on ap_outgoing.id = outgoing_id where type = 'Move'`,
    );
    expect(rows).toEqual([{ inbox: `${theirs.origin}/inbox` }]);
    expect([await stateOf(his, own), await stateOf(his, there.uri)]).toEqual([null, "asked"]);
    expect((await notifications.listGroups(bilalId, [], null)).groups).toMatchObject([{ kind: "move" }]);
    expect((await site.get("/@moving-grace")).body).toContain("They have moved");
    expect((await site.get("/ap/members/moving-grace", { headers: { accept: "application/activity+json" } })).json()).toMatchObject({
      movedTo: there.uri,
    });
  });

  it("goes nowhere that does not name them, to nobody, to an account here, or without meaning it; and not twice within a month", async () => {
    const [other, there, again] = [anActor(), anActor(theirs, { alsoKnownAs: own }), anActor(theirs, { alsoKnownAs: [own] })];
    for (const name of [other.uri, `@nobody@${theirs.host}`, "@bilal-b", "http://169.254.169.254/", ""])
      expect((await move(name)).statusCode).toBe(422);
    expect((await move(there.uri, { sure: "no" })).statusCode).toBeGreaterThanOrEqual(400);
    expect(await desk.said()).toEqual([]);
    await move(there.uri);
    await site.post("/settings/move/back", {}, grace);
    expect((await site.get("/@moving-grace")).body).not.toContain("They have moved");
    const { statusCode, body } = await move(again.uri);
    expect([statusCode, body.includes("within the last thirty days")]).toEqual([422, true]);
  });
});

describe("somebody who moves here", { timeout: 30_000 }, () => {
  it("is followed here by the members who followed them there, once the member has named the old account", async () => {
    const old = anActor();
    await follows(his, old.uri);
    await site.app.fediverse.remote
      .find(old.uri)
      .then((known) => (known.kind === "actor" ? site.app.fediverse.remote.keep(site.db, known.actor) : undefined));
    const list = await site.db.transaction((tx) => people.makeList(tx, bilalId, "Friends"));
    if (list === null) return expect.fail();
    await site.db.transaction((tx) => people.addToList(tx, bilalId, list, old.uri));
    expect(await desk.arrive(old, { type: "Move", object: old.uri, target: own })).toContain("does not know the old account");
    expect((await site.post("/settings/move/aliases", { aliases: old.uri }, grace)).headers.location).toBe("/settings/move?notice=saved");
    expect((await site.get("/ap/members/moving-grace", { headers: { accept: "application/activity+json" } })).json()).toMatchObject({
      alsoKnownAs: [old.uri],
    });
    expect(await desk.arrive(old, { type: "Move", object: old.uri, target: own })).toBe("moved, 1 of ours with it");
    expect([await stateOf(his, old.uri), await stateOf(his, own)]).toEqual([null, "accepted"]);
    expect(await people.listPeopleOfList(bilalId, list)).toEqual([own]);
    expect((await notifications.listGroups(graceId, [], null)).groups).toMatchObject([{ kind: "follow" }]);
  });

  it("brings nobody along who blocks the new account, or was turned away by the old one", async () => {
    const old = anActor();
    await follows(his, old.uri);
    await site.post("/settings/move/aliases", { aliases: old.uri }, grace);
    await site.db.execute(sql`insert into ap_blocks (actor, blocked, activity) values (${his}, ${own}, 'b')`);
    await desk.arrive(old, { type: "Move", object: old.uri, target: own });
    expect([await stateOf(his, old.uri), await stateOf(his, own)]).toEqual([null, null]);
  });
});

describe("a Move", { timeout: 30_000 }, () => {
  it("that is forged, or names no account that agrees, changes nothing", async () => {
    const [old, there] = [anActor(), anActor(theirs)];
    const eve = anActor(evil, { alsoKnownAs: [old.uri] });
    await follows(his, old.uri);
    expect(await desk.arrive(eve, { type: "Move", object: old.uri, target: eve.uri })).toContain("ignored");
    expect(await desk.arrive(old, { type: "Move", object: eve.uri, target: there.uri })).toContain("ignored");
    expect(await desk.arrive(old, { type: "Move", object: old.uri, target: there.uri })).toContain("does not know");
    expect(await desk.arrive(old, { type: "Move", object: old.uri, target: site.app.publicUrl("blog", "/ap/actor") })).toContain(
      "no such member",
    );
    expect(await stateOf(his, old.uri)).toBe("accepted");
  });

  it("is followed once a week at most", async () => {
    const old = anActor();
    const [first, second] = [anActor(theirs, { alsoKnownAs: [old.uri] }), anActor(theirs, { alsoKnownAs: [old.uri] })];
    await follows(his, old.uri);
    expect(await desk.arrive(old, { type: "Move", object: old.uri, target: first.uri })).toContain("moved");
    expect(await desk.arrive(old, { type: "Move", object: old.uri, target: second.uri })).toContain("within a week");
    expect(await stateOf(his, second.uri)).toBeNull();
  });
});
