import type { Listener } from "../listener/index.ts";
import type { Cache } from "./cache.ts";
import { openMemory } from "./memory.ts";
import { openRedis } from "./redis.ts";

/** Redis when there is an address of one, this process's memory otherwise; there purges travel through PostgreSQL. */
export function openCache({ redisUrl, listener }: { redisUrl: string | undefined; listener: Listener }): Cache {
  return redisUrl === undefined ? openMemory(listener) : openRedis(redisUrl);
}
