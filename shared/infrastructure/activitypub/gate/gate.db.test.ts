import { createHmac, createPublicKey } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../../../tests/app.ts";
import { openPeer, type Peer, type PeerActor, signed } from "../../../../tests/peer.ts";

const AS = "https://www.w3.org/ns/activitystreams";
let ahead = 0;
const clock = { now: () => new Date(Date.now() + ahead) };
const later = (seconds: number) => {
  ahead += seconds * 1000;
};
const blog = await openTestApp("blog", { clock, env: { DEPLOYMENT: "development", FEDIVERSE_LOOPBACK: "on" } });
const theirs = await openPeer();
const evil = await openPeer("evil.localhost");
afterAll(async () => {
  await blog.close();
  await theirs.close();
  await evil.close();
});

const inbox = `${blog.origin}/ap/inbox`;
let number = 0;
let ada: PeerActor;
let activity: Record<string, unknown>;

beforeEach(async () => {
  ahead = 0;
  await blog.db.execute(sql`
    with inbox as (delete from ap_inbox), known as (delete from ap_remote_actors), told as (delete from ap_activities) delete from ap_hosts`);
  number += 1;
  ada = theirs.actor(`ada-${number % 3}-${number}`);
  activity = {
    "@context": AS,
    id: `${theirs.origin}/activities/${number}`,
    type: "Follow",
    actor: ada.uri,
    object: `${blog.origin}/ap/actor`,
  };
});

type Options = Parameters<typeof signed>[3];
async function post(actor: Pick<PeerActor, "keyId" | "key">, what: object | string, options: Options = {}, url = "/ap/inbox") {
  const { headers, payload } = await signed(actor, `${blog.origin}${url}`, what, options);
  return send(headers, payload, url);
}
async function send(headers: Record<string, string>, payload: Buffer, url = "/ap/inbox") {
  return (await blog.app.inject({ method: "POST", url, headers: { host: new URL(blog.origin).host, ...headers }, payload })).statusCode;
}

/** Rows of whatever could have been stored. */
async function stored(): Promise<number> {
  const { rows } = await blog.db.execute<{ count: number }>(sql`
    select (select count(*) from ap_inbox) + (select count(*) from ap_remote_actors) + (select count(*) from ap_activities)
      + (select count(*) from ap_activity_handlings) as count`);
  return Number(rows[0]?.count);
}

describe("what may come in", () => {
  it.each(["cavage", "rfc9421"] as const)(
    "is stored as it came and in normal form, with what is to be done; signed by %s",
    async (style) => {
      expect(await post(ada, activity, { style })).toBe(202);
      const { rows } = await blog.db.execute(sql`
      select app, actor, activity, ap_inbox.type, raw, document, outcome, handler, handling.object_id from ap_inbox
      join ap_activities as told on (told.details ->> 'incoming')::bigint = ap_inbox.id
      join ap_activity_handlings as handling on handling.activity_id = told.id`);
      const { "@context": _, ...document } = activity;
      expect(rows).toEqual([
        {
          ...{
            app: "blog",
            actor: ada.uri,
            activity: activity["id"],
            type: "Follow",
            raw: JSON.stringify(activity),
            document,
            outcome: null,
          },
          ...{ handler: "federation.receive", object_id: activity["id"] },
        },
      ]);
      const known = await blog.db.execute(sql`select uri, inbox, shared_inbox from ap_remote_actors`);
      expect(known.rows).toEqual([{ uri: ada.uri, inbox: `${ada.uri}/inbox`, shared_inbox: `${theirs.origin}/inbox` }]);
    },
  );

  it("is stored once, however often and at once it comes", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(ada, activity)));
    expect(answers).toEqual(Array.from({ length: 8 }, () => 202));
    expect(await post(ada, { ...activity, type: "Delete" })).toBe(202); // the same id, whatever else it says
    expect(await stored()).toBe(4);
    expect(theirs.asked.filter((path) => path === new URL(ada.uri).pathname)).toHaveLength(1);
  });

  it("is stored all, where many come at once", async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ ...activity, id: `${activity["id"]}/${index}` }));
    const answers = await Promise.all(many.map((one) => post(ada, one)));
    expect(new Set(answers)).toEqual(new Set([202]));
    expect(await stored()).toBe(60 * 3 + 1);
  });

  it("is in the order of what it is about", async () => {
    const object = { id: `${theirs.origin}/notes/${number}`, type: "Note", attributedTo: ada.uri };
    await post(ada, { ...activity, type: "Create", object });
    await post(ada, { ...activity, id: `${activity["id"]}/delete`, type: "Delete", object: { id: object.id, type: "Tombstone" } });
    const { rows } = await blog.db.execute<{ object_id: string }>(sql`select distinct object_id from ap_activity_handlings`);
    expect(rows).toEqual([{ object_id: object.id }]);
  });

  it("comes under ld+json with the profile, and with an object of another's in it, which nobody believes yet", async () => {
    const type = `application/ld+json; profile="${AS}"`;
    expect(await post(ada, activity, { changed: { "content-type": type } })).toBe(202);
  });

  it("may be signed with a key that is new: the actor's host is asked once more", async () => {
    expect(await post(ada, activity)).toBe(202);
    const other = theirs.actor(`other-${number}`); // whose key the actor takes over, in a process that kept the old one for a while
    const { publicKeyPem } = other.document["publicKey"] as { publicKeyPem: string };
    theirs.show(new URL(ada.uri).pathname, { ...ada.document, publicKey: { id: ada.keyId, owner: ada.uri, publicKeyPem } });
    const renewed = { keyId: ada.keyId, key: other.key };
    const again = { ...activity, id: `${activity["id"]}/again` };
    expect(await post(renewed, again)).toBe(401); // it was asked less than a minute ago
    later(120);
    expect(await post(renewed, again, { now: clock.now() })).toBe(202);
    expect(await post(ada, { ...again, id: `${again.id}/old` }, { now: clock.now() })).toBe(401);
  });
});

