import type { RunInHand, RunProgress, WaitingPage } from "@rose-ash/shared/contracts/crawling.ts";
import { HoldLost } from "@rose-ash/shared/contracts/crawling.ts";
import type { RunEnd } from "@rose-ash/shared/contracts/scraping.ts";
import { type HostQueue, makeHostQueue, TooFarOff } from "@rose-ash/shared/infrastructure/manners/index.ts";
import type { SupplierConfig } from "../suppliers/supplier.ts";
import { hostsOf } from "./addresses.ts";
import { type Lanes, type Looked, makeLanes } from "./lanes.ts";
import type { RunParts } from "./parts.ts";
import { type Looking, lookAt, lookAtFault, type Seen } from "./visit.ts";

export const STOPPED: RunEnd = { state: "stopped", ending: "Stopped by hand." };

/** Pages that were begun so often and never came to anything took their process with them. */
const MOST_CRASHES = 8;
/** A turn in a host's queue is waited for at least so long: others ask it, too. */
const LEAST_PATIENCE_SECONDS = 60;
/** Troubles in a row after which a supplier counts as gone. */
const MOST_TROUBLES = 5;
const LONGEST_REST_SECONDS = 5;
const MEGA = 1_000_000;

/** Reads pages until none is left, or something ends the run; what was in hand then is written down. */
export async function work(hand: RunInHand, parts: RunParts, onProgress: (progress: RunProgress) => void): Promise<RunEnd> {
  const visits = makeVisits(hand, parts);
  const lanes = makeLanes({ hosts: hostsOf(parts.supplier).size, signal: parts.signal }, visits.look);
  try {
    return await takeAll(hand, parts, { onProgress, lanes, ended: visits.ended });
  } finally {
    visits.leave();
    await lanes.empty();
  }
}

interface Taking {
  readonly onProgress: (progress: RunProgress) => void;
  readonly lanes: Lanes;
  /** What a page said that ends the run; null: nothing did. */
  readonly ended: () => RunEnd | null;
}

async function takeAll(hand: RunInHand, parts: RunParts, { onProgress, lanes, ended }: Taking): Promise<RunEnd> {
  const beganAt = performance.now(); // what a pause took does not count
  let spokenFor = 0;
  for (;;) {
    parts.signal.throwIfAborted();
    const over = ended();
    if (over !== null) return over;
    const held = lanes.count();
    if (!lanes.hasRoom() || (held > 0 && spokenFor >= parts.supplier.limits.pages)) {
      await lanes.next(null);
      continue;
    }
    const { progress, page, seconds } = await parts.services.crawling.takePage(hand, lanes.besides());
    onProgress(progress);
    if (progress.isStopAsked) return STOPPED;
    const limit = limitMet(progress, performance.now() - beganAt, parts.supplier);
    if (limit !== null) return limited(hand, parts, limit);
    spokenFor = settledOf(progress) + held + 1;
    if (page !== null) lanes.begin(page);
    else if (held === 0 && seconds === null) return judge(hand, parts);
    else await lanes.next(seconds === null ? null : Math.min(seconds, LONGEST_REST_SECONDS) + 0.01);
  }
}

/**
 * How pages are looked at, with what is remembered of their hosts from one to the next. leave: what waits for its turn is left, to be
 * taken again another time; what is being asked for comes to its end.
 */
function makeVisits(hand: RunInHand, parts: RunParts) {
  const turns = new AbortController();
  const queue = queueOf(hand, parts, turns.signal);
  const troubles = new Map<string, number>();
  let end: RunEnd | null = null;
  const passed = new Map<string, Promise<void>>();
  const inOrder = (host: string) => {
    const before = passed.get(host);
    const mine = Promise.withResolvers<void>();
    passed.set(host, mine.promise);
    return { turn: queueAfter(queue, before, mine.resolve), pass: mine.resolve };
  };
  const heed = async (host: string, visited: Seen["visited"]) => {
    if (visited.kind === "fine" || !visited.isHostWide) return void troubles.set(host, 0);
    const before = troubles.get(host) ?? 0;
    troubles.set(host, before + 1);
    const isGone = before + 1 >= MOST_TROUBLES;
    if (isGone) end = { state: "incomplete", ending: `${visited.words} It was so ${MOST_TROUBLES} times in a row.` };
    else end = await leaveAlone(visited, host, { ms: parts.retrySeconds * 1000 * 2 ** before, queue, parts });
    if (end !== null) turns.abort();
  };
  return {
    ended: () => end,
    leave: () => turns.abort(),
    async look(page: WaitingPage, host: string): Promise<Looked> {
      const { turn, pass } = inOrder(host);
      const looking = { queue: turn, parts, seconds: () => parts.retrySeconds * 2 ** (troubles.get(host) ?? 0) };
      try {
        const { visited, write } = await lookSafely(hand, page, looking);
        await heed(host, visited);
        return { write: () => writeSafely(hand, page, { ...looking, write }) };
      } catch (error) {
        if (turns.signal.aborted && !parts.signal.aborted) return { write: async () => undefined };
        throw error;
      } finally {
        pass();
      }
    },
  };
}

