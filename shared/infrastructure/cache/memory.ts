import { LRUCache } from "lru-cache";
import { type CacheTag, withLists } from "../../contracts/tags.ts";
import type { Listener } from "../listener/index.ts";
import type { Cache } from "./cache.ts";
import { openPurgeChannel } from "./purge-channel.ts";

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_TAGS = 50_000;
const MAX_CLAIMS = 5000;

/** A cache in this process. Purges go to the other processes by PostgreSQL's NOTIFY; while that is away so is the cache. */
export function openMemory(listener: Listener): Cache {
  const entries = new LRUCache<string, string>({ maxSize: MAX_BYTES, sizeCalculation: (value, key) => value.length + key.length + 1 });
  const claims = new LRUCache<string, true>({ max: MAX_CLAIMS });
  const versions = makeVersions();
  const listeners: ((tags: readonly CacheTag[] | null) => void)[] = [];
  let isClosed = false;

  function hear(tags: readonly CacheTag[] | null): void {
    if (tags === null) versions.raiseAll();
    else for (const tag of tags) versions.raise(tag);
    for (const listener of listeners) listener(tags);
  }

  async function purge(tags: readonly CacheTag[] | null): Promise<void> {
    if (tags?.length === 0) return;
    hear(tags);
    await channel.tell(tags);
  }

  const channel = openPurgeChannel(listener, { onPurge: hear, onGap: () => hear(null) });
  return {
    kind: "memory",
    async read(keys, tags) {
      if (isClosed || !channel.isOpen()) return null;
      return { epoch: versions.epoch(), texts: keys.map((key) => entries.get(key) ?? null), versions: tags.map(versions.of) };
    },
    async set(key, value, ttlSeconds) {
      if (ttlSeconds > 0 && !isClosed) entries.set(key, value, { ttl: ttlSeconds * 1000 }); // to the LRU a ttl of 0 is forever
    },
    purgeTags: (tags) => purge(withLists(tags)),
    purgeAll: () => purge(null),
    async claim(name, ttlMs) {
      if (claims.has(name)) return false;
      claims.set(name, true, { ttl: ttlMs });
      return true;
    },
    release: async (name) => void claims.delete(name),
    onPurge: (listener) => void listeners.push(listener),
    state: () => (channel.isOpen() ? "connected" : "away"),
    async close() {
      isClosed = true;
      entries.clear();
      channel.close();
    },
  };
}

/** A version of each tag that only rises. When there are too many, forgetting one begins an epoch: it purges, and never the reverse. */
function makeVersions() {
  let last = 0;
  let epoch = 0;
  const versions = new LRUCache<CacheTag, number>({
    max: MAX_TAGS,
    dispose: (_version, _tag, reason) => {
      if (reason === "evict") epoch = ++last;
    },
  });
  return {
    epoch: () => String(epoch),
    of: (tag: CacheTag) => String(versions.get(tag) ?? ""),
    raise: (tag: CacheTag) => void versions.set(tag, ++last),
    raiseAll(): void {
      epoch = ++last;
    },
  };
}
