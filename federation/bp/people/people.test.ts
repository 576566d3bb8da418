import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { arrivalsAt } from "../../../tests/builders/arrivals.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";
import { openPeer, type PeerActor } from "../../../tests/peer.ts";

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
const graceId = await aMember(site.db, { handle: "baker-grace", name: "Grace" });
const bilalId = await aMember(site.db, { handle: "bilal-b", name: "Bilal B" });
const grace = { cookies: await signedIn(site, "federation", graceId) };
const bilal = { cookies: await signedIn(site, "federation", bilalId) };
const uriOf = (handle: string) => site.app.publicUrl("federation", `/ap/members/${handle}`);
const [own, his] = [uriOf("baker-grace"), uriOf("bilal-b")];
const HOSTILE = "<script>alert(1)</script>";

let number = 0;
let ada: PeerActor;
const addressOf = (actor: PeerActor) => `/@${actor.uri.split("/").at(-1)}@${new URL(actor.uri).host}`;
/** Somebody at the peer, as their document says. */
function anActor(peer = theirs, more: Record<string, unknown> = {}): PeerActor {
  number += 1;
  const actor = peer.actor(`ada${number}`);
  peer.show(`/users/ada${number}`, { ...actor.document, ...more });
  return actor;
}
const follow = (form: Record<string, string>, who = grace) => site.post("/following", form, who);
/** Somebody here has asked for them before. */
async function keep({ uri }: PeerActor): Promise<void> {
  const known = await site.app.fediverse.remote.find(uri);
  if (known.kind === "actor") await site.app.fediverse.remote.keep(site.db, known.actor);
}
const about = (actor: { uri: string }) => ({ uri: actor.uri });
const stateOf = async (follower: string, followed: string) => (await fediverse.findFollow(follower, followed))?.state ?? null;
const saidTypes = async () => (await desk.said()).map(({ type }) => type);

beforeEach(async () => {
  await site.db.execute(sql`
    with a as (delete from ap_follows), b as (delete from ap_blocks), c as (delete from mutes), d as (delete from domain_blocks),
      e as (delete from follow_exceptions), f as (delete from people_lists), g as (delete from notifications), o as (delete from notifications_off), h as (delete from profile_links),
      i as (delete from relation_facts where relation like 'federation.%')
    delete from profiles`);
  await site.db.transaction(async (tx) => {
    await people.showThemselves(tx, own);
    await people.showThemselves(tx, his);
  });
  await desk.said();
  ada = anActor();
});

