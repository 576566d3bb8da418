import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRedis } from "../../../scripts/embedded-redis.ts";
import { end, Processes } from "../../../scripts/processes.ts";
import { tools } from "../../../tests/tools.ts";
import { type Cache, openCache } from "./index.ts";

const processes = new Processes();
const redis = tools.redis ? await startRedis(processes) : null;
afterAll(() => processes.stop());

const KINDS = redis === null ? (["memory"] as const) : (["memory", "redis"] as const);

describe.each(KINDS)("a cache in %s", (kind) => {
  let cache: Cache;
  beforeAll(async () => {
    cache = openCache(kind === "redis" ? redis?.url : undefined);
    await untilItKeeps(cache);
  });
  afterAll(() => cache.close());

  it("says what it is", () => {
    expect(cache.kind).toBe(kind);
  });

  it("gives back what was kept, in the order asked, and null for what was not", async () => {
    await cache.set("bread", "rye", 60);
    await cache.set("cheese", "blue", 60);
    expect(await cache.getMany(["cheese", "never", "bread", "bread"])).toEqual(["blue", null, "rye", "rye"]);
  });

  it("answers nothing to no question", async () => {
    expect(await cache.getMany([])).toEqual([]);
  });

  it("keeps the last of two values", async () => {
    await cache.set("twice", "first", 60);
    await cache.set("twice", "second", 60);
    expect(await cache.getMany(["twice"])).toEqual(["second"]);
  });

  it("keeps any text under any key: empty, long, not ASCII", async () => {
    const texts = { "": "empty key", "line\nend": "", "käse🧀": "größer 🧀\u0000", long: "x".repeat(300_000) };
    for (const [key, value] of Object.entries(texts)) await cache.set(key, value, 60);
    expect(await cache.getMany(Object.keys(texts))).toEqual(Object.values(texts));
  });

  it("forgets when the time is over", async () => {
    await cache.set("short", "lived", 1);
    expect(await cache.getMany(["short"])).toEqual(["lived"]);
    await sleep(1_100);
    expect(await cache.getMany(["short"])).toEqual([null]);
  });

  it.each([0, -1])("keeps nothing for %i seconds", async (ttlSeconds) => {
    await cache.set("never", "kept", ttlSeconds);
    expect(await cache.getMany(["never"])).toEqual([null]);
  });

  it("stays within bounds", async () => {
    for (let i = 0; i < 40; i++) await cache.set(`big ${i}`, "x".repeat(1_000_000), 60);
    expect(await cache.getMany(["big 39"])).not.toEqual([null]);
    if (kind === "memory") expect(await cache.getMany(["big 0"])).toEqual([null]);
  });

  it("misses, and does not throw, after it was closed", async () => {
    const closed = openCache(kind === "redis" ? redis?.url : undefined);
    await untilItKeeps(closed);
    await closed.close();
    expect(await closed.getMany(["probe"])).toEqual([null]);
  });
});

if (redis !== null) {
  describe("a Redis that goes away", () => {
    it("is shared: what one keeps another finds", async () => {
      const [one, other] = [openCache(redis.url), openCache(redis.url)];
      await Promise.all([untilItKeeps(one), untilItKeeps(other)]);
      await one.set("shared", "by all", 60);
      expect(await other.getMany(["shared"])).toEqual(["by all"]);
      await Promise.all([one.close(), other.close()]);
    });

    it("is missed without an error while it hangs, and within the patience of a page", async () => {
      const cache = openCache(redis.url);
      await untilItKeeps(cache);
      redis.child.kill("SIGSTOP");
      const started = performance.now();
      expect(await cache.getMany(["probe"])).toEqual([null]);
      await cache.set("probe", "late", 60);
      expect(performance.now() - started).toBeLessThan(1_000);
      redis.child.kill("SIGCONT");
      await untilItKeeps(cache);
      await cache.close();
    });

    it("is missed without an error when it is killed, and serves again when it is back", async () => {
      const second = await startRedis(processes);
      const cache = openCache(second.url);
      await untilItKeeps(cache);
      await cache.set("before", "the end", 60);
      second.child.kill("SIGKILL");
      await end(second.child);
      for (let i = 0; i < 5; i++) {
        await cache.set("during", "nobody keeps it", 60);
        expect(await cache.getMany(["before", "during"])).toEqual([null, null]);
      }
      await startRedis(processes, second.port);
      await untilItKeeps(cache);
      expect(await cache.getMany(["before", "during"])).toEqual([null, null]);
      await cache.close();
    });

    it("need not be there at the start", async () => {
      const third = await startRedis(processes);
      await end(third.child);
      const cache = openCache(third.url);
      expect(await cache.getMany(["probe"])).toEqual([null]);
      await startRedis(processes, third.port);
      await untilItKeeps(cache);
      await cache.close();
    });
  });
}

/** A connection comes up, or comes back, by itself. */
async function untilItKeeps(cache: Cache): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    await cache.set("probe", "kept", 60);
    if ((await cache.getMany(["probe"]))[0] === "kept") return;
    await sleep(25);
  }
  throw new Error("the cache did not come up");
}
