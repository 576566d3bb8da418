import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Activity } from "@rose-ash/shared/contracts/activities.ts";
import type { ActivityId } from "@rose-ash/shared/models/ids.ts";
import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aFollow, aReader, aStatus } from "../../../tests/builders/statuses.ts";
import { openPeer, type PeerActor, signed } from "../../../tests/peer.ts";
import { fetchThread } from "../../statuses/fetch-thread.ts";
import { makeHandlers } from "../index.ts";

/** What others could send or answer without end. */
const AS = "https://www.w3.org/ns/activitystreams";
const PUBLIC = `${AS}#Public`;
const site = await openTestApp("federation", { env: { DEPLOYMENT: "development", FEDIVERSE_LOOPBACK: "on" } });
const theirs = await openPeer();
const receive = makeHandlers(site.app).find(({ name }) => name === "federation.receive") ?? expect.fail();
/** Takes every question and answers none. */
const waiting: (() => void)[] = [];
const silent = createServer((_request, response) => void waiting.push(() => response.destroy()));
await once(silent.listen(0, "127.0.0.1"), "listening");
const silentOrigin = `http://silent.localhost:${(silent.address() as AddressInfo).port}`; // it listens on TCP
afterAll(async () => {
  silent.close();
  silent.closeAllConnections();
  await site.close();
  await theirs.close();
});

const { statuses } = site.services;
const ada = await aReader(site, "ada");
const adaUri = site.app.publicUrl("federation", "/ap/members/ada");
await aStatus(site, ada, { text: "Here I am" });
const host = new URL(site.origin).host;
let number = 0;

async function post(actor: Pick<PeerActor, "uri" | "keyId" | "key">, object: object): Promise<number> {
  number += 1;
  const activity = { "@context": AS, id: `${new URL(actor.uri).origin}/activities/${number}`, type: "Create", actor: actor.uri, object };
  const { headers, payload } = await signed(actor, `${site.origin}/ap/inbox`, activity);
  return (await site.app.inject({ method: "POST", url: "/ap/inbox", headers: { ...headers, host }, payload })).statusCode;
}

async function outcome(): Promise<string> {
  const { rows } = await site.db.execute<{ id: string }>(sql`select max(id) as id from ap_inbox`);
  const told: Activity = {
    ...{ id: 1 as ActivityId, originApp: "federation", actorId: null, type: "Create", object: { type: "Incoming", id: "1" } },
    ...{ details: { incoming: Number(rows[0]?.id) }, visibility: "internal", publishedAt: new Date() },
  };
  if (receive.kind === "outside") await receive.handle(told, new AbortController().signal);
  const found = await site.db.execute<{ outcome: string }>(sql`select outcome from ap_inbox where id = ${Number(rows[0]?.id)}`);
  return found.rows[0]?.outcome ?? "nothing";
}

const aNote = (actor: PeerActor, note: object = {}) => {
  number += 1;
  const id = `${new URL(actor.uri).origin}/notes/${number}`;
  return {
    id,
    type: "Note",
    attributedTo: actor.uri,
    to: [PUBLIC],
    content: `<p>Number ${number}</p>`,
    published: new Date().toISOString(),
    ...note,
  };
};

describe("a server that sends much", { timeout: 60_000 }, () => {
  it("has 2,000 posts stored in a day, and what it changes besides; what others send comes in all the same", async () => {
    const bo = theirs.actor("bo");
    await aFollow(site, adaUri, bo.uri);
    await site.db.execute(sql`
      insert into ap_documents (uri, type, actor, html, visibility, published_at)
      select ${theirs.origin} || '/flood/' || n, 'Note', ${theirs.origin} || '/users/' || n % 7, '<p>Hm</p>', 'public', now() from generate_series(1, 1999) n`);
    const last = aNote(bo);
    expect([await post(bo, last), await outcome()]).toEqual([202, "kept"]);
    const tooMuch = aNote(bo);
    expect([await post(bo, tooMuch), await outcome()]).toEqual([
      202,
      "ignored: its server sent as much today as is stored of one in a day",
    ]);
    expect(await statuses.findByUri(tooMuch.id, null)).toBeNull();
    expect([
      await post(bo, { ...last, content: "<p>Changed</p>", updated: new Date(Date.now() + 1000).toISOString() }),
      await outcome(),
    ]).toEqual([202, "kept"]);
    const others = await openPeer("others.localhost");
    const cy = others.actor("cy");
    await aFollow(site, adaUri, cy.uri);
    expect([await post(cy, aNote(cy)), await outcome()]).toEqual([202, "kept"]);
    await site.db.execute(sql`update ap_documents set stored_at = now() - interval '25 hours' where uri like '%/flood/%'`);
    expect([await post(bo, aNote(bo)), await outcome()]).toEqual([202, "kept"]);
    await others.close();
  });
});

