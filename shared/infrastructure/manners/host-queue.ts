import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import type { CrawlingService, HostRobots } from "../../contracts/crawling.ts";
import type { Transaction } from "../activities/index.ts";
import { askOutside, type Outside, type OutsideReply } from "../http/outside/index.ts";
import { crawlDelayOf, mayFetch, robotsOf } from "./robots/may-fetch.ts";
import { MAX_ROBOTS_BYTES, parseRobots, type Robots } from "./robots/parse-robots.ts";

/** The product token that robots.txt knows us by (RFC 9309 §2.2.1). */
const AGENT = "RoseAshShop";

/** Who asks, how often and how much. contact: an address where whoever is asked reads who asks. random: 0..1. */
export interface QueueParts {
  readonly crawling: Pick<CrawlingService, "takeSlot" | "holdOff" | "findRobots" | "keepRobots">;
  readonly transaction: Transaction;
  readonly outside: Outside;
  readonly contact: string;
  readonly delaySeconds: number;
  readonly jitterSeconds: number;
  readonly maxBytes: number;
  readonly maxSeconds: number;
  /** How long is waited for a turn. */
  readonly patienceSeconds: number;
  readonly random: () => number;
  /** Ends whatever waits or is asked, by an error. */
  readonly signal: AbortSignal;
  /** Ends, by an error, whatever waits for a turn; what is being asked goes on. */
  readonly turns: AbortSignal;
  /** Told of a robots.txt that was too long to be read whole. */
  readonly onCut: (url: string) => Promise<void>;
}

/** The turn is further off than whoever asks waits; it was not taken. ms: how far. */
export class TooFarOff extends Error {
  readonly ms: number;
  constructor(host: string, ms: number) {
    super(`${host} is not to be asked for ${Math.ceil(ms / 1000)} seconds`);
    this.ms = ms;
  }
}

/**
 * Asking hosts, each in its turn and by its rules: one queue a host, for all processes. Of one HostQueue a host is asked one thing at a
 * time; who asks while it is busy has a turn already, and goes on when it has answered.
 */
export interface HostQueue {
  /** unreachable: its robots.txt can't be had, so that nothing may be fetched (RFC 9309 §2.3.1.4). */
  mayFetch(url: URL): Promise<"yes" | "no" | "unreachable">;
  /** Waits for the turn, and asks. Throws TooFarOff, as mayFetch does. */
  ask(url: URL, headers: Readonly<Record<string, string>>): Promise<OutsideReply>;
  holdOff(host: string, ms: number): Promise<void>;
}

interface KnownRobots {
  readonly robots: Robots;
  readonly isUnreachable: boolean;
  readonly until: number;
}

/** After one that was late another is no nearer to it than this part of the pause. */
const LEAST_PART = 0.8;
/** A robots.txt that asks for longer pauses than these is heeded so far. */
const LONGEST_CRAWL_DELAY_SECONDS = 600;
/** RFC 9309 §2.4. */
const ROBOTS_MS = 24 * 3_600_000;
/** One that could not be had is asked for again sooner. */
const UNREACHABLE_MS = 5 * 60_000;
/** RFC 9309 §2.3.1.2: after so many redirects there is none. */
const ROBOTS_REDIRECTS = 5;

/** A queue for one piece of work; what it learnt of hosts stays in the database. */
export function makeHostQueue(parts: QueueParts): HostQueue {
  const known = new Map<string, KnownRobots>();
  const sought = new Map<string, Promise<KnownRobots>>();
  const lanes = new Map<string, Lane>();
  const laneOf = (host: string): Lane => {
    const lane = lanes.get(host) ?? { last: Promise.resolve(), holds: 0, notBefore: 0 };
    lanes.set(host, lane);
    return lane;
  };
  const ask = (url: URL, headers: Readonly<Record<string, string>>, most: { maxBytes: number; isCut: boolean }) =>
    askInTurn(parts, known.get(url.host)?.robots ?? null, { url, headers, ...most, lane: laneOf(url.host) });
  const robotsFor = async (url: URL): Promise<KnownRobots> => {
    const found = known.get(url.host);
    if (found && found.until > Date.now()) return found;
    const seeking = sought.get(url.host) ?? findRobots(parts, url, ask).finally(() => sought.delete(url.host));
    sought.set(url.host, seeking);
    known.set(url.host, await seeking);
    return seeking;
  };
  return {
    async mayFetch(url) {
      const now = await robotsFor(url);
      if (now.isUnreachable) return "unreachable";
      return mayFetch(now.robots, AGENT, url.href) ? "yes" : "no";
    },
    ask: (url, headers) => ask(url, headers, { maxBytes: parts.maxBytes, isCut: false }),
    holdOff(host, ms) {
      laneOf(host).holds += 1;
      return parts.transaction((tx) => parts.crawling.holdOff(tx, host, ms));
    },
  };
}

/**
 * What of a host is being asked. last: settles when it has answered; holds: how often it was left alone, after which turns are taken
 * anew; notBefore: by performance.now(), when it may be asked after one that was late.
 */
