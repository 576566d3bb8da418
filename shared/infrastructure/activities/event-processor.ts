import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../models/apps.ts";
import type { Listener } from "../listener/index.ts";
import type { Tracer } from "../tracing/index.ts";
import { type Claimed, claim } from "./claim.ts";
import { openConnection } from "./connection.ts";
import type { Figures } from "./figures.ts";
import type { ActivityHandler } from "./handler.ts";
import { channelOf, type Transaction } from "./hints.ts";
import { type ProcessorLog, type ProcessorSettings, SETTINGS, type Step } from "./settings.ts";
import { makeSettler } from "./settler.ts";
import { makeTryOne } from "./try-one.ts";
import { makeWake } from "./wake.ts";

export interface EventProcessorOptions {
  app: App;
  databaseUrl: string;
  /** Hears the hints. */
  listener: Listener;
  /** For handlers that work in one. */
  transaction: Transaction;
  handlers: readonly ActivityHandler[];
  figures: Figures;
  /** Left out, or null: nothing is traced. */
  tracer?: Tracer | null;
  log: ProcessorLog;
  settings?: Partial<ProcessorSettings>;
  /** Called between any two steps of a handling: tests end the process there. */
  onStep?: (step: Step) => void;
}

/** What comes within as many milliseconds is claimed at once: a look costs almost as much for one as for many. As rare as hints. */
const GATHER_MS = 10;

/** Longer than the handlers' limit makes no sense, and who stops us kills us after ten seconds. */
const STOP_MS = 8000;

export interface EventProcessor {
  /** Claims nothing more, and waits for what is in hand: eight seconds at most, then its leases run out and others take over. */
  stop(): Promise<void>;
}

/** Handles what waits for these handlers until it is stopped. A database that is away is waited for. */
export function startEventProcessor(options: EventProcessorOptions): EventProcessor {
  const settings = { ...SETTINGS, ...options.settings };
  const { handlers, figures, log } = options;
  const wake = makeWake();
  const hints = options.listener.listen(channelOf(options.app), { onNotice: wake.ring, onGap: wake.ring });
  const connection = openConnection(options.databaseUrl);
  const settler = makeSettler({ connection, figures, log, settings, onStep: options.onStep });
  const tryOne = makeTryOne({
    ...{ settings, settler, handlers, figures },
    ...{ transaction: options.transaction, tracer: options.tracer ?? null, onStep: options.onStep },
  });
  const slots = new Map(handlers.map(({ name, atOnce }) => [name, atOnce]));
  const inHand = new Set<Promise<void>>();
  let isStopping = false;

  const take = (claimed: Claimed) => {
    slots.set(claimed.handler, (slots.get(claimed.handler) ?? 0) - 1);
    const work = tryOne(claimed).finally(() => {
      slots.set(claimed.handler, (slots.get(claimed.handler) ?? 0) + 1);
      inHand.delete(work);
      wake.ring(); // a slot is free, and what waited behind it on the same object may be due
    });
    inHand.add(work);
  };
  /** Whether there may be more: every free slot of a handler was filled. */
  const claimSome = async (): Promise<boolean> => {
    const free = new Map([...slots].filter(([, count]) => count > 0));
    if (free.size === 0) return false;
    const claimed = await claim(connection, free, settings.leaseMs).catch((error: unknown) => {
      log.warn({ err: error }, "activities could not be claimed; the next look will");
      return [];
    });
    if (claimed.length > 0) options.onStep?.("claimed");
    for (const one of claimed) take(one);
    return [...free.keys()].some((name) => slots.get(name) === 0);
  };
  const running = (async () => {
    while (!isStopping) {
      if (await claimSome()) continue;
      await sleep(GATHER_MS);
      await wake.sleep(settings.pollMs);
    }
  })();

  return {
    async stop() {
      isStopping = true;
      hints.end();
      wake.ring();
      const patience = makeWake();
      void running.then(() => Promise.all(inHand)).then(patience.ring);
      await patience.sleep(STOP_MS);
      await connection.close();
    },
  };
}
