/** Text kept for a while under a key. A cache that fails is an empty one: it never throws. */
export interface Cache {
  readonly kind: "redis" | "memory";
  getMany(keys: readonly string[]): Promise<readonly (string | null)[]>;
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
  close(): Promise<void>;
}
