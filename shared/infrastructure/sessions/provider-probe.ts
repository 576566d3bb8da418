const KEPT_MS = 5_000;
const PATIENCE_MS = 1_000;

/** Whether the identity provider answers. */
export interface ProviderProbe {
  /** As of the last five seconds: asked for every guest who might be signed in elsewhere. */
  isUp(): Promise<boolean>;
  /** As of now: asked before a person is sent there. */
  isUpNow(): Promise<boolean>;
}

/** Asks the provider's /healthz, one request at a time. origin: its internal one. */
export function makeProviderProbe(origin: string): ProviderProbe {
  let askedAt = Number.NEGATIVE_INFINITY;
  let answer: Promise<boolean> = Promise.resolve(false);
  const ask = () => {
    askedAt = performance.now();
    answer = fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
      async (response) => {
        await response.body?.cancel();
        return response.ok;
      },
      () => false,
    );
    return answer;
  };
  return { isUp: () => (performance.now() - askedAt < KEPT_MS ? answer : ask()), isUpNow: ask };
}
