import { Redis } from "ioredis";
import type { Cache } from "./cache.ts";

const PATIENCE_MS = 100;

/** A cache in Redis. While Redis is away every key is missing and nothing is kept. */
export function openRedis(url: string): Cache {
  const redis = new Redis(url, {
    commandTimeout: PATIENCE_MS,
    connectTimeout: 1000,
    enableOfflineQueue: false, // away is away: do not save up commands
    maxRetriesPerRequest: 0,
    retryStrategy: (tries) => Math.min(tries * 50, 2000),
    keyPrefix: "rose-ash:",
  });
  redis.on("error", () => undefined); // every command fails on its own, and is answered as a miss
  return {
    kind: "redis",
    getMany: (keys) => redis.mget([...keys]).catch(() => keys.map(() => null)),
    set: async (key, value, ttlSeconds) => void (await redis.set(key, value, "EX", ttlSeconds).catch(() => null)),
    close: async () => redis.disconnect(),
  };
}
