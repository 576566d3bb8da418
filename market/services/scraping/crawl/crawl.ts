import { HOLD_SECONDS, HoldLost, type RunInHand, type RunProgress } from "@rose-ash/shared/contracts/crawling.ts";
import type { RunEnd } from "@rose-ash/shared/contracts/scraping.ts";
import { TooFarOff } from "@rose-ash/shared/infrastructure/manners/index.ts";
import type { SupplierConfig } from "../suppliers/supplier.ts";
import { addressOf, kindOf } from "./addresses.ts";
import type { CrawlParts, RunParts } from "./parts.ts";
import { impatient, STOPPED, work } from "./work.ts";

/** paused and released: whoever asked for it knows; lost: another process has it. */
export type CrawlResult = RunEnd | { readonly state: "paused" | "released" | "lost" };

export interface CrawlOptions {
  readonly supplier: SupplierConfig;
  /** Aborted with "pause": left until somebody has it go on; with "release": for whoever comes next. */
  readonly leave: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
}

const BEATS = 4;

/**
 * Reads a supplier's pages, of each host one after another, until none is left or something ends it. All that is known is in the
 * database after each page: killed at any step, it goes on with the pages it had in hand.
 */
export async function crawl(hand: RunInHand, shared: CrawlParts, { supplier, leave, onProgress }: CrawlOptions): Promise<CrawlResult> {
  const ending = new AbortController();
  const parts: RunParts = { ...shared, supplier, signal: AbortSignal.any([ending.signal, leave]) };
  const heart = setInterval(() => void beat(hand, parts, ending), (HOLD_SECONDS * 1000) / BEATS);
  try {
    await begin(hand, parts);
    const end = await work(hand, parts, onProgress).catch(giveUp);
    return (await finish(hand, parts, end)) ?? { state: "lost" };
  } catch (error) {
    return await left(error, hand, parts, { ending, leave });
  } finally {
    clearInterval(heart);
  }
}

/** A host whose turn is too far off is not waited for: the other suppliers are. */
function giveUp(error: unknown): RunEnd {
  if (error instanceof TooFarOff) return impatient("Its host has no turn for us.", error.ms);
  throw error;
}

async function beat(hand: RunInHand, { services, transaction }: RunParts, ending: AbortController): Promise<void> {
  const said = await transaction((tx) => services.crawling.keepHold(tx, hand)).catch(() => "held" as const); // the next beat may come through
  if (said !== "held") ending.abort(said);
}

/** The start pages; those of a run that goes on are known. */
async function begin(hand: RunInHand, { services, transaction, supplier }: RunParts): Promise<void> {
  const urls = supplier.start.flatMap((start) => addressOf(start, new URL(start), supplier) ?? []);
  const pages = urls.map((url) => ({ url: url.href, kind: kindOf(url, supplier) ?? ("listing" as const), depth: 0, barren: 0 }));
  await transaction((tx) => services.crawling.addPages(tx, hand, pages));
}

async function finish(hand: RunInHand, { services, transaction }: RunParts, end: RunEnd): Promise<RunEnd | null> {
  return transaction(async (tx) => {
    const ended = await services.scraping.finishRun(tx, hand, end);
    if (ended !== null) await services.crawling.forgetOld(tx, hand.supplierId);
    return ended;
  });
}

/** The run is left in the middle: by who asked for it, by another process, or by a fault, which is nobody's answer. */
async function left(
  error: unknown,
  hand: RunInHand,
  parts: RunParts,
  { ending, leave }: { ending: AbortController; leave: AbortSignal },
): Promise<CrawlResult> {
  const { services, transaction } = parts;
  if (error instanceof HoldLost || ending.signal.reason === "lost") return { state: "lost" };
  if (ending.signal.reason === "stop") return (await finish(hand, parts, STOPPED)) ?? { state: "lost" };
  if (!leave.aborted) throw error;
  const isPaused = leave.reason === "pause";
  await transaction((tx) => (isPaused ? services.crawling.pauseRun(tx, hand) : services.crawling.releaseRun(tx, hand)));
  return { state: isPaused ? "paused" : "released" };
}