interface Lane {
  last: Promise<unknown>;
  holds: number;
  notBefore: number;
}

type Ask = (url: URL, headers: Readonly<Record<string, string>>, most: { maxBytes: number; isCut: boolean }) => Promise<OutsideReply>;

async function askInTurn(
  parts: QueueParts,
  robots: Robots | null,
  { url, headers, maxBytes, isCut, lane }: Question & { lane: Lane },
): Promise<OutsideReply> {
  const asked = (robots && crawlDelayOf(robots, AGENT)) ?? 0;
  const delay = Math.max(parts.delaySeconds, Math.min(asked, LONGEST_CRAWL_DELAY_SECONDS));
  const before = lane.last;
  const turn = Promise.withResolvers<void>();
  lane.last = turn.promise;
  try {
    await waitForTurn(parts, url.host, { delay, before, lane });
    return await askNow(parts, { url, headers, maxBytes, isCut });
  } finally {
    turn.resolve();
  }
}

/** A place in the queue is taken while the host still answers what was asked before; where it was left alone meanwhile, another one. */
async function waitForTurn(
  { crawling, turns, signal, jitterSeconds, random, patienceSeconds }: QueueParts,
  host: string,
  { delay, before, lane }: { delay: number; before: Promise<unknown>; lane: Lane },
): Promise<void> {
  const waiting = AbortSignal.any([signal, turns]);
  let turnAt = 0;
  for (let holds = -1; holds !== lane.holds; ) {
    holds = lane.holds;
    const gapMs = (delay + jitterSeconds * random()) * 1000;
    const { isTaken, ms } = await crawling.takeSlot(host, { gapMs, mostMs: patienceSeconds * 1000 });
    if (!isTaken) throw new TooFarOff(host, ms);
    turnAt = performance.now() + ms;
    if (ms >= 1) await sleep(ms, undefined, { signal: waiting });
    await before;
    await setImmediate(); // whoever was answered says first whether the host is to be left alone
    waiting.throwIfAborted();
  }
  const rest = lane.notBefore - performance.now();
  if (rest >= 1) await sleep(rest, undefined, { signal: waiting });
  // one that waited for an answer is late, and the next one keeps its distance from it; what a timer is late by comes to nothing
  const now = performance.now();
  const lateMs = now - turnAt;
  lane.notBefore = lateMs > (1 - LEAST_PART) * delay * 1000 ? now + LEAST_PART * delay * 1000 : 0;
}

interface Question {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly isCut: boolean;
}

async function askNow(
  { signal, outside, contact, maxSeconds }: QueueParts,
  { url, headers, maxBytes, isCut }: Question,
): Promise<OutsideReply> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(maxSeconds * 1000)]);
  const answer = await askOutside(
    { url, maxBytes, isCut, signal: limit, headers: { "user-agent": `${AGENT}/1.0 (+${contact})`, ...headers } },
    outside,
  );
  signal.throwIfAborted();
  return answer;
}

/** As it is kept, else asked for. */
async function findRobots({ crawling, transaction, onCut }: QueueParts, url: URL, ask: Ask): Promise<KnownRobots> {
  const kept = await crawling.findRobots(url.host);
  const fresh = kept && knownOf(kept);
  if (fresh && fresh.until > Date.now()) return fresh;
  const { status, body } = await fetchRobots(url, ask, onCut);
  const isRead = status !== null && status >= 200 && status < 300;
  const verdict = status === null || status >= 500 ? "unreachable" : isRead ? "read" : "none";
  const text = isRead ? new TextDecoder().decode(body) : "";
  await transaction((tx) => crawling.keepRobots(tx, url.host, { verdict, text }));
  return knownOf({ verdict, text, at: new Date() });
}

function knownOf({ verdict, text, at }: HostRobots): KnownRobots {
  const isUnreachable = verdict === "unreachable";
  const robots = verdict === "read" ? parseRobots(text) : robotsOf({ status: isUnreachable ? null : 404, body: "" });
  return { robots, isUnreachable, until: at.getTime() + (isUnreachable ? UNREACHABLE_MS : ROBOTS_MS) };
}

async function fetchRobots(origin: URL, ask: Ask, onCut: QueueParts["onCut"]): Promise<{ status: number | null; body: Buffer }> {
  let url = new URL("/robots.txt", origin);
  for (let hop = 0; hop <= ROBOTS_REDIRECTS; hop++) {
    const answer = await ask(url, { accept: "text/plain, */*;q=0.5" }, { maxBytes: MAX_ROBOTS_BYTES, isCut: true });
    if (answer.kind === "refused") return { status: null, body: Buffer.alloc(0) };
    const { status, headers, body, wasCut } = answer;
    if (wasCut) await onCut(url.href);
    if (status < 300 || status > 399) return { status, body };
    const next = headers.location === undefined ? null : URL.parse(headers.location, url.href);
    if (next === null) break;
    url = next;
  }
  return { status: 404, body: Buffer.alloc(0) };
}
