import { setTimeout as sleep } from "node:timers/promises";
import { Listener } from "../listener/index.ts";
import { openCache } from "./open-cache.ts";

const PATIENCE_MS = 2000;
const POLL_MS = 20;

/**
 * For programs that change the database beside the services: a seed, a restore, an import. Purges all that is kept, in
 * every process. False: the cache was not reached in two seconds, and what is kept lives out its time.
 */
export async function purgeEverything({ redisUrl, databaseUrl }: { redisUrl: string | undefined; databaseUrl: string }): Promise<boolean> {
  const listener = new Listener(databaseUrl);
  const cache = openCache({ redisUrl, listener });
  for (let leftMs = PATIENCE_MS; leftMs > 0 && cache.state() === "away"; leftMs -= POLL_MS) await sleep(POLL_MS);
  const isThere = cache.state() === "connected";
  if (isThere) await cache.purgeAll();
  await cache.close();
  await listener.close();
  return isThere;
}
