import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRedis } from "../../../scripts/embedded-redis.ts";
import { Processes } from "../../../scripts/processes.ts";
import { untilItKeeps } from "../../../tests/builders/caches.ts";
import { openSlowLine } from "../../../tests/builders/slow-line.ts";
import { newDatabase } from "../../../tests/database.ts";
import { tools } from "../../../tests/tools.ts";
import type { CacheTag } from "../../contracts/tags.ts";
import { Listener } from "../listener/index.ts";
import { type Cache, openCache, purgeEverything } from "./index.ts";

const processes = new Processes();
const redis = tools.redis ? await startRedis(processes) : null;
const databaseUrl = await newDatabase();
const listeners: Listener[] = [];
afterAll(async () => {
  for (const listener of listeners) await listener.close();
  await processes.stop();
});

/** As each process has its own. */
function aListener(url = databaseUrl): Listener {
  const listener = new Listener(url);
  listeners.push(listener);
  return listener;
}

const KINDS = redis === null ? (["memory"] as const) : (["memory", "redis"] as const);

describe.each(KINDS)("a cache in %s", (kind) => {
  const open = () => openCache({ redisUrl: kind === "redis" ? redis?.url : undefined, listener: aListener() });
  /** Two processes of one site. */
  let cache: Cache;
  let other: Cache;
  beforeAll(async () => {
    [cache, other] = [open(), open()];
    await Promise.all([untilItKeeps(cache), untilItKeeps(other)]);
  });
  afterAll(async () => void (await Promise.all([cache.close(), other.close()])));
  const textsOf = async (keys: readonly string[]) => (await cache.read(keys, []))?.texts;
  const versionsOf = async (tags: readonly CacheTag[], from = cache) => (await from.read([], tags))?.versions;

  it("says what it is, and that it is there", () => {
    expect([cache.kind, cache.state()]).toEqual([kind, "connected"]);
  });

  it("gives back what was kept, in the order asked, and null for what was not", async () => {
    await cache.set("bread", "rye", 60);
    await cache.set("cheese", "blue", 60);
    expect(await textsOf(["cheese", "never", "bread", "bread"])).toEqual(["blue", null, "rye", "rye"]);
  });

  it("answers nothing to no question", async () => {
    expect(await cache.read([], [])).toEqual({ epoch: expect.stringMatching(/./), texts: [], versions: [] });
  });

  it("keeps the last of two values", async () => {
    await cache.set("twice", "first", 60);
    await cache.set("twice", "second", 60);
    expect(await textsOf(["twice"])).toEqual(["second"]);
  });

  it("keeps any text under any key: empty, long, not ASCII", async () => {
    const texts = { "": "empty key", "line\nend": "", "käse🧀": "größer 🧀\u0000", long: "x".repeat(300_000) };
    for (const [key, value] of Object.entries(texts)) await cache.set(key, value, 60);
    expect(await textsOf(Object.keys(texts))).toEqual(Object.values(texts));
  });

  it("forgets when the time is over", async () => {
    await cache.set("short", "lived", 1);
    expect(await textsOf(["short"])).toEqual(["lived"]);
    await sleep(1_100);
    expect(await textsOf(["short"])).toEqual([null]);
  });

  it.each([0, -1])("keeps nothing for %i seconds", async (ttlSeconds) => {
    await cache.set("never", "kept", ttlSeconds);
    expect(await textsOf(["never"])).toEqual([null]);
  });

  it("stays within bounds", async () => {
    for (let i = 0; i < 40; i++) await cache.set(`big ${i}`, "x".repeat(1_000_000), 60);
    expect(await textsOf(["big 39"])).not.toEqual([null]);
    if (kind === "memory") expect(await textsOf(["big 0"])).toEqual([null]);
  });

  it("tells the version of a tag again until the tag is purged, and never after that", async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 20; round++) {
      const [version = ""] = (await versionsOf(["menu"])) ?? [];
      expect(await versionsOf(["menu"])).toEqual([version]);
      expect(seen).not.toContain(version);
      seen.add(version);
      await cache.purgeTags(["menu"]);
    }
  });

  it("purges the named tags and no others", async () => {
    const before = await versionsOf(["posts", "product:rye", "product:oats", "cart:device:lane"]);
    await cache.purgeTags(["product:rye", "cart:device:lane"]);
    const after = await versionsOf(["posts", "product:rye", "product:oats", "cart:device:lane"]);
    expect(after?.map((version, i) => version === before?.[i])).toEqual([true, false, true, false]);
  });

  it("purges nothing when nothing is named", async () => {
    const before = await versionsOf(["shop"]);
    await cache.purgeTags([]);
    expect(await versionsOf(["shop"])).toEqual(before);
  });

  it("purges everything, also what has never been purged", async () => {
    const tags: CacheTag[] = ["shop", "calendar", "person:77"];
    const before = await cache.read([], tags);
    await cache.purgeAll();
    expect((await cache.read([], tags))?.epoch).not.toBe(before?.epoch);
    if (kind === "memory") await sleep(150);
    expect((await other.read([], tags))?.epoch).not.toBe(before?.epoch);
  });

  it("is purged by a program beside the services, too", async () => {
    const before = await cache.read([], []);
    expect(await purgeEverything({ redisUrl: kind === "redis" ? redis?.url : undefined, databaseUrl })).toBe(true);
    await expect.poll(async () => (await cache.read([], []))?.epoch).not.toBe(before?.epoch);
  });

  it("lets another process see a purge: at once in Redis, a moment later by NOTIFY", async () => {
    const many = Array.from({ length: 120 }, (_, i) => `product:${"loaf-".repeat(20)}${i}` as const);
    const before = await versionsOf(many, other);
    await cache.purgeTags(many);
    if (kind === "memory") await sleep(150);
    const after = await versionsOf(many, other);
    expect(after?.some((version, i) => version === before?.[i])).toBe(false);
  });

  it("says what was purged to whoever listens here, before the purge has travelled", async () => {
    const heard: unknown[] = [];
    cache.onPurge((tags) => heard.push(tags));
    const purging = cache.purgeTags(["person:1"]);
    expect(heard).toEqual([["person:1"]]);
    await purging;
    const all = cache.purgeAll();
    expect(heard).toEqual([["person:1"], null]);
    await all;
  });

  it("gives a claim to one only, until it is released or its time is over", async () => {
    expect(await Promise.all(Array.from({ length: 20 }, () => cache.claim("oven", 60_000)))).toEqual([true, ...Array(19).fill(false)]);
    await cache.release("oven");
    expect(await cache.claim("oven", 50)).toBe(true);
    expect(await cache.claim("oven", 50)).toBe(false);
    await sleep(80);
    expect(await cache.claim("oven", 50)).toBe(true);
  });

  it("is away, and does not throw, after it was closed", async () => {
    const closed = open();
    await untilItKeeps(closed);
    await closed.close();
    expect(await closed.read(["probe"], ["menu"])).toBeNull();
    await closed.set("probe", "late", 60);
    await closed.purgeTags(["menu"]);
    await closed.purgeAll();
    expect(closed.state()).toBe("away");
  });
});

