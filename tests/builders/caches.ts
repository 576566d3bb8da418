import { setTimeout as sleep } from "node:timers/promises";
import type { Cache } from "../../shared/infrastructure/cache/index.ts";

/** A connection comes up, or comes back, by itself. */
export async function untilItKeeps(cache: Cache): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    await cache.set("probe", "kept", 60);
    if ((await cache.read(["probe"], []))?.texts[0] === "kept") return;
    await sleep(25);
  }
  throw new Error("the cache did not come up");
}

/** A cache of one process that keeps nothing but versions, and needs no server. */
export function aBareCache(): Cache {
  const listeners: Parameters<Cache["onPurge"]>[0][] = [];
  const hear = async (tags: Parameters<Cache["purgeTags"]>[0] | null) => {
    for (const listener of listeners) listener(tags);
  };
  return {
    kind: "memory",
    read: async (keys, tags) => ({ texts: keys.map(() => null), versions: tags.map(() => "") }),
    set: async () => undefined,
    purgeTags: hear,
    purgeAll: () => hear(null),
    claim: async () => true,
    release: async () => undefined,
    onPurge: (listener) => void listeners.push(listener),
    state: () => "connected",
    close: async () => undefined,
  };
}
