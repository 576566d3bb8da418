import { setTimeout as sleep } from "node:timers/promises";
import type { PaymentParts } from "./parts.ts";

/** How long to rest when nothing was due. Whoever waits at a page has it looked at by the page. */
const LOOK_MS = 5_000;
/** Who stops us kills us after ten seconds; what is cut off is done again. */
const STOP_MS = 8_000;

/** Rounds, one after another, until it is stopped. stop() waits for the one in hand. */
export function keepLooking(round: () => Promise<boolean>, log: PaymentParts["log"]): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      const isMore = await round().catch((error: unknown) => {
        log.warn({ err: error }, "a round of payments did not end well; the next one goes on");
        return false;
      });
      if (!isMore) await sleep(LOOK_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await Promise.race([running, sleep(STOP_MS, undefined, { ref: false })]);
    },
  };
}
