import type { Cache } from "./cache.ts";
import { openMemory } from "./memory.ts";
import { openRedis } from "./redis.ts";

/** Redis when there is an address of one, this process's memory otherwise; there purges travel through PostgreSQL. */
export function openCache({ redisUrl, databaseUrl }: { redisUrl: string | undefined; databaseUrl: string }): Cache {
  return redisUrl === undefined ? openMemory(databaseUrl) : openRedis(redisUrl);
}
