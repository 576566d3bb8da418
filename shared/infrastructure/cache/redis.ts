import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { type CacheTag, withLists } from "../../contracts/tags.ts";
import { makeBreaker } from "../breaker.ts";
import { sentinelsOf } from "../redis-address.ts";
import type { Cache } from "./cache.ts";

/** A page asks Redis twice at most before the breaker spares it the wait. */
const PATIENCE_MS = 50;
const BREAKER = { failures: 2, restMs: 1000 };
/** Longer than anything is kept: what is kept is not made anew only because its version was forgotten. */
const VERSION_SECONDS = 24 * 3600;
/** Names this Redis since it was last empty: without it no version says anything. */
const EPOCH = "epoch";

/** A cache in Redis. While Redis is away or slow nothing is found and nothing is kept; purges wait until it is back. */
export function openRedis(url: string): Cache {
  const redis = connect(url);
  const breaker = makeBreaker<"redis">(BREAKER);
  const listeners: ((tags: readonly CacheTag[] | null) => void)[] = [];
  const unsent = makeUnsentPurges(redis);
  redis.on("ready", () => {
    unsent.send(); // before any read: what was purged meanwhile is not found again
    breaker.settle("redis", true, performance.now());
    void purgeAfterFailover();
  });
  let lastHistory: string | undefined;
  /** A replica that became master may lack the last purges: what it holds is of another time. */
  async function purgeAfterFailover(): Promise<void> {
    const history = await historyOf(redis).catch(() => lastHistory); // away again: the next "ready" asks
    if (lastHistory !== undefined && history !== lastHistory) await purge([EPOCH], null);
    lastHistory = history;
  }

  /** null when Redis is away, is slow, or was so a moment ago. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    if (redis.status !== "ready" || !breaker.mayTry("redis", performance.now())) return null;
    try {
      const answer = await inTime(work());
      breaker.settle("redis", true, performance.now());
      return answer;
    } catch {
      breaker.settle("redis", false, performance.now());
      return null;
    }
  }

  async function purge(versionKeys: readonly string[], tags: readonly CacheTag[] | null): Promise<void> {
    for (const listener of listeners) listener(tags);
    await unsent.add(versionKeys);
  }

  return {
    kind: "redis",
    async read(keys, tags) {
      const names = [EPOCH, ...tags.map(versionKey)];
      const all = [...names, ...keys];
      const versionsIn = (found: Found) => names.map((name, i) => unsent.versionOf(name) ?? found[i]);
      let found = await attempt(() => redis.mget(all));
      if (found !== null && !versionsIn(found).every(Boolean)) found = await attempt(() => nameAndRead(redis, names, all));
      if (found === null) return null;
      const [epoch, ...versions] = versionsIn(found);
      if (!epoch || !versions.every((version) => version != null)) return null;
      return { epoch, texts: found.slice(names.length), versions };
    },
    async set(key, value, ttlSeconds) {
      if (ttlSeconds > 0) await attempt(() => redis.set(key, value, "EX", ttlSeconds));
    },
    purgeTags: (tags) => purge(withLists(tags).map(versionKey), withLists(tags)),
    purgeAll: () => purge([EPOCH], null),
    async claim(name, ttlMs) {
      const answer = await attempt(async () => ({ isMine: (await redis.set(`claim:${name}`, "1", "PX", ttlMs, "NX")) === "OK" }));
      return answer?.isMine ?? true;
    },
    async release(name) {
      if (redis.status !== "ready") return;
      // also while Redis counts as slow: nobody waits for it here, and others wait for what is claimed
      await inTime(redis.del(`claim:${name}`)).catch(() => undefined);
    },
    onPurge: (listener) => void listeners.push(listener),
    state: () => (redis.status === "ready" && !breaker.isOpen("redis", performance.now()) ? "connected" : "away"),
    close: async () => redis.disconnect(),
  };
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

const versionKey = (tag: CacheTag) => `version:${tag}`;

/** Names the writes that this Redis has seen; a promoted replica begins a new one. */
async function historyOf(redis: Redis): Promise<string | undefined> {
  return /^master_replid:(\w+)/m.exec(await redis.info("replication"))?.[1];
}

function connect(url: string): Redis {
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
  return redis;
}

/** Rejects when it takes longer than a page waits. An answer that has come while this process was busy is read first. */
function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error(`Redis took more than ${PATIENCE_MS} ms`));
    const timer = setTimeout(() => setImmediate(() => setImmediate(giveUp)), PATIENCE_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Purges on their way. What Redis did not confirm counts here at once, and is sent again until it does. */
function makeUnsentPurges(redis: Redis) {
  const waiting = new Map<string, string>();
  let retry: NodeJS.Timeout | undefined;
  const send = async () => {
    const sent = [...waiting];
    const pipeline = redis.pipeline();
    for (const [key, version] of sent) {
      if (key === EPOCH) pipeline.set(key, version);
      else pipeline.set(key, version, "EX", VERSION_SECONDS);
    }
    const results = await inTime(pipeline.exec()).catch(() => null);
    const isTaken = results?.every(([error]) => error === null) === true;
    if (isTaken) for (const [key, version] of sent) if (waiting.get(key) === version) waiting.delete(key);
    if (waiting.size === 0 || redis.status === "end") return;
    clearTimeout(retry);
    retry = setTimeout(send, BREAKER.restMs).unref();
  };
  return {
    async add(keys: readonly string[]): Promise<void> {
      for (const key of keys) waiting.set(key, randomUUID());
      if (keys.length > 0) await send();
    },
    send: () => void (waiting.size > 0 && send()),
    versionOf: (key: string) => waiting.get(key),
  };
}