describe("a thread without an end", { timeout: 60_000 }, () => {
  const read = async (uri: string) => statuses.getThread((await statuses.findByUri(uri, ada))?.id ?? expect.fail(), ada);
  const asked = (part: string) => theirs.asked.filter((path) => path.includes(part)).length;

  it("is followed a dozen posts upwards, and no further", async () => {
    const dee = theirs.actor("dee");
    await site.db.execute(sql`delete from ap_documents where author_id is null`);
    await aFollow(site, adaUri, dee.uri);
    for (let at = 1; at <= 40; at += 1)
      theirs.show(`/chain/${at}`, {
        "@context": AS,
        ...aNote(dee, { id: `${theirs.origin}/chain/${at}`, inReplyTo: `${theirs.origin}/chain/${at + 1}` }),
      });
    const first = aNote(dee, { id: `${theirs.origin}/chain/0`, inReplyTo: `${theirs.origin}/chain/1` });
    theirs.show("/chain/0", { "@context": AS, ...first });
    await post(dee, first);
    expect(await outcome()).toBe("kept");
    const { fediverse, services } = { fediverse: site.app.fediverse, services: site.services };
    await fetchThread({ services, fediverse, clock: site.app.runtime.clock }, site.app.transaction, await read(first.id));
    expect(asked("/chain/")).toBeLessThanOrEqual(13);
    expect((await read(first.id)).ancestors).toHaveLength(12);
  });

  it("has twenty replies asked for, however long its collection and wherever that leads", async () => {
    const eli = theirs.actor("eli");
    await aFollow(site, adaUri, eli.uri);
    const page = (at: number) => ({
      "@context": AS,
      ...{ id: `${theirs.origin}/replies/${at}`, type: "CollectionPage", next: `${theirs.origin}/replies/${at + 1}` },
      items: Array.from({ length: 500 }, (_, index) => `${theirs.origin}/reply/${at}-${index}`),
    });
    for (let at = 0; at < 30; at += 1) theirs.show(`/replies/${at}`, page(at));
    for (let index = 0; index < 500; index += 1) {
      const id = `${theirs.origin}/reply/0-${index}`;
      theirs.show(`/reply/0-${index}`, { "@context": AS, ...aNote(eli, { id, inReplyTo: `${theirs.origin}/long` }) });
    }
    const long = aNote(eli, { id: `${theirs.origin}/long` });
    theirs.show("/long", {
      "@context": AS,
      ...long,
      replies: { id: `${theirs.origin}/replies`, type: "Collection", first: `${theirs.origin}/replies/0` },
    });
    await post(eli, long);
    expect(await outcome()).toBe("kept");
    const { fediverse, runtime, transaction } = site.app;
    await fetchThread({ services: site.services, fediverse, clock: runtime.clock }, transaction, await read(long.id));
    expect(asked("/replies/")).toBeLessThanOrEqual(2);
    expect(asked("/reply/")).toBeLessThanOrEqual(20);
  });
});

describe("a server that never answers", { timeout: 60_000 }, () => {
  it("keeps few of our questions open, is told that we are busy, and nobody else waits for it", async () => {
    const gus = theirs.actor("gus");
    await aFollow(site, adaUri, gus.uri);
    await post(gus, aNote(gus)); // known from now on
    const unknown = (name: string) => ({ ...gus, uri: `${silentOrigin}/users/${name}`, keyId: `${silentOrigin}/users/${name}#main-key` });
    const flood = Array.from({ length: 40 }, (_, index) =>
      post(unknown(`a${index}`), { id: `${silentOrigin}/notes/${index}`, type: "Note", attributedTo: `${silentOrigin}/users/a${index}` }),
    );
    const first = await Promise.race(flood); // while the others wait
    expect(first).toBe(503);
    expect(waiting.length).toBeLessThanOrEqual(4);
    const known = post(gus, aNote(gus)).then((status) => `known: ${status}`);
    const given = Promise.all(flood).then(() => "the silent one was given up");
    expect(await Promise.race([known, given])).toBe("known: 202");
    expect(new Set(await Promise.all(flood))).toEqual(new Set([401, 503]));
    const { rows } = await site.db.execute(sql`select from ap_remote_actors where uri like ${`${silentOrigin}%`}`);
    expect(rows).toEqual([]);
  });
});
