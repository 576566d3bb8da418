import type { CacheTag } from "../../contracts/tags.ts";

/**
 * What a read found, each list in the order asked. A version is told again until its tag is purged, and never after that:
 * the same epoch and version before and after mean that nothing was purged in between.
 */
export interface CacheRead {
  /** The version of everything. */
  epoch: string;
  texts: readonly (string | null)[];
  versions: readonly string[];
}

/** Text kept for a while under a key, and versions of tags. A cache that fails is an empty one: it never throws. */
export interface Cache {
  /**
   * redis: one for all processes; a purge is seen by every later read, whoever reads.
   * memory: of this process; a purge of another process is heard of a moment later.
   */
  readonly kind: "redis" | "memory";
  /** In one round trip, or two for a tag that has no version. null: it is away, and nobody knows what was purged meanwhile. */
  read(keys: readonly string[], tags: readonly CacheTag[]): Promise<CacheRead | null>;
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
  /** The door for whoever changes what is kept: call it after the commit and before answering. */
  purgeTags(tags: readonly CacheTag[]): Promise<void>;
  /** Everything that was ever kept is purged: after a seed, a restore, a migration. */
  purgeAll(): Promise<void>;
  /** Takes a name for at most that long, for all who share the cache; false when somebody has it. True while the cache is away. */
  claim(name: string, ttlMs: number): Promise<boolean>;
  release(name: string): Promise<void>;
  /** Hears of every purge as soon as this process does; null: of everything. */
  onPurge(listener: (tags: readonly CacheTag[] | null) => void): void;
  /** One word for people: "connected", "away". */
  state(): "connected" | "away";
  close(): Promise<void>;
}