describe("what is refused leaves nothing behind:", () => {
  type Case = [what: string, status: number, act: () => Promise<number>];
  const eve = () => evil.actor(`eve-${number}`);
  const withActor = async (changes: Record<string, unknown>, how: Parameters<Peer["show"]>[2] = {}) => {
    theirs.show(new URL(ada.uri).pathname, { ...ada.document, ...changes }, how);
    return post(ada, activity);
  };
  const changedBy = (changed: Record<string, string>) => post(ada, activity, { changed });

  const cases: Case[] = [
    // whose word it is
    ["an activity of another origin", 401, () => post(ada, { ...activity, id: `${evil.origin}/1` })],
    ["an activity of ours", 401, () => post(ada, { ...activity, id: `${blog.origin}/ap/activities/1` })],
    ["an actor of another origin than the key", 401, () => post(eve(), activity)],
    ["an actor of ours", 401, () => post(ada, { ...activity, id: `${blog.origin}/1`, actor: `${blog.origin}/ap/actor` })],
    ["another actor of the same origin", 401, () => post(ada, { ...activity, actor: theirs.actor(`bo-${number}`).uri })],
    ["two actors", 400, () => post(ada, { ...activity, actor: [ada.uri, theirs.actor(`bo-${number}`).uri] })],
    ["an embedded actor that is another", 401, () => post(ada, { ...activity, actor: { ...eve().document } })],
    ["a key that the actor does not have", 401, () => post({ ...ada, keyId: `${ada.uri}#other` }, activity)],
    ["a key of the same id that another made", 401, () => post({ keyId: ada.keyId, key: theirs.actor(`x-${number}`).key }, activity)],
    ["no id", 400, () => post(ada, { ...activity, id: undefined })],
    ["no type", 400, () => post(ada, { ...activity, type: undefined })],
    ["no actor", 400, () => post(ada, { ...activity, actor: undefined })],
    // what its host says of the actor
    ["an actor shown as a picture", 401, () => withActor({}, { type: "image/png" })],
    ["an actor shown as text", 401, () => withActor({}, { type: "text/plain" })],
    ["an actor shown as plain JSON", 401, () => withActor({}, { type: "application/json" })],
    ["an actor shown as ld+json of no profile", 401, () => withActor({}, { type: "application/ld+json" })],
    ["an actor that is another", 401, () => withActor({ id: `${theirs.origin}/users/bo` })],
    [
      "an actor whose key another owns",
      401,
      () => withActor({ publicKey: { ...(ada.document["publicKey"] as object), owner: eve().uri } }),
    ],
    [
      "an actor whose key lies elsewhere",
      401,
      () => withActor({ publicKey: { ...(ada.document["publicKey"] as object), id: `${evil.origin}/k` } }),
    ],
    ["an actor without a key", 401, () => withActor({ publicKey: undefined })],
    ["an actor whose inbox is elsewhere", 401, () => withActor({ inbox: `${evil.origin}/inbox` })],
    ["a note for an actor", 401, () => withActor({ type: "Note" })],
    ["an actor with a context of its own meaning", 401, () => withActor({ "@context": [AS, { publicKeyPem: "as:summary" }] })],
    ["an actor of half a megabyte", 401, () => withActor({ summary: "x".repeat(600_000) })],
    ["an actor that is not there", 401, () => withActor({}, { status: 500 })],
    ["an actor that is gone", 401, () => withActor({}, { status: 410 })],
    [
      "an actor that leads to a private address",
      401,
      () => withActor({}, { status: 302, headers: { location: "http://169.254.169.254/latest" } }),
    ],
    [
      "an actor whose host leads to what another says of it, as a page of an open redirect does",
      401,
      () => withActor({}, { status: 302, headers: { location: evil.show("/said", ada.document) } }),
    ],
    ["an actor that leads in circles", 401, () => withActor({}, { status: 302, headers: { location: ada.uri } })],
    // the request
    ["no signature", 401, () => changedBy({ signature: "" })],
    ["no digest", 401, () => changedBy({ digest: "" })],
    ["a digest of something else", 401, () => changedBy({ digest: "SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" })],
    ["a date that was not signed", 401, () => changedBy({ date: new Date(Date.now() + 1000).toUTCString() })],
    ["a request of two hours ago", 401, () => post(ada, activity, { now: new Date(clock.now().getTime() - 7_200_000) })],
    ["a request of tomorrow", 401, () => post(ada, activity, { now: new Date(clock.now().getTime() + 86_400_000) })],
    ["a body that was changed", 401, () => replaced(activity, { ...activity, type: "Delete" })],
    ["plain JSON", 415, () => changedBy({ "content-type": "application/json" })],
    ["ld+json of no profile", 415, () => changedBy({ "content-type": "application/ld+json" })],
    ["a form", 415, () => changedBy({ "content-type": "application/x-www-form-urlencoded" })],
    ["a picture", 415, () => changedBy({ "content-type": "image/png" })],
    ["another host of ours", 421, () => changedBy({ host: "market.rose-ash.localhost:8000" })],
    ["another host", 421, () => changedBy({ host: "blog.example" })],
    ["what was signed for another inbox", 401, () => signedFor(`${blog.origin}/ap/other`)],
    ["what was signed for another host", 401, () => signedFor("http://market.rose-ash.localhost:8000/ap/inbox")],
    ["a GET", 404, async () => (await blog.app.inject({ url: "/ap/inbox", headers: { host: new URL(blog.origin).host } })).statusCode],
    ["an inbox that is none", 404, () => post(ada, activity, {}, "/ap/nobody/inbox")],
    ["a body of 300 KB", 413, () => post(ada, { ...activity, content: "x".repeat(300_000) })],
    ["no JSON", 400, () => post(ada, "{")],
    ["a list", 400, () => post(ada, "[]")],
    ["what is nested deep", 400, () => post(ada, `{"id":"x","a":${"[".repeat(5000)}${"]".repeat(5000)}}`)],
    ["@graph", 400, () => post(ada, { ...activity, "@graph": [] })],
    ["@reverse", 400, () => post(ada, { ...activity, "@reverse": {} })],
    ["a context that turns a name", 400, () => post(ada, { ...activity, "@context": [AS, { actor: "as:object" }] })],
    ["a proof of something else", 401, () => post(ada, { ...activity, proof: PROOF })],
    ["a proof that is none", 401, () => post(ada, { ...activity, proof: [] })],
    // addresses
    ...[
      ...["https://127.0.0.1.:443/", "http://169.254.169.254/latest/meta-data", "http://10.0.0.1/users/ada", "http://[fd00::1]/users/ada"],
      ...[
        "http://[::ffff:10.0.0.1]/users/ada",
        "http://2130706433/users/ada",
        "http://ada:b@theirs.localhost/",
        "http://THEIRS.localhost/",
      ],
      ...["data:application/activity+json,{}", "file:///etc/passwd", "javascript:alert(1)"],
    ].map((uri): Case => [`an actor at ${uri}`, 401, () => atAddress(uri)]),
  ];

  const PROOF = {
    ...{ type: "DataIntegrityProof", cryptosuite: "eddsa-jcs-2022", proofPurpose: "assertionMethod", verificationMethod: "x" },
    proofValue: "z3sXaxjKs4M3BRicwWA9peyNPJvJqxtGsDmpt1jjoHCjgeUf71TRFz56osPSfDErszyLp5Ks1EhYSgpDaNM977Rg2",
  };
  const atAddress = (uri: string) => post({ keyId: `${uri}#k`, key: ada.key }, { ...activity, id: `${uri}1`, actor: uri });
  async function replaced(was: object, is: object): Promise<number> {
    const { headers } = await signed(ada, inbox, was);
    return send(headers, Buffer.from(JSON.stringify(is)));
  }
  async function signedFor(address: string): Promise<number> {
    const { headers, payload } = await signed(ada, address, activity);
    return send({ ...headers, host: new URL(blog.origin).host }, payload);
  }

  it.each(cases)("%s: %i", async (_what, status, act) => {
    expect(await act()).toBe(status);
    expect(await stored()).toBe(0);
  });

  it("two signatures", async () => {
    const { headers, payload } = await signed(ada, inbox, activity);
    expect(await send({ ...headers, signature: `${headers["signature"]}, ${headers["signature"]}` }, payload)).toBe(401);
    expect(await stored()).toBe(0);
  });

  it("a secret that is the public key", async () => {
    const { headers, payload } = await signed(ada, inbox, activity);
    const pem = createPublicKey(ada.key).export({ format: "pem", type: "spki" });
    const value = createHmac("sha256", pem).update("(request-target): post /ap/inbox").digest("base64");
    for (const algorithm of ["hmac-sha256", "none", "hs2019", "rsa-sha256"]) {
      const signature = `keyId="${ada.keyId}",algorithm="${algorithm}",headers="(request-target) host date digest",signature="${value}"`;
      expect(await send({ ...headers, signature }, payload)).toBe(401);
    }
    expect(await stored()).toBe(0);
  });

  it("whatever a suspended host sends, and it is not even asked", async () => {
    await blog.db.transaction((tx) => blog.services.fediverse.suspendHost(tx, theirs.host, true, "spam"));
    const asked = theirs.asked.length;
    expect(await post(ada, activity)).toBe(403);
    expect(await stored()).toBe(0);
    expect(theirs.asked.length).toBe(asked);
    await blog.db.transaction((tx) => blog.services.fediverse.suspendHost(tx, theirs.host, false, ""));
    expect(await post(ada, activity)).toBe(202);
  });

  it("the last word of an actor of whom we know nothing: taken, nothing done, and nobody asked", async () => {
    const asked = theirs.asked.length;
    expect(await post(ada, { ...activity, type: "Delete", object: ada.uri })).toBe(202);
    expect(await stored()).toBe(0);
    expect(theirs.asked.length).toBe(asked);
  });

  it("a flood of actors of one host that takes connections and never says anything: few are looked up, the others refused within seconds", async () => {
    const held: Socket[] = [];
    const mute = createServer((socket) => void held.push(socket)).listen(0, "127.0.0.1");
    await once(mute, "listening");
    const origin = `http://mute.localhost:${(mute.address() as AddressInfo).port}`;
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => atAddress(`${origin}/users/${index}/`)));
    expect(answers.filter((status) => status === 503).length).toBeGreaterThan(0);
    expect(answers.every((status) => status === 503 || status === 401)).toBe(true);
    expect(held.length).toBeLessThan(10);
    expect(await stored()).toBe(0);
    for (const socket of held) socket.destroy();
    mute.close();
  }, 20_000);
});