/** The queue for one page: its host is asked for it after the page before it, whichever of the two was ready first. */
function queueAfter(queue: HostQueue, before: Promise<void> | undefined, pass: () => void): HostQueue {
  return {
    ...queue,
    async ask(url, headers) {
      await before;
      const answer = queue.ask(url, headers); // it has its place from here on
      pass();
      return answer;
    },
  };
}

function queueOf(hand: RunInHand, parts: RunParts, turns: AbortSignal): HostQueue {
  const { services, transaction, outside, random, signal, supplier } = parts;
  const onCut = (url: string) =>
    transaction((tx) => services.scraping.note(tx, hand.runId, { kind: "robots-cut", url, words: "Only its first 500 KiB are read." }));
  return makeHostQueue({
    ...{ crawling: services.crawling, transaction, outside, random, signal, turns, onCut },
    ...{ ...supplier.rate, contact: supplier.contact ?? parts.contact },
    ...{ maxBytes: supplier.limits.pageMegabytes * MEGA, maxSeconds: supplier.limits.pageSeconds },
    patienceSeconds: patienceOf(supplier),
  });
}

/** Its own pauses are no reason to give up, nor is a run longer than the file lets it be. */
function patienceOf({ rate, limits }: SupplierConfig): number {
  const asked = Math.min(limits.patienceMinutes, limits.minutes) * 60;
  return Math.max(asked, 2 * (rate.delaySeconds + rate.jitterSeconds), LEAST_PATIENCE_SECONDS);
}

/** What a page makes fall over costs that page. */
async function lookSafely(hand: RunInHand, page: WaitingPage, { queue, parts, seconds }: Looking): Promise<Seen> {
  try {
    if (page.attempts >= MOST_CRASHES) throw new Error("the page makes its process fall over");
    return await lookAt(hand, page, { queue, parts, seconds });
  } catch (error) {
    if (isNoFault(error, parts) || isLeft(error)) throw error;
    parts.report(error, page.url);
    return lookAtFault(hand, page, { parts, seconds });
  }
}

/** Where what fell over can't even be written down, the database is away, and the run is left. */
async function writeSafely(
  hand: RunInHand,
  page: WaitingPage,
  { write, parts, seconds }: Omit<Looking, "queue"> & Pick<Seen, "write">,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (isNoFault(error, parts)) throw error;
    parts.report(error, page.url);
    await lookAtFault(hand, page, { parts, seconds }).write();
  }
}

function isNoFault(error: unknown, { signal }: RunParts): boolean {
  return signal.aborted || error instanceof HoldLost || error instanceof TooFarOff;
}

/** It waited for its turn, and is not to have it any more. */
function isLeft(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** Leaves a host alone for a while; null. Or it asks for more than is waited for. */
async function leaveAlone(
  visited: Extract<Seen["visited"], { kind: "trouble" }>,
  host: string,
  { ms, queue, parts: { supplier } }: { ms: number; queue: HostQueue; parts: RunParts },
): Promise<RunEnd | null> {
  const wait = Math.max(visited.waitMs ?? 0, ms);
  if (wait > supplier.limits.patienceMinutes * 60_000) return impatient(visited.words, wait);
  await queue.holdOff(host, wait);
  return null;
}

/** A host that is to be asked again later than is waited for. ms: how much later. */
export function impatient(words: string, ms: number): RunEnd {
  const minutes = Math.ceil(ms / 60_000);
  return { state: "incomplete", ending: `${words} It is to be asked again in ${minutes} minutes: that is more than the file's patience.` };
}

function limitMet(progress: RunProgress, tookMs: number, { limits }: SupplierConfig): string | null {
  if (settledOf(progress) >= limits.pages) return `${limits.pages} pages`;
  if (progress.counts.bytes >= limits.megabytes * MEGA) return `${limits.megabytes} megabytes`;
  return tookMs >= limits.minutes * 60_000 ? `${limits.minutes} minutes` : null;
}

function settledOf({ counts }: RunProgress): number {
  return counts.fetched + counts.unchanged + counts.refused + counts.failed;
}

async function limited(hand: RunInHand, { services, transaction }: RunParts, limit: string): Promise<RunEnd> {
  const ending = `The file lets a run have ${limit}, and it had them before all pages were seen.`;
  await transaction((tx) => services.scraping.note(tx, hand.runId, { kind: "limit", words: ending }));
  return { state: "incomplete", ending };
}

/** Nothing is left to fetch: was all of it seen? */
async function judge(hand: RunInHand, { services, supplier }: RunParts): Promise<RunEnd> {
  const { counts, listings } = await services.crawling.getProgress(hand.runId);
  const [fault, ...more] = await services.crawling.listFaults(hand.runId);
  if (fault) {
    const others = more.length > 0 ? ` and ${more.length} more` : "";
    return { state: "incomplete", ending: `Not all pages were seen: ${fault.url}${others} (${fault.note}).` };
  }
  if (listings >= supplier.limits.listings)
    return { state: "incomplete", ending: `There are more lists than the ${supplier.limits.listings} that the file allows.` };
  if (counts.products === 0) return { state: "incomplete", ending: "No product was found." };
  return { state: "complete", ending: `All pages were seen: ${counts.products} products.` };
}
