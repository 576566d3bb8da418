/** Leaves alone for a while what has failed several times in a row; then one request tries it again. */
export interface Breaker<Key> {
  /** True for the one that tries after the rest, too: others wait for what it finds. */
  mayTry(key: Key, now: number): boolean;
  settle(key: Key, isOk: boolean, now: number): void;
  isOpen(key: Key, now: number): boolean;
}

/** failures: how many in a row open it. restMs: how long it stays open before the next try. */
export function makeBreaker<Key>({ failures, restMs }: { failures: number; restMs: number }): Breaker<Key> {
  const states = new Map<Key, { failures: number; restUntil: number }>();
  return {
    mayTry(key, now) {
      const state = states.get(key);
      if (state === undefined || state.failures < failures) return true;
      if (now < state.restUntil) return false;
      state.restUntil = now + restMs;
      return true;
    },
    settle(key, isOk, now) {
      if (isOk) return void states.delete(key);
      states.set(key, { failures: (states.get(key)?.failures ?? 0) + 1, restUntil: now + restMs });
    },
    isOpen(key, now) {
      const state = states.get(key);
      return state !== undefined && state.failures >= failures && now < state.restUntil;
    },
  };
}
