import { setTimeout as sleep } from "node:timers/promises";
import type { Listener } from "../listener/index.ts";

/** What goes wrong is said here. */
type TurningLog = { warn(context: object, message: string): void };

/** channel: on which hints come (NOTIFY). lookMs: how long to wait for one before looking without. */
export interface TurningOptions {
  readonly channel: string;
  readonly lookMs: number;
}

/** How long what is away is left alone. */
const AWAY_MS = 30_000;

/** Who stops us kills us after ten seconds; what is cut off is done again. */
const STOP_MS = 8000;

/** Work that one process at a time does, piece by piece. */
export interface Turn {
  /** Gives whether there is more to do at once. */
  round(signal: AbortSignal): Promise<boolean>;
  /** Lets another process have the turn. */
  release(): Promise<void>;
  /** What went wrong in a round; the next one goes on. */
  report(error: unknown): Promise<void>;
}

export interface Turning {
  /** Begins nothing more, and waits for the pieces in hand: eight seconds at most. */
  stop(): Promise<void>;
}

/** Takes turns until it is stopped: when a hint comes, and every so often. */
export function keepTurning(turn: Turn, listener: Listener, log: TurningLog, { channel, lookMs }: TurningOptions): Turning {
  const stopping = new AbortController();
  let wake = new AbortController();
  const ring = () => wake.abort();
  const hints = listener.listen(channel, { onNotice: ring, onGap: ring });
  const rest = async (ms: number) => {
    await sleep(ms, undefined, { signal: AbortSignal.any([wake.signal, stopping.signal]) }).catch(() => undefined);
    wake = new AbortController();
  };
  const fail = async (error: unknown): Promise<"away"> => {
    log.warn({ err: error }, "a turn did not end well; the next one goes on");
    await turn.report(error).catch((inner: unknown) => log.warn({ err: inner }, "that could not be written down"));
    return "away";
  };
  const running = (async () => {
    while (!stopping.signal.aborted) {
      const isMore = await turn.round(stopping.signal).catch(fail);
      if (isMore !== true) await rest(isMore === "away" ? AWAY_MS : lookMs);
    }
    await turn.release();
  })().catch((error: unknown) => log.warn({ err: error }, "a turn was not given back; it runs out"));
  return {
    async stop() {
      hints.end();
      stopping.abort();
      await Promise.race([running, sleep(STOP_MS, undefined, { ref: false })]);
    },
  };
}
