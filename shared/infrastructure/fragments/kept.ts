import { LRUCache } from "lru-cache";
import { z } from "zod";
import type { Cache } from "../cache/index.ts";

const STALE_SECONDS = 300;
const MAX_BYTES = 8 * 1024 * 1024;
const entry = z.object({ html: z.string(), freshUntil: z.number() });
type Entry = z.output<typeof entry>;

export interface Found {
  html: string;
  isFresh: boolean;
}

/** Public pieces: in this process, and behind it in the cache all processes share. A stale one is good for five minutes more. */
export function makeKept(cache: Cache) {
  const near = new LRUCache<string, Entry>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ html }, key) => html.length + key.length + 1,
    ttl: STALE_SECONDS * 1000,
  });
  const found = ({ html, freshUntil }: Entry, now: number): Found => ({ html, isFresh: now < freshUntil });
  return {
    near(key: string, now: number): Found | null {
      const kept = near.get(key);
      return kept === undefined ? null : found(kept, now);
    },
    /** Looks into the shared cache; what is there is near from now on. */
    async far(keys: readonly string[], now: number): Promise<readonly (Found | null)[]> {
      if (keys.length === 0 || cache.kind === "memory") return keys.map(() => null); // a memory cache holds what is near already
      const texts = await cache.getMany(keys);
      return texts.map((text, i) => {
        const parsed = text === null ? null : entry.safeParse(parseJson(text));
        if (!parsed?.success) return null;
        near.set(keys[i] ?? "", parsed.data);
        return found(parsed.data, now);
      });
    },
    keep(key: string, html: string, ttlSeconds: number, now: number): void {
      const kept = { html, freshUntil: now + ttlSeconds * 1000 };
      near.set(key, kept);
      if (cache.kind === "redis") void cache.set(key, JSON.stringify(kept), ttlSeconds + STALE_SECONDS);
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
