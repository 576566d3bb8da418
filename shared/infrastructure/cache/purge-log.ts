import { LRUCache } from "lru-cache";
import type { CacheTag } from "../../contracts/tags.ts";
import type { Cache } from "./cache.ts";

const MAX_TAGS = 20_000;

/** The purges that this process has heard of, counted. */
export interface PurgeLog {
  count(): number;
  /** Whether one of the tags was purged after the count stood there. */
  isSince(count: number, tags: readonly CacheTag[]): boolean;
}

/** Listens to a cache. Tags beyond the bound count as purged when they are forgotten. */
export function makePurgeLog(cache: Pick<Cache, "onPurge">): PurgeLog {
  let count = 0;
  let all = 0;
  const last = new LRUCache<CacheTag, number>({
    max: MAX_TAGS,
    dispose: (at, _tag, reason) => {
      if (reason === "evict") all = Math.max(all, at);
    },
  });
  cache.onPurge((tags) => {
    count++;
    if (tags === null) all = count;
    else for (const tag of tags) last.set(tag, count);
  });
  return {
    count: () => count,
    isSince: (since, tags) => since < all || tags.some((tag) => since < (last.get(tag) ?? 0)),
  };
}
