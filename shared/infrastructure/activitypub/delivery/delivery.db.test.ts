import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../../../tests/app.ts";
import { until } from "../../../../tests/builders/outbox.ts";
import { openPeer, type Peer } from "../../../../tests/peer.ts";
import { isBodyOf, readPem, readSignature, verifySignature } from "../signatures/index.ts";
import { claim } from "./claim.ts";
import { startDelivery } from "./worker.ts";

const site = await openTestApp("federation", { env: { DEPLOYMENT: "development", FEDIVERSE_LOOPBACK: "on" } });
const { fediverse } = site.services;
const { publicUrl } = site.app;
const [theirs, others] = [await openPeer(), await openPeer("others.localhost")];
afterAll(async () => {
  await site.close();
  await theirs.close();
  await others.close();
});

const blog = publicUrl("blog", "/ap/actor");
let number = 0;

beforeEach(async () => {
  await site.db.execute(sql`
    with a as (delete from ap_follows), b as (delete from ap_hosts), c as (delete from ap_blocks), d as (delete from ap_remote_actors)
    delete from ap_outgoing`);
  for (const peer of [theirs, others]) {
    peer.received.length = 0;
    peer.answer = () => 202;
  }
});

/** Somebody at a peer follows the blog. */
async function aFollower(peer: Peer, name: string, { sharedInbox = `${peer.origin}/inbox` as string | null } = {}): Promise<string> {
  const uri = `${peer.origin}/users/${name}`;
  await site.db.execute(sql`
    insert into ap_remote_actors (uri, host, type, handle, inbox, shared_inbox, keys, document)
    values (${uri}, ${peer.host}, 'Person', ${name}, ${`${uri}/inbox`}, ${sharedInbox}, '[]', '{}')`);
  await site.db.transaction((tx) => fediverse.acceptFollower(tx, { follower: uri, followed: blog, activity: `${uri}/follow` }));
  return uri;
}

async function say(
  object = `${publicUrl("blog", "/posts/")}${++number}`,
  more: { type?: string; visibility?: "followers" } = {},
): Promise<string> {
  number += 1;
  const uri = publicUrl("blog", `/ap/activities/${number}`);
  const { type = "Create", visibility = "public" } = more;
  await site.db.transaction((tx) =>
    fediverse.say(tx, {
      ...{
        uri,
        app: "blog",
        actor: blog,
        type,
        object,
        visibility,
        isListed: true,
        isForFollowers: true,
        to: [],
        activityId: null,
        source: null,
      },
      document: { id: uri, type, actor: blog, object: { id: object } },
    }),
  );
  return uri;
}

async function states() {
  const { rows } = await site.db.execute<{ state: string; attempts: number; inbox: string; last_error: string | null; wait: number }>(sql`
    select state, attempts, inbox, last_error, extract(epoch from next_attempt_at - now())::int as wait from ap_deliveries order by id`);
  return rows;
}

/** Sends what is due now, and nothing more. */
async function deliver(): Promise<void> {
  const worker = startDelivery(site.app, { slots: 16, pollMs: 10 });
  await until(async () => {
    const { rows } = await site.db.execute(sql`
      select from ap_deliveries where state = 'pending' and (lease is not null or is_first or next_attempt_at <= now())`);
    return rows.length === 0;
  });
  await worker.stop();
}

const dueAgain = () => site.db.execute(sql`update ap_deliveries set next_attempt_at = now() where state = 'pending'`);

