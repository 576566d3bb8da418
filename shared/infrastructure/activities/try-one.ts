import { type Tracer, within } from "../tracing/index.ts";
import type { Claimed } from "./claim.ts";
import type { Figures } from "./figures.ts";
import type { ActivityHandler, OutsideHandler, TransactionHandler } from "./handler.ts";
import type { Transaction } from "./hints.ts";
import type { ProcessorSettings, Step } from "./settings.ts";
import { settleDoneIn } from "./settle.ts";
import type { Settler } from "./settler.ts";

interface TryParts {
  transaction: Transaction;
  settings: ProcessorSettings;
  settler: Settler;
  handlers: readonly ActivityHandler[];
  figures: Figures;
  tracer: Tracer | null;
  onStep?: ((step: Step) => void) | undefined;
}

/** Ends the handler's transaction without a trace: somebody else has the activity in hand by now. */
class LeaseLost extends Error {}

/** Runs the handler of what was claimed, and sees to it that its end is written down. Never rejects. */
export function makeTryOne(parts: TryParts): (claimed: Claimed) => Promise<void> {
  const { settings, settler, figures } = parts;
  const handlers = new Map(parts.handlers.map((handler) => [handler.name, handler]));
  return async (claimed) => {
    const handler = handlers.get(claimed.handler);
    if (handler === undefined) return; // only names of ours are claimed
    // each earlier try ended without a word: the process died or its lease ran out
    if (claimed.attempts > settings.tries) return settler.failed(claimed, new Error("no try of it ever came to an end"));
    const began = performance.now();
    // of first tries only: how long a failure was put off says nothing about how quick we are
    const lag = () => (claimed.attempts === 1 ? claimed.waitedMs + performance.now() - claimed.claimedAt : null);
    try {
      await handle(parts, handler, claimed);
      figures.time(handler.name, performance.now() - began, lag());
    } catch (error) {
      if (error instanceof LeaseLost) return figures.count(handler.name, "lost");
      figures.time(handler.name, performance.now() - began, lag());
      await settler.failed(claimed, error);
    }
  };
}

/** A trace of its own, as nobody waits for it: it tells which request brought it about. */
function handle(parts: TryParts, handler: ActivityHandler, claimed: Claimed): Promise<void> {
  const work = () =>
    handler.kind === "transaction" ? handleInTransaction(parts, handler, claimed) : handleOutside(parts, handler, claimed);
  if (parts.tracer === null) return work();
  const { type, object } = claimed.activity;
  const attributes = { "activity.type": type, "activity.object": object.type, "activity.attempt": claimed.attempts };
  return within(parts.tracer.begin(`handle ${handler.name}`, "consumer", { after: claimed.traceparent, attributes }), work);
}

/** The mark comes last: until then a second process that took over may work on the same, and one of the two commits. */
async function handleInTransaction({ transaction, settings, figures, onStep }: TryParts, handler: TransactionHandler, claimed: Claimed) {
  const work = transaction(async (tx) => {
    await handler.handle(tx, claimed.activity);
    onStep?.("handled");
    if (!(await settleDoneIn(tx, claimed))) throw new LeaseLost();
    onStep?.("marked");
  });
  await inTime(settings.leaseMs * 0.8, work);
  onStep?.("committed");
  figures.count(handler.name, "done");
}

async function handleOutside({ settings, settler, onStep }: TryParts, handler: OutsideHandler, claimed: Claimed) {
  const stop = new AbortController();
  try {
    await inTime(settings.leaseMs * 0.8, handler.handle(claimed.activity, stop.signal));
  } catch (error) {
    stop.abort(error);
    throw error;
  }
  onStep?.("handled");
  await settler.done(claimed);
}

/** Rejects when the work takes longer. What it comes to later is nobody's: its lease is given back. */
async function inTime(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${Math.round(ms / 1000)} s`)), ms);
  });
  work.catch(() => undefined); // when it fails after its time was up
  try {
    await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
