import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { type CacheTag, withLists } from "../../contracts/tags.ts";
import { makeBreaker } from "../breaker.ts";
import { sentinelsOf } from "../redis-address.ts";
import type { Cache } from "./cache.ts";
import { inTime } from "./in-time.ts";
import { makeUnsentPurges, type UnsentPurges } from "./unsent-purges.ts";
import { EPOCH, VERSION_SECONDS, versionKey } from "./versions.ts";

const BREAKER = { failures: 2, restMs: 1000 };

/** A cache in Redis. While Redis is away or slow nothing is found and nothing is kept; purges wait until it is back. */
export function openRedis(url: string): Cache {
  const { redis, close } = connect(url);
  const { attempt, settle, isOpen } = makeAttempts(redis);
  const listeners: ((tags: readonly CacheTag[] | null) => void)[] = [];
  const unsent = makeUnsentPurges(redis);
  async function purge(versionKeys: readonly string[], tags: readonly CacheTag[] | null): Promise<void> {
    for (const listener of listeners) listener(tags);
    await unsent.add(versionKeys);
  }
  const isAnotherHistory = watchHistory(redis);
  redis.on("ready", async () => {
    unsent.send(); // before any read: what was purged meanwhile is not found again
    settle(true);
    if (await isAnotherHistory()) await purge([EPOCH], null);
  });
  return {
    kind: "redis",
    read: (keys, tags) => readKept({ redis, attempt, unsent }, keys, tags),
    async set(key, value, ttlSeconds) {
      if (ttlSeconds > 0) await attempt(() => redis.set(key, value, "EX", ttlSeconds));
    },
    purgeTags: (tags) => purge(withLists(tags).map(versionKey), withLists(tags)),
    purgeAll: () => purge([EPOCH], null),
    async claim(name, ttlMs) {
      const answer = await attempt(async () => ({ isMine: (await redis.set(`claim:${name}`, "1", "PX", ttlMs, "NX")) === "OK" }));
      return answer?.isMine ?? true;
    },
    release: (name) => release(redis, name),
    onPurge: (listener) => void listeners.push(listener),
    state: () => (redis.status === "ready" && !isOpen() ? "connected" : "away"),
    close,
  };
}

/** Gives null when Redis is away, is slow, or was so a moment ago. */
type Attempt = <T>(work: () => Promise<T>) => Promise<T | null>;

function makeAttempts(redis: Redis): { attempt: Attempt; settle(isWell: boolean): void; isOpen(): boolean } {
  const breaker = makeBreaker<"redis">(BREAKER);
  const settle = (isWell: boolean) => breaker.settle("redis", isWell, performance.now());
  return {
    settle,
    isOpen: () => breaker.isOpen("redis", performance.now()),
    async attempt(work) {
      if (redis.status !== "ready" || !breaker.mayTry("redis", performance.now())) return null;
      try {
        const answer = await inTime(work());
        settle(true);
        return answer;
      } catch {
        settle(false);
        return null;
      }
    },
  };
}

/** A replica that became master may lack the last purges: what it holds is of another time. Asked at each "ready". */
function watchHistory(redis: Redis): () => Promise<boolean> {
  let last: string | undefined;
  return async () => {
    const history = await historyOf(redis).catch(() => last); // away again: the next "ready" asks
    const isAnother = last !== undefined && history !== last;
    last = history;
    return isAnother;
  };
}

interface Around {
  redis: Redis;
  attempt: Attempt;
  unsent: UnsentPurges;
}

async function readKept({ redis, attempt, unsent }: Around, keys: readonly string[], tags: readonly CacheTag[]): ReturnType<Cache["read"]> {
  const names = [EPOCH, ...tags.map(versionKey)];
  const all = [...names, ...keys];
  const versionsIn = (found: Found) => names.map((name, i) => unsent.versionOf(name) ?? found[i]);
  let found: Found | null = await attempt(() => redis.mget(all));
  if (found !== null && !versionsIn(found).every(Boolean)) found = await attempt(() => nameAndRead(redis, names, all));
  if (found === null) return null;
  const [epoch, ...versions] = versionsIn(found);
  if (!epoch || !versions.every((version) => version != null)) return null;
  return { epoch, texts: found.slice(names.length), versions };
}

async function release(redis: Redis, name: string): Promise<void> {
  if (redis.status !== "ready") return;
  // also while Redis counts as slow: nobody waits for it here, and others wait for what is claimed
  await inTime(redis.del(`claim:${name}`)).catch(() => undefined);
}

type Found = readonly (string | null)[];

/**
 * Gives a version to each name that has none, and reads again. No version is not one: a Redis that is full forgets versions as
 * it forgets all else, and what was kept before the tag was ever purged would be found again.
 */
async function nameAndRead(redis: Redis, names: readonly string[], all: readonly string[]): Promise<(string | null)[]> {
  const pipeline = redis.pipeline();
  for (const name of names) {
    if (name === EPOCH) pipeline.set(name, randomUUID(), "NX");
    else pipeline.set(name, randomUUID(), "EX", VERSION_SECONDS, "NX");
  }
  const results = await pipeline.mget([...all]).exec();
  const [error, found] = results?.at(-1) ?? [new Error("no answer"), null];
  if (error) throw error;
  return found as (string | null)[];
}

/** Names the writes that this Redis has seen; a promoted replica begins a new one. */
async function historyOf(redis: Redis): Promise<string | undefined> {
  return /^master_replid:(\w+)/m.exec(await redis.info("replication"))?.[1];
}

function connect(url: string): { redis: Redis; close(): Promise<void> } {
  const settings = {
    connectTimeout: 1000,
    enableOfflineQueue: false, // away is away: do not save up commands
    maxRetriesPerRequest: 0,
    retryStrategy: (tries: number) => Math.min(tries * 50, 1000),
    keyPrefix: "rose-ash:",
  };
  const sentinels = sentinelsOf(url);
  const redis = sentinels === null ? new Redis(url, settings) : new Redis({ ...settings, ...sentinels });
  redis.on("error", () => undefined); // every command fails on its own, and is answered as a miss
  let isClosed = false;
  redis.on("end", async () => {
    // ioredis ends for good when it hears of a failover just while it asks the sentinels who is master
    if (isClosed) return;
    await sleep(50);
    if (!isClosed) await redis.connect().catch(() => undefined); // in vain: "end" comes again
  });
  const close = async () => {
    isClosed = true;
    redis.disconnect();
  };
  return { redis, close };
}