describe("a delivery", () => {
  it("is one for each distinct inbox, signed by the actor, over the very bytes", async () => {
    await aFollower(theirs, "ada");
    await aFollower(theirs, "bo");
    await aFollower(theirs, "cy", { sharedInbox: null });
    await aFollower(others, "di");
    const uri = await say();
    await deliver();
    expect(theirs.received.map(({ path }) => path).sort()).toEqual(["/inbox", "/users/cy/inbox"]);
    expect(others.received.map(({ path }) => path)).toEqual(["/inbox"]);
    const [request] = others.received;
    if (request === undefined) return expect.fail();
    expect(JSON.parse(request.body)).toMatchObject({ id: uri });
    expect(request.headers["content-type"]).toBe("application/activity+json");
    const message = { method: "POST", scheme: "http", authority: others.host, target: "/inbox", headers: request.headers } as const;
    const claimed = readSignature(message, new Date(), true);
    if (claimed.kind === "unsigned") return expect.fail(claimed.reason);
    const actor = await site.app.fediverse.keysOf(site.app.fediverse.actors.ofApp("blog"));
    expect(claimed.keyId).toBe(actor?.rsa.id);
    const { body } = await site.app.inject({ url: "/ap/actor", headers: { host: new URL(site.origin).host } });
    const key = readPem(claimed.keyId, JSON.parse(body).publicKey.publicKeyPem); // all six have the one keypair
    expect(key !== null && verifySignature(claimed, key) && isBodyOf(claimed, message, Buffer.from(request.body))).toBe(true);
    expect((await states()).map(({ state, attempts }) => [state, attempts])).toEqual([
      ["done", 1],
      ["done", 1],
      ["done", 1],
    ]);
  });

  it("goes to nobody who is blocked, blocks, is gone, or lives where nothing goes", async () => {
    const [ada, bo, cy] = [
      await aFollower(theirs, "ada", { sharedInbox: null }),
      await aFollower(theirs, "bo", { sharedInbox: null }),
      await aFollower(others, "cy"),
    ];
    await site.db.execute(sql`insert into ap_blocks (actor, blocked, activity) values (${ada}, ${blog}, 'x'), (${blog}, ${bo}, 'y')`);
    await site.db.transaction((tx) => fediverse.suspendHost(tx, others.host, true, "spam"));
    await say();
    expect(await states()).toEqual([]);
    await site.db.transaction((tx) => fediverse.suspendHost(tx, others.host, false, ""));
    expect((await fediverse.listMembers(blog, "followers", 1)).items).toContain(cy); // lifting it brings back what nothing else hides
    await say();
    expect((await states()).map(({ inbox }) => inbox)).toEqual([`${others.origin}/inbox`]);
  });

  it("is in order for each object: what deletes waits for what creates, and other things do not", async () => {
    await aFollower(theirs, "ada");
    const object = publicUrl("blog", "/posts/in-order");
    const create = await say(object);
    theirs.answer = () => 503;
    await deliver();
    const remove = await say(object, { type: "Delete" });
    const other = await say();
    theirs.answer = () => 202;
    const bodies = () => theirs.received.map(({ body }) => JSON.parse(body).id);
    const worker = startDelivery(site.app, { slots: 16, pollMs: 10 });
    await until(() => bodies().includes(other));
    expect(bodies()).toEqual([create, other]);
    await dueAgain();
    await until(() => bodies().includes(remove));
    expect(bodies()).toEqual([create, other, create, remove]);
    await worker.stop();
  });

  it("is tried again later and later, and given up in the end; what a host never takes is given up at once", async () => {
    await aFollower(theirs, "ada");
    await say();
    theirs.answer = () => 500;
    await deliver();
    const [first] = await states();
    expect(first).toMatchObject({ state: "pending", attempts: 1, last_error: "it answered 500" });
    expect(first?.wait).toBeGreaterThan(13);
    expect(first?.wait).toBeLessThan(31);
    await site.db.execute(sql`update ap_deliveries set attempts = 15, next_attempt_at = now()`);
    await deliver();
    expect(await states()).toMatchObject([{ state: "dead", attempts: 16 }]);
    theirs.answer = () => 403;
    await say();
    await deliver();
    expect((await states())[1]).toMatchObject({ state: "dead", attempts: 1, last_error: "it answered 403" });
  });

  it("is signed in the newer style where that is asked for, and next time at once", async () => {
    await aFollower(theirs, "ada");
    theirs.answer = ({ headers }) => (headers["signature-input"] === undefined ? 401 : 202);
    await say();
    await deliver();
    expect(theirs.received).toHaveLength(2);
    await say();
    await deliver();
    expect(theirs.received).toHaveLength(3);
    expect((await states()).map(({ state }) => state)).toEqual(["done", "done"]);
  });

  it("that finds nobody drops who followed from there, and what else waited", async () => {
    await aFollower(theirs, "ada");
    const di = await aFollower(others, "di");
    theirs.answer = () => 410;
    await say();
    await say();
    await deliver();
    expect((await fediverse.listMembers(blog, "followers", 1)).items).toEqual([di]);
    expect(new Set((await states()).filter(({ inbox }) => inbox.startsWith(theirs.origin)).map(({ state }) => state))).toEqual(
      new Set(["discarded"]),
    );
  });

  it("leaves a host alone that fails again and again, and all that waits for it; others get theirs", async () => {
    await aFollower(theirs, "ada");
    await aFollower(others, "di");
    theirs.answer = () => 500;
    for (let tries = 0; tries < 5; tries += 1) {
      await say();
      await deliver();
    }
    expect(theirs.received).toHaveLength(5);
    const [host] = await fediverse.listHosts();
    expect(host).toMatchObject({ host: theirs.host, failures: 5 });
    expect(host?.restsUntil).not.toBeNull();
    await say();
    await deliver();
    expect([theirs.received.length, others.received.length]).toEqual([5, 6]);
    theirs.answer = () => 202;
    await site.db.execute(sql`update ap_hosts set rests_until = now()`);
    await dueAgain();
    await deliver();
    expect(await fediverse.listHosts()).toEqual([]);
  });

  it("to private addresses is none", async () => {
    await aFollower(theirs, "ada");
    await site.db.execute(sql`update ap_remote_actors set shared_inbox = 'http://169.254.169.254/inbox'`);
    await say();
    await deliver();
    expect(await states()).toMatchObject([{ state: "dead", last_error: "not-public" }]);
  });

  it("that only followers get says who of them we think is there", async () => {
    const [ada, bo] = [await aFollower(theirs, "ada"), await aFollower(theirs, "bo")];
    await aFollower(others, "di");
    await say(undefined, { visibility: "followers" });
    await deliver();
    const hash = (uri: string) => createHash("sha256").update(uri).digest();
    const [a, b] = [hash(ada), hash(bo)];
    const digest = Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0))).toString("hex");
    const followers = publicUrl("blog", "/ap/followers");
    expect(theirs.received[0]?.headers["collection-synchronization"]).toBe(
      `collectionId="${followers}", url="${followers}/synchronise", digest="${digest}"`,
    );
  });

  it("waits while nothing goes out", async () => {
    await aFollower(theirs, "ada");
    await say();
    await site.db.execute(sql`select outgoing_paused_at()`);
    await site.db.execute(sql`update outgoing_state set paused_at = now(), reason = 'a test'`);
    expect(await claim(site.db, 10, [])).toEqual([]);
    await site.db.execute(sql`update outgoing_state set paused_at = null, reason = null`);
    expect(await claim(site.db, 10, [])).toHaveLength(1);
  });
});

it("lets what has few readers out beside what has many", { timeout: 30_000 }, async () => {
  await site.db.execute(sql`
    insert into ap_remote_actors (uri, host, type, handle, inbox, keys, document)
    select 'https://h' || n || '.example/a', 'h' || n || '.example', 'Person', 'a', 'https://h' || n || '.example/inbox', '[]', '{}'
    from generate_series(1, 3000) as n`);
  await site.db.execute(sql`
    insert into ap_follows (follower, followed, state, activity, accepted_at)
    select uri, ${blog}, 'accepted', uri || '/follow', now() from ap_remote_actors`);
  await say();
  await site.db.execute(sql`delete from ap_follows where follower > 'https://h1'`);
  await aFollower(theirs, "ada");
  const second = await say();
  const claimed = await claim(site.db, 100, []);
  const ofSecond = claimed.filter(({ body }) => JSON.parse(body.bytes.toString()).id === second);
  expect([claimed.length, ofSecond.length]).toEqual([51, 1]);
});