it("says so when there is nothing to purge", { timeout: 10_000 }, async () => {
  expect(await purgeEverything({ redisUrl: "redis://127.0.0.1:9", databaseUrl })).toBe(false);
});

describe("what is in memory only", () => {
  const open = () => openCache({ redisUrl: undefined, listener: aListener() });

  it("is no other process's", async () => {
    const [one, two] = [open(), open()];
    await Promise.all([untilItKeeps(one), untilItKeeps(two)]);
    await one.set("own", "mine", 60);
    expect((await two.read(["own"], []))?.texts).toEqual([null]);
    await Promise.all([one.close(), two.close()]);
  });

  it("is away while purges of others can't be heard, and counts as purged afterwards", async () => {
    const cache = open();
    await untilItKeeps(cache);
    const before = (await cache.read([], []))?.epoch;
    await cutListeners(databaseUrl);
    await expect.poll(() => cache.state()).toBe("away");
    expect(await cache.read([], ["menu"])).toBeNull();
    await expect.poll(() => cache.state(), { timeout: 3_000 }).toBe("connected");
    expect((await cache.read([], []))?.epoch).not.toBe(before);
    await cache.close();
  });

  it("makes up for purges that could not be told, as the others heard each other all the while", async () => {
    const line = await openSlowLine(Number(new URL(databaseUrl).port), new URL(databaseUrl).hostname);
    const through = new URL(databaseUrl);
    through.host = `127.0.0.1:${line.port}`;
    const [lonely, other] = [openCache({ redisUrl: undefined, listener: aListener(through.href) }), open()];
    await Promise.all([untilItKeeps(lonely), untilItKeeps(other)]);
    line.cut();
    await expect.poll(() => lonely.state()).toBe("away");
    const before = (await other.read([], []))?.epoch;
    await lonely.purgeTags(["menu"]);
    expect((await other.read([], []))?.epoch).toBe(before);
    line.mend();
    await expect.poll(async () => (await other.read([], []))?.epoch, { timeout: 3_000 }).not.toBe(before);
    await Promise.all([lonely.close(), other.close()]);
    line.close();
  });
});

async function cutListeners(url: string): Promise<void> {
  const { Client } = (await import("pg")).default;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rose-ash listener' and datname = current_database()",
  );
  await client.end();
}
