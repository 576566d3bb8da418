import { afterAll, expect, it } from "vitest";
import { openTestApp } from "../../../../tests/app.ts";
import { openPeer } from "../../../../tests/peer.ts";
import { signRequest } from "../signatures/index.ts";

const env = { DEPLOYMENT: "development", FEDIVERSE_LOOPBACK: "on", AUTHORIZED_FETCH: "on" };
const site = await openTestApp("federation", { env });
const theirs = await openPeer();
afterAll(async () => {
  await site.close();
  await theirs.close();
});
const ada = theirs.actor("ada");

const read = (path: string, headers: Record<string, string> = {}) =>
  site.get(path, { headers: { ...headers, accept: "application/activity+json" } });
async function signedRead(path: string, signedFor = path) {
  const key = { id: ada.keyId, kind: "rsa", key: ada.key } as const;
  const url = new URL(`${site.origin}${signedFor}`);
  return read(path, await signRequest({ method: "GET", url, body: null, key, style: "cavage", now: new Date() }));
}

it("shows what is asked for to who signs for it, but for the actor that signatures are verified by", async () => {
  for (const path of ["/ap/actor", "/ap/outbox", "/ap/followers?page=1", "/ap/activities/1", "/ap/followers/synchronise"])
    expect((await read(path)).statusCode).toBe(401);
  expect((await read("/ap/instance")).statusCode).toBe(200);
  expect((await signedRead("/ap/actor")).statusCode).toBe(200);
  expect((await signedRead("/ap/actor", "/ap/outbox")).statusCode).toBe(401);
  expect((await signedRead("/ap/followers/synchronise")).json()).toMatchObject({ type: "OrderedCollection", orderedItems: [] });
});

it("shows nothing to a host that is suspended", async () => {
  await site.db.transaction((tx) => site.services.fediverse.suspendHost(tx, theirs.host, true, "spam"));
  for (const path of ["/ap/actor", "/ap/followers/synchronise"]) expect((await signedRead(path)).statusCode).toBe(403);
});
