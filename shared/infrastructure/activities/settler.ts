import { setTimeout as sleep } from "node:timers/promises";
import { backoffMs } from "./backoff.ts";
import type { Claimed } from "./claim.ts";
import type { Connection } from "./connection.ts";
import type { Figures } from "./figures.ts";
import type { ProcessorLog, ProcessorSettings, Step } from "./settings.ts";
import { settleDead, settleDone, settleFailed } from "./settle.ts";

interface SettlerParts {
  connection: Connection;
  figures: Figures;
  log: ProcessorLog;
  settings: ProcessorSettings;
  onStep?: ((step: Step) => void) | undefined;
}

/** Writes down how tries ended. While the database is away it keeps trying until the lease has run out; then it is for others. */
export interface Settler {
  done(claimed: Claimed): Promise<void>;
  /** To be tried again, or dead after the last try. */
  failed(claimed: Claimed, error: unknown): Promise<void>;
}

const AGAIN_MS = 250;

export function makeSettler({ connection, figures, log, settings, onStep }: SettlerParts): Settler {
  let batch: { claimed: Claimed[]; settled: Promise<void> } | null = null;

  const persist = async <T>(held: readonly Claimed[], settle: () => Promise<T>): Promise<T | null> => {
    const until = Math.max(...held.map(({ claimedAt }) => claimedAt)) + settings.leaseMs;
    for (;;) {
      try {
        return await settle();
      } catch (error) {
        if (performance.now() + AGAIN_MS > until) {
          log.warn({ err: error, handlings: held.map(({ id }) => id) }, "handled, but not written down: to be handled again");
          return null;
        }
        await sleep(AGAIN_MS);
      }
    }
  };
  const settleBatch = async () => {
    await new Promise(setImmediate); // whatever ends in this turn of the loop goes in one statement
    const claimed = batch?.claimed ?? [];
    batch = null;
    onStep?.("settling");
    const won = await persist(claimed, () => settleDone(connection, claimed));
    onStep?.("settled");
    for (const { id, handler } of claimed) figures.count(handler, won?.has(id) ? "done" : "lost");
  };

  return {
    done(claimed) {
      if (batch === null) {
        const claimedNow: Claimed[] = [];
        batch = { claimed: claimedNow, settled: Promise.resolve() };
        batch.settled = settleBatch();
      }
      batch.claimed.push(claimed);
      return batch.settled;
    },
    async failed(claimed, error) {
      const why = reasonOf(error);
      const context = { err: error, handler: claimed.handler, activity: claimed.activity.id, attempts: claimed.attempts };
      if (claimed.attempts >= settings.tries) {
        log.error(context, "an activity is dead: its last try failed");
        figures.count(claimed.handler, "dead");
        await persist([claimed], () => settleDead(connection, claimed, why));
      } else {
        log.warn(context, "an activity could not be handled; it is tried again");
        figures.count(claimed.handler, "failed");
        const delayMs = backoffMs(claimed.attempts, settings.backoff, settings.random);
        await persist([claimed], () => settleFailed(connection, claimed, delayMs, why));
      }
    },
  };
}

/** What an admin reads; the stack is in the log. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2000);
}
