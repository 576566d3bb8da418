import { LRUCache } from "lru-cache";
import type { Cache } from "./cache.ts";
import { openRedis } from "./redis.ts";

const MEMORY_BYTES = 16 * 1024 * 1024;

/** Redis when there is an address of one, this process's memory otherwise. */
export function openCache(redisUrl: string | undefined): Cache {
  return redisUrl === undefined ? openMemory() : openRedis(redisUrl);
}

function openMemory(): Cache {
  const entries = new LRUCache<string, string>({ maxSize: MEMORY_BYTES, sizeCalculation: (value, key) => value.length + key.length + 1 });
  return {
    kind: "memory",
    getMany: async (keys) => keys.map((key) => entries.get(key) ?? null),
    async set(key, value, ttlSeconds) {
      if (ttlSeconds > 0) entries.set(key, value, { ttl: ttlSeconds * 1000 }); // to the LRU a ttl of 0 is forever
    },
    close: async () => entries.clear(),
  };
}
