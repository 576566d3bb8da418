const FAILURES = 3;
const REST_MS = 1000;

/** After three failures in a row an owner is left alone for a second; then one request tries it again. */
export interface Breaker<Key> {
  mayTry(key: Key, now: number): boolean;
  settle(key: Key, isOk: boolean, now: number): void;
}

export function makeBreaker<Key>(): Breaker<Key> {
  const states = new Map<Key, { failures: number; restUntil: number }>();
  return {
    mayTry(key, now) {
      const state = states.get(key);
      if (state === undefined || state.failures < FAILURES) return true;
      if (now < state.restUntil) return false;
      state.restUntil = now + REST_MS; // the one that tries; others wait for what it finds
      return true;
    },
    settle(key, isOk, now) {
      if (isOk) return void states.delete(key);
      states.set(key, { failures: (states.get(key)?.failures ?? 0) + 1, restUntil: now + REST_MS });
    },
  };
}
