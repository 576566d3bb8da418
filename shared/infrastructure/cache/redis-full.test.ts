import { Redis } from "ioredis";
import { afterAll, describe, expect, it } from "vitest";
import { startRedis } from "../../../scripts/embedded-redis.ts";
import { Processes } from "../../../scripts/processes.ts";
import { untilItKeeps } from "../../../tests/builders/caches.ts";
import { tools } from "../../../tests/tools.ts";
import type { CacheTag } from "../../contracts/tags.ts";
import { type Keepable, Kept } from "./kept.ts";
import { openRedis } from "./redis.ts";

const processes = new Processes();
afterAll(() => processes.stop());

const tag: CacheTag = "product:rye";
const want: Keepable = { key: "piece", tags: [tag], ttlSeconds: 60, isPersonal: false };
const aProcess = (url: string) => {
  const cache = openRedis(url);
  return { cache, kept: new Kept({ cache, pack: String, unpack: String, sizeOf: () => 1, maxBytes: 1000 }) };
};

describe.runIf(tools.redis)("a Redis that is full", () => {
  it("forgets a purge, and what was kept before it is not found again all the same", async () => {
    const redis = await startRedis(processes);
    const [one, other] = [aProcess(redis.url), aProcess(redis.url)];
    await Promise.all([untilItKeeps(one.cache), untilItKeeps(other.cache)]);
    const [place] = await one.kept.find([want], true);
    if (place === undefined) throw new Error("a place for each want");
    await one.kept.put(place, "bread at 3 pounds");
    await one.cache.purgeTags([tag]);
    const server = new Redis(redis.url);
    expect(await server.get("rose-ash:piece")).toContain("3 pounds");
    await server.del(`rose-ash:version:${tag}`); // as allkeys-lru does when it needs the room
    expect(await other.kept.find([want], true)).toMatchObject([{ found: null }]);
    server.disconnect();
    await Promise.all([one.cache.close(), other.cache.close()]);
  });

  it("finds what was kept since, whoever named the version", async () => {
    const redis = await startRedis(processes);
    const [one, other] = [aProcess(redis.url), aProcess(redis.url)];
    await Promise.all([untilItKeeps(one.cache), untilItKeeps(other.cache)]);
    const places = await Promise.all([one.kept.find([want], true), other.kept.find([want], true)]);
    const [stamp, same] = places.map(([place]) => place?.stamp);
    expect(stamp).toBe(same);
    const [place] = places[0] ?? [];
    if (place === undefined) throw new Error("a place for each want");
    await one.kept.put(place, "bread at 4 pounds");
    expect(await other.kept.find([want], true)).toMatchObject([{ found: { value: "bread at 4 pounds", isFresh: true } }]);
    await Promise.all([one.cache.close(), other.cache.close()]);
  });
});
