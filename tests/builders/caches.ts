import { setTimeout as sleep } from "node:timers/promises";
import type { Cache } from "../../shared/infrastructure/cache/index.ts";

const PATIENCE_MS = 20_000; // what each test allows a connection is the test's to say

/** A connection comes up, or comes back, by itself. */
export async function untilItKeeps(cache: Cache): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    await cache.set("probe", "kept", 60);
    if ((await cache.read(["probe"], []))?.texts[0] === "kept") return;
    await sleep(25);
  }
  throw new Error("the cache did not come up");
}

/** What processes share, without a server: each opens a cache on it. isAway: nobody reaches it. */
export interface SharedStore {
  texts: Map<string, string>;
  claims: Set<string>;
  isAway: boolean;
  open(kind?: Cache["kind"]): Cache;
}

export function aSharedStore(): SharedStore {
  const versions = new Map<string, number>();
  let purges = 0;
  const store: SharedStore = {
    texts: new Map(),
    claims: new Set(),
    isAway: false,
    open(kind = "redis") {
      const listeners: Parameters<Cache["onPurge"]>[0][] = [];
      const purge = async (tags: Parameters<Cache["purgeTags"]>[0] | null) => {
        for (const listener of listeners) listener(tags);
        for (const tag of tags ?? ["*"]) versions.set(tag, ++purges);
      };
      const versionOf = (tag: string) => String(versions.get(tag) ?? "");
      return {
        kind,
        async read(keys, tags) {
          if (store.isAway) return null;
          return { epoch: versionOf("*"), texts: keys.map((key) => store.texts.get(key) ?? null), versions: tags.map(versionOf) };
        },
        set: async (key, value) => void (store.isAway || store.texts.set(key, value)),
        purgeTags: purge,
        purgeAll: () => purge(null),
        claim: async (name) => store.isAway || (!store.claims.has(name) && store.claims.add(name).has(name)),
        release: async (name) => void store.claims.delete(name),
        onPurge: (listener) => void listeners.push(listener),
        state: () => (store.isAway ? "away" : "connected"),
        close: async () => undefined,
      };
    },
  };
  return store;
}
