import { setTimeout as sleep } from "node:timers/promises";
import type { InHand, WaitingPage } from "@rose-ash/shared/contracts/crawling.ts";

/** What looking at a page came to, with the writing of it. */
export interface Looked {
  /** Writes down what came of it, in a transaction of its own. */
  readonly write: () => Promise<void>;
}

/**
 * The pages that a run has in hand. Each host has a lane of its own: while it is asked for one page the next one waits for its turn, and
 * what came is written down behind them, page after page, in the order in which they came.
 */
export interface Lanes {
  besides(): InHand;
  count(): number;
  /** Whether anything more could be begun now. */
  hasRoom(): boolean;
  /** Asks for a page, on the lane of its host. */
  begin(page: WaitingPage): void;
  /** Until something came to its end since it was last waited for, or for so long; null: however long it takes. Throws what fell over. */
  next(seconds: number | null): Promise<void>;
  /** Until nothing is in hand any more, whatever became of it. */
  empty(): Promise<void>;
}

/** Pages of a host that are asked for, or wait for that. */
const MOST_OF_HOST = 2;
/** Pages that came and are not written down yet: while there are so many, no more are asked for. */
const MOST_UNWRITTEN = 4;

/** hosts: how many there can be. signal: ends a wait. look: asks for a page, and gives what it came to; what it throws, next throws. */
export function makeLanes(
  { hosts, signal }: { hosts: number; signal: AbortSignal },
  look: (page: WaitingPage, host: string) => Promise<Looked>,
): Lanes {
  const asking = new Map<string, { readonly host: string; readonly end: Promise<void> }>();
  const unwritten = new Set<string>();
  const failures: unknown[] = [];
  let writing = Promise.resolve();
  let bell = Promise.withResolvers<void>();
  let hasRung = false;
  const ring = () => {
    hasRung = true;
    bell.resolve();
    bell = Promise.withResolvers();
  };
  const write = (url: string, { write: work }: Looked) => {
    unwritten.add(url);
    writing = writing
      .then(() => (failures.length === 0 ? work() : undefined))
      .catch((error: unknown) => void failures.push(error))
      .finally(() => {
        unwritten.delete(url);
        ring();
      });
  };
  const ask = async (page: WaitingPage, host: string) => {
    try {
      write(page.url, await look(page, host));
    } catch (error) {
      failures.push(error);
    } finally {
      asking.delete(page.url);
      ring();
    }
  };
  return {
    besides() {
      const ofHost = Map.groupBy(asking.values(), ({ host }) => host);
      const full = [...ofHost].filter(([, some]) => some.length >= MOST_OF_HOST).map(([host]) => host);
      return { urls: [...asking.keys(), ...unwritten], hosts: full };
    },
    count: () => asking.size + unwritten.size,
    hasRoom: () => asking.size < MOST_OF_HOST * hosts && unwritten.size < MOST_UNWRITTEN,
    begin(page) {
      const { host } = new URL(page.url);
      asking.set(page.url, { host, end: Promise.resolve().then(() => ask(page, host)) });
    },
    async next(seconds) {
      if (failures.length === 0 && !hasRung) await soonest(bell.promise, seconds, signal);
      if (failures.length > 0) throw failures[0];
      hasRung = false;
    },
    async empty() {
      await Promise.all([...asking.values()].map(({ end }) => end));
      await writing;
    },
  };
}

async function soonest(bell: Promise<void>, seconds: number | null, signal: AbortSignal): Promise<void> {
  if (seconds === null) return bell; // what is in hand heeds the signal
  const timer = new AbortController();
  const rest = sleep(seconds * 1000, undefined, { signal: AbortSignal.any([timer.signal, signal]) }).catch(() => undefined); // it rang before that
  await Promise.race([bell, rest]);
  timer.abort();
}