describe("a profile", { timeout: 30_000 }, () => {
  it("of a member shows what they say of themselves, to the world as well", async () => {
    const form = { name: "Grace H.", bio: "I bake.\nBread.", locked: "yes", fieldName: "Web", fieldValue: "https://grace.example/" };
    expect((await site.post("/settings/profile", form, grace)).headers.location).toBe("/settings/profile?notice=profile-saved");
    const { body } = await site.get("/@baker-grace");
    for (const words of [
      "Grace H.",
      "I bake.<br",
      'rel="me nofollow noopener noreferrer">https://grace.example/',
      "Asks before you follow",
    ])
      expect(body).toContain(words);
    const headers = { accept: "application/activity+json" };
    expect((await site.get("/ap/members/baker-grace", { headers })).json()).toMatchObject({
      ...{ type: "Person", name: "Grace H.", summary: "<p>I bake.<br>Bread.</p>", manuallyApprovesFollowers: true },
      attachment: [{ type: "PropertyValue", name: "Web", value: expect.stringContaining('href="https://grace.example/" rel="me') }],
      url: `${site.origin}/@baker-grace`,
    });
    await desk.handle("federation.tell-of-profile", { type: "Update", object: { type: "Profile", id: own } });
    expect(await desk.said()).toMatchObject([{ type: "Update", actor: own, object: { id: own, name: "Grace H." } }]);
  });

  it("runs nothing that its member or somebody elsewhere wrote, and shows no name that is not what it seems", async () => {
    const form = { name: `G ${HOSTILE}`, bio: HOSTILE, fieldName: `x${HOSTILE}`, fieldValue: "javascript:alert(1)" };
    await site.post("/settings/profile", form, grace);
    const mine = (await site.get("/@baker-grace")).body;
    const eve = anActor(evil, {
      name: `\u202eadA ${HOSTILE}\u200b\n ✅ ${"\u0301".repeat(50)}`,
      summary: `<p onclick="x()">Hi <img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a><style>*{}</style></p>`,
      attachment: [
        { type: "PropertyValue", name: HOSTILE, value: '<a href="https://evil.example/"><span>https://good.example</span></a>' },
        { type: "PropertyValue", name: "js", value: '<a href="javascript:alert(1)">x</a>' },
        { type: "PropertyValue", name: "user", value: '<a href="https://good.example@evil.example/">x</a>' },
      ],
      url: "javascript:alert(1)",
    });
    evil.show(found(eve), jrd(eve), { type: "application/jrd+json" });
    const others = (await site.get(addressOf(eve), grace)).body;
    for (const body of [mine, others]) {
      expect(body).not.toContain("<script>alert");
      expect(body).not.toMatch(/href="javascript|onerror=|onclick=|<style/);
    }
    expect(others).not.toMatch(/[\u202e\u200b✅]|\u0301{3}/u);
    expect(others).toContain(">https://evil.example/</a>"); // a link is shown by where it leads
    expect(others).not.toContain("https://good.example<");
    expect((await people.findProfile({ uri: eve.uri }))?.fields.map(({ href }) => href)).toEqual(["https://evil.example/", null, null]);
  });

  it("refuses what nobody could read, and keeps what was typed", async () => {
    const long = { name: "", bio: "x".repeat(1001), fieldName: "only a name", fieldValue: "" };
    const { statusCode, body } = await site.post("/settings/profile", long, grace);
    expect(statusCode).toBe(422);
    expect(body).toContain("only a name");
    expect((await site.post("/settings/profile", long)).statusCode).toBe(401);
  });

  it("of somebody elsewhere is asked for by members only, and then known to everybody", async () => {
    const named = `/@${number}`;
    expect((await site.get(named, grace)).statusCode).toBe(404);
    theirs.show(found(ada), jrd(ada), { type: "application/jrd+json" });
    expect((await site.get(addressOf(ada))).statusCode).toBe(404);
    expect((await site.get(addressOf(ada), grace)).body).toContain("from afar");
    const { body, headers } = await site.get(addressOf(ada));
    expect(body).toContain("from afar");
    expect(headers["x-robots-tag"]).toBe("noindex");
  });

  it("says of a page that leads back so, and of no other", async () => {
    const pages = {
      proof: `<a rel="nofollow me" href="${site.origin}/@baker-grace/">me</a>`,
      none: `<a href="${site.origin}/@baker-grace">me</a>`,
    };
    for (const [name, html] of Object.entries(pages)) theirs.show(`/pages/${name}`, html, { type: "text/html" });
    theirs.show("/pages/round", "", { status: 302, headers: { location: "/pages/round" } });
    theirs.show("/pages/inside", "", { status: 302, headers: { location: "http://169.254.169.254/" } });
    const values = [...["proof", "none", "round", "inside"].map((name) => `${theirs.origin}/pages/${name}`)];
    await site.app.transaction((tx) =>
      people.saveProfile(tx, graceId, {
        ...{ name: "Grace", bio: "", isLocked: false, isFindable: false },
        fields: [...values, `${site.origin}/@baker-grace`].map((value) => ({ name: "Web", value })),
      }),
    );
    await desk.handle("federation.verify-links", { type: "Update", object: { type: "Profile", id: own } });
    const proven = (await people.findProfile({ handle: "baker-grace" }))?.fields.filter(({ verifiedAt }) => verifiedAt !== null);
    expect(proven?.map(({ href }) => href)).toEqual([values[0]]);
    expect((await site.get("/@baker-grace")).body).toContain("that page links back here");
  });
});

const found = ({ uri }: PeerActor) =>
  `/.well-known/webfinger?resource=${encodeURIComponent(`acct:${uri.split("/").at(-1)}@${new URL(uri).host}`)}`;
const jrd = ({ uri }: PeerActor) => ({
  subject: `acct:${uri.split("/").at(-1)}@${new URL(uri).host}`,
  links: [{ rel: "self", type: "application/activity+json", href: uri }],
});

describe("a follow between members", { timeout: 30_000 }, () => {
  it("holds at once, and the followed one hears of it; of one who is locked it waits for a yes", async () => {
    expect((await follow({ name: "@bilal-b", next: "/@bilal-b" })).headers.location).toBe("/@bilal-b?notice=followed");
    expect(await stateOf(own, his)).toBe("accepted");
    expect((await notifications.listGroups(bilalId, [], null)).groups).toMatchObject([{ kind: "follow", people: [{ name: "Grace" }] }]);
    expect((await site.get("/@bilal-b", grace)).body).toContain("Unfollow");
    await site.post("/following/end", { uri: his, next: "/@bilal-b" }, grace);
    expect((await notifications.listGroups(bilalId, [], null)).groups).toEqual([]);
    await site.post("/settings/profile", { name: "Bilal", bio: "", locked: "yes" }, bilal);
    expect((await follow({ name: his })).headers.location).toBe("/following?notice=follow-asked");
    expect(await stateOf(own, his)).toBe("asked");
    expect((await site.get("/followers", bilal)).body).toContain("Let them");
    expect((await site.get("/notifications", bilal)).body).toContain("asks to follow you");
    expect((await site.post("/followers/accept", { uri: own }, bilal)).headers.location).toBe("/followers?notice=follower-accepted");
    expect(await stateOf(own, his)).toBe("accepted");
    expect((await site.post("/followers/accept", { uri: own }, bilal)).headers.location).toBe("/followers?notice=not-there-now");
  });

  it("is nobody's with oneself", async () => {
    const { statusCode, body } = await follow({ name: "@baker-grace" });
    expect([statusCode, body.includes("That is you")]).toEqual([422, true]);
  });

  it("that waits is answered with a yes once nobody is asked any more", async () => {
    await site.post("/settings/profile", { name: "Bilal", bio: "", locked: "yes" }, bilal);
    await follow({ name: "@bilal-b" });
    await site.post("/settings/profile", { name: "Bilal", bio: "", locked: "no" }, bilal);
    expect(await stateOf(own, his)).toBe("accepted");
  });
});

describe("somebody elsewhere who asks to follow a locked member", { timeout: 30_000 }, () => {
  beforeEach(async () => {
    await site.post("/settings/profile", { name: "Grace", bio: "", locked: "yes" }, grace);
    await desk.said();
  });
  const asks = (actor = ada) => desk.arrive(actor, { type: "Follow", object: own });

  it("waits, and gets Accept or Reject as the member decides", async () => {
    expect(await asks()).toBe("waits for a yes");
    expect(await desk.said()).toEqual([]);
    expect(await stateOf(ada.uri, own)).toBe("asked");
    await site.post("/followers/accept", about(ada), grace);
    expect(await stateOf(ada.uri, own)).toBe("accepted");
    expect(await desk.said()).toMatchObject([
      { type: "Accept", actor: own, to: [ada.uri], object: { type: "Follow", actor: ada.uri, object: own } },
    ]);
    const eve = anActor(evil);
    await asks(eve);
    await site.post("/followers/remove", about(eve), grace);
    expect(await stateOf(eve.uri, own)).toBeNull();
    expect(await desk.said()).toMatchObject([{ type: "Reject", object: { actor: eve.uri } }]);
  });

  it("is not let in by asking twice, by another's word, or by somebody else's yes", async () => {
    await asks();
    await asks();
    expect(await stateOf(ada.uri, own)).toBe("asked");
    await desk.arrive(anActor(evil), { type: "Accept", object: { type: "Follow", actor: ada.uri, object: own } });
    expect((await site.post("/followers/accept", about(ada), bilal)).headers.location).toBe("/followers?notice=not-there-now");
    expect(await stateOf(ada.uri, own)).toBe("asked");
    expect((await notifications.listGroups(graceId, [], null)).groups).toHaveLength(1);
  });

  it("can take it back, and nobody is told of it any more", async () => {
    await asks();
    await desk.arrive(ada, { type: "Undo", object: { type: "Follow", actor: ada.uri, object: own } });
    expect((await notifications.listGroups(graceId, [], null)).groups).toEqual([]);
    expect(await people.countRequests(own)).toBe(0);
  });

  it("and was let in stays so when they ask again; removed they are told", async () => {
    await asks();
    await site.post("/followers/accept", about(ada), grace);
    await desk.said();
    expect(await asks()).toBe("follows");
    await site.post("/followers/remove", about(ada), grace);
    expect(await saidTypes()).toEqual(["Accept", "Reject"]);
  });
});

describe("a block", { timeout: 30_000 }, () => {
  it("goes out, ends follows both ways, hides, and lets neither follow again until it is taken back", async () => {
    await follow({ name: ada.uri });
    await desk.arrive(ada, { type: "Follow", object: own });
    await desk.said();
    await site.post("/hidden/blocks", about(ada), grace);
    expect(await desk.said()).toMatchObject([{ type: "Block", actor: own, object: ada.uri }]);
    expect([await stateOf(own, ada.uri), await stateOf(ada.uri, own)]).toEqual([null, null]);
    const { rows } = await site.db.execute(
      sql`select inbox from ap_deliveries join ap_outgoing on ap_outgoing.id = outgoing_id where type = 'Block'`,
    );
    expect(rows).toEqual([{ inbox: `${ada.uri}/inbox` }]);
    expect(await desk.arrive(ada, { type: "Follow", object: own })).toContain("refused");
    expect((await follow({ name: ada.uri })).statusCode).toBe(422);
    expect((await site.get("/hidden", grace)).body).toContain("from afar");
    expect(await site.services.relations.holds({ relation: "federation.cut", values: [ada.uri, own] })).toBe(true);
    await desk.said();
    await site.post("/hidden/blocks/end", about(ada), grace);
    expect(await desk.said()).toMatchObject([{ type: "Undo", object: { type: "Block", object: ada.uri } }]);
    expect(await desk.arrive(ada, { type: "Follow", object: own })).toBe("follows");
  });

  it("of a server ends follows with everybody there, and no other; their notifications do not come", async () => {
    const [bo, eve] = [anActor(), anActor(evil)];
    await follow({ name: bo.uri });
    for (const actor of [ada, eve]) await desk.arrive(actor, { type: "Follow", object: own });
    await desk.said();
    await site.post("/hidden/servers", { domain: `https://${theirs.host}/about` }, grace);
    expect((await saidTypes()).sort()).toEqual(["Reject", "Undo"]);
    expect([await stateOf(own, bo.uri), await stateOf(ada.uri, own), await stateOf(eve.uri, own)]).toEqual([null, null, "accepted"]);
    expect(await desk.arrive(anActor(), { type: "Follow", object: own })).toContain("refused");
    expect((await site.get(addressOf(ada), grace)).body).toContain("You have blocked their server");
    await site.post("/hidden/servers/end", { domain: theirs.host }, grace);
    expect(await desk.arrive(ada, { type: "Follow", object: own })).toBe("follows");
    for (const domain of ["", "no host", `${new URL(site.origin).host}`, "a@b@c", "http://"])
      expect((await site.post("/hidden/servers", { domain }, grace)).statusCode).toBe(422);
  });
});

describe("a mute", { timeout: 30_000 }, () => {
  it("is told to nobody, keeps notifications away where wanted, and ends by itself", async () => {
    await site.get(addressOf(ada), grace);
    await keep(ada);
    await site.post("/hidden/mutes", { uri: ada.uri, days: "7", quiet: "yes" }, grace);
    expect(await desk.said()).toEqual([]);
    const [mute] = await people.listMuted(own);
    expect(mute?.until?.getTime()).toBeGreaterThan(Date.now() + 6 * 86_400_000);
    await desk.arrive(ada, { type: "Follow", object: own });
    expect(await stateOf(ada.uri, own)).toBe("accepted");
    expect(await notifications.countUnread(graceId)).toBe(0);
    await site.db.execute(sql`update mutes set until = now() - interval '1 second'`);
    expect(await people.listMuted(own)).toEqual([]);
    expect((await people.standing(own, ada.uri)).mutes).toBeNull();
    const like = { userId: graceId, kind: "like", actor: ada.uri, object: "https://one.example/" } as const;
    await site.app.transaction((tx) => notifications.notify(tx, like));
    expect(await notifications.countUnread(graceId)).toBe(1);
  });
});

describe("a follow that a rule derives", { timeout: 30_000 }, () => {
  it("stays when what was asked for is taken back, says so, and ends by an exception", async () => {
    const coop = anActor(theirs, { type: "Group" });
    const bo = anActor();
    for (const actor of [coop, bo]) await follow({ name: actor.uri });
    await site.db.execute(sql`update ap_follows set state = 'accepted', accepted_at = now()`);
    await site.db.execute(sql`
      insert into relation_facts (relation, arguments, asserted_by) values
        ('federation.announces', ${JSON.stringify([coop.uri, bo.uri])}::jsonb, 'user:1'), ('federation.auto_follow', ${JSON.stringify([own, coop.uri])}::jsonb, 'user:1')`);
    const { headers } = await site.post("/following/end", about(bo), grace);
    expect(headers.location).toBe(`${addressOf(bo)}?notice=followed-by-rule`);
    const follows = () => site.services.relations.holds({ relation: "federation.follows", values: [own, bo.uri] });
    expect(await follows()).toBe(true);
    const { body } = await site.get(addressOf(bo), grace);
    expect(body).toContain("You follow them by a rule");
    expect(body).toContain("announces");
    await site.post("/following/exceptions", about(bo), grace);
    expect(await follows()).toBe(false);
    expect((await site.get(addressOf(bo), grace)).body).toContain("You made an exception");
    await site.post("/following/exceptions/end", about(bo), grace);
    expect(await follows()).toBe(true);
  });
});

describe("lists", { timeout: 30_000 }, () => {
  it("hold whom the member follows, are theirs alone, and give the timeline those who are followed still", async () => {
    await follow({ name: "@bilal-b" });
    const made = await site.post("/lists", { name: "Bakers" }, grace);
    const id = Number(/\/lists\/(\d+)\/people/.exec(String(made.headers.location))?.[1]) as Awaited<
      ReturnType<typeof people.listLists>
    >[number]["id"];
    expect((await site.post("/lists", { name: "Bakers" }, grace)).statusCode).toBe(422);
    expect((await site.post("/lists", { name: "\u202e" }, grace)).statusCode).toBe(422);
    expect((await site.get(`/lists/${id}/people`, grace)).body).toContain("Bilal");
    expect((await site.post(`/lists/${id}/people`, { uri: his }, grace)).headers.location).toContain("list-joined");
    expect((await site.post(`/lists/${id}/people`, { uri: "https://nobody.example/" }, grace)).headers.location).toContain(
      "list-follow-first",
    );
    expect(await people.listPeopleOfList(graceId, id)).toEqual([his]);
    for (const path of ["people", "name", "end", "people/end"])
      expect((await site.post(`/lists/${id}/${path}`, { uri: his, name: "Mine" }, bilal)).statusCode).toBe(404);
    expect((await site.get(`/lists/${id}/people`, bilal)).statusCode).toBe(404);
    await site.post("/following/end", { uri: his }, grace);
    expect(await people.listPeopleOfList(graceId, id)).toEqual([]);
    await site.post(`/lists/${id}/end`, {}, grace);
    expect(await people.listLists(graceId)).toEqual([]);
  });
});

describe("people", { timeout: 30_000 }, () => {
  it("are found by parts of their names here, and by their whole name elsewhere", async () => {
    theirs.show(found(ada), jrd(ada), { type: "application/jrd+json" });
    const search = (q: string, who: object = grace) => site.get(`/people?q=${encodeURIComponent(q)}`, who);
    expect((await search("grac")).body).toContain("/@baker-grace");
    expect((await search(addressOf(ada).slice(1), {})).body).toContain("Nobody was found");
    expect((await search(addressOf(ada).slice(1))).body).toContain("from afar");
    expect((await search(ada.uri)).body).toContain("from afar");
    for (const odd of ["%", "_", "\\", "'", HOSTILE, "@@", "x".repeat(900)]) {
      const { statusCode, body } = await search(odd);
      expect([odd, statusCode, body.includes("<script>alert")]).toEqual([odd, 200, false]);
    }
    const customer = await aMember(site.db, { handle: "quiet", name: "Graceful Quiet" });
    expect(customer).toBeGreaterThan(0);
    expect((await search("Graceful")).body).not.toContain("/@quiet");
    expect((await site.get("/@quiet", grace)).statusCode).toBe(404);
  });

  it("have a card that asks no other host", async () => {
    const before = theirs.asked.length;
    const { statusCode, body } = await site.get("/@baker-grace/card");
    expect([statusCode, body.includes("<html"), body.includes("Grace")]).toEqual([200, false, true]);
    expect(theirs.asked).toHaveLength(before);
  });
});

describe("notifications", { timeout: 30_000 }, () => {
  it("tell what is alike as one, by kind, and not what the member does not want to hear of", async () => {
    for (const [kind, object] of [
      ["like", "https://x.example/1"],
      ["like", "https://x.example/2"],
      ["boost", "https://x.example/1"],
    ] as const)
      for (const actor of [ada.uri, his]) {
        await keep(ada);
        for (let twice = 0; twice < 2; twice += 1)
          await site.app.transaction((tx) => notifications.notify(tx, { userId: graceId, kind, actor, object }));
      }
    const { groups } = await notifications.listGroups(graceId, [], null);
    expect(groups.map(({ kind, people: some }) => [kind, some.length])).toEqual([
      ["boost", 2],
      ["like", 2],
      ["like", 2],
    ]);
    expect((await notifications.listGroups(graceId, ["boost"], null)).groups).toHaveLength(1);
    const { body } = await site.get("/notifications", grace);
    expect(body).toMatch(/Bilal[\s\S]*and[\s\S]*from afar[\s\S]*shared what you wrote/);
    const { notices } = site.services;
    const { levels, seen } = await notices.getChoices(graceId);
    await site.app.transaction((tx) => notices.saveChoices(tx, graceId, { ...levels, like: "off" }, seen));
    await site.app.transaction((tx) =>
      notifications.notify(tx, { userId: graceId, kind: "like", actor: his, object: "https://x.example/3" }),
    );
    await site.app.transaction((tx) =>
      notifications.notify(tx, { userId: graceId, kind: "mention", actor: his, object: "https://x.example/3" }),
    );
    expect(await notifications.countUnread(graceId)).toBe(7);
    await site.app.transaction((tx) => notifications.retract(tx, { actor: his, kind: "mention", object: "https://x.example/3" }));
    expect(await notifications.countUnread(graceId)).toBe(6);
  });

  it("come of what members say to each other and do with it, and go when it is taken back", async () => {
    const { statuses } = site.services;
    const [writer, reader] = [
      { userId: graceId, handle: "baker-grace" },
      { userId: bilalId, handle: "bilal-b" },
    ];
    const draft = { warning: "", language: "en", visibility: "public", answers: null, about: null, pictures: [], poll: null } as const;
    const mentions = [{ handle: "bilal-b", uri: his }];
    const id = await site.app.transaction((tx) =>
      statuses.compose(tx, writer, { ...draft, text: `Bread for @bilal-b ${HOSTILE}`, mentions }),
    );
    const told = (type: "Create" | "Like" | "Undo" | "Delete", actorId = graceId) =>
      desk.handle("federation.notify-members", { type, actorId, object: { type: "Status", id: String(id) } });
    await told("Create");
    const { body } = await site.get("/notifications", bilal);
    expect(body).toContain(`href="/posts/${id}">mentioned you`);
    expect(body).toContain("Bread for @bilal-b");
    expect(body).not.toContain("<script>alert");
    await site.app.transaction((tx) => statuses.react(tx, reader, id, "Like"));
    await told("Like", bilalId);
    expect((await notifications.listGroups(graceId, [], null)).groups).toMatchObject([{ kind: "like", about: { path: `/posts/${id}` } }]);
    await site.app.transaction((tx) => statuses.takeBack(tx, reader, id, "Like"));
    await told("Undo", bilalId);
    expect((await notifications.listGroups(graceId, [], null)).groups).toEqual([]);
    await site.app.transaction((tx) => statuses.remove(tx, writer, id));
    await told("Delete");
    expect(await notifications.countUnread(bilalId)).toBe(0);
  });

  it("come of what somebody elsewhere says to a member, or likes of theirs", async () => {
    const { statuses } = site.services;
    const note = { id: `${theirs.origin}/notes/${number}`, type: "Note", attributedTo: ada.uri, content: "<p>Hello Grace</p>", to: [own] };
    expect(await desk.arrive(ada, { type: "Create", object: { ...note, tag: [{ type: "Mention", href: own }] } })).toContain("kept");
    const draft = {
      text: "Bread",
      warning: "",
      language: "en",
      visibility: "public",
      answers: null,
      about: null,
      pictures: [],
      poll: null,
      mentions: [],
    } as const;
    const id = await site.app.transaction((tx) => statuses.compose(tx, { userId: graceId, handle: "baker-grace" }, draft));
    const object = `${site.origin}/posts/${id}`;
    expect(await desk.arrive(ada, { type: "Like", id: `${theirs.origin}/likes/${number}`, object })).toBe("noted");
    expect((await notifications.listGroups(graceId, [], null)).groups.map(({ kind }) => kind)).toEqual(["like", "mention"]);
    await desk.arrive(ada, { type: "Undo", object: { id: `${theirs.origin}/likes/${number}`, type: "Like", actor: ada.uri, object } });
    expect((await notifications.listGroups(graceId, [], null)).groups.map(({ kind }) => kind)).toEqual(["mention"]);
  });
});
