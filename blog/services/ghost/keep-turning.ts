import { setTimeout as sleep } from "node:timers/promises";
import type { Listener } from "@rose-ash/shared/infrastructure/listener/index.ts";
import { GhostError } from "./client.ts";
import type { GhostParts } from "./parts.ts";
import { round } from "./round.ts";

/** How long to wait for a hint before looking without one. */
const LOOK_MS = 5000;

/** How long a Ghost that is away is left alone. */
const AWAY_MS = 30_000;

/** Who stops us kills us after ten seconds; what is cut off is compared again. */
const STOP_MS = 8000;

export interface Turning {
  /** Begins nothing more, and waits for the pieces in hand: eight seconds at most. */
  stop(): Promise<void>;
}

/** Takes turns until it is stopped: when a webhook or a form asks, and every few seconds. */
export function keepTurning(parts: GhostParts, listener: Listener, holder: string): Turning {
  const stopping = new AbortController();
  let wake = new AbortController();
  const ring = () => wake.abort();
  const hints = listener.listen("ghost", { onNotice: ring, onGap: ring });
  const rest = async (ms: number) => {
    await sleep(ms, undefined, { signal: AbortSignal.any([wake.signal, stopping.signal]) }).catch(() => undefined);
    wake = new AbortController();
  };
  const running = (async () => {
    while (!stopping.signal.aborted) {
      const isMore = await round(parts, holder, stopping.signal).catch((error: unknown) => report(parts, error));
      if (isMore !== true) await rest(isMore === "away" ? AWAY_MS : LOOK_MS);
    }
    await parts.transaction((tx) => parts.services.ghost.endTurn(tx, holder));
  })().catch((error: unknown) => parts.log.warn({ err: error }, "the turn with Ghost was not given back; it runs out"));
  return {
    async stop() {
      hints.end();
      stopping.abort();
      await Promise.race([running, sleep(STOP_MS, undefined, { ref: false })]);
    },
  };
}

/** What went wrong stands on the page for editors until a turn goes well. */
async function report({ services, transaction, log }: GhostParts, error: unknown): Promise<"away"> {
  log.warn({ err: error }, "a turn with Ghost did not end well; the next one goes on");
  const words = error instanceof GhostError ? error.message : "A fault of ours; the log has it.";
  await transaction((tx) => services.ghost.noteTrouble(tx, words)).catch((inner: unknown) =>
    log.warn({ err: inner }, "that could not be written down"),
  );
  return "away";
}
