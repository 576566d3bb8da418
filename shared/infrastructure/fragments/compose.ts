import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { FRAGMENTS, type FragmentWant } from "../../contracts/fragments.ts";
import type { App } from "../../models/apps.ts";
import { makeBreaker } from "./breaker.ts";
import type { makeKept } from "./kept.ts";
import type { Owned } from "./owner.ts";
import { postJson } from "./post-json.ts";
import { type FragmentSubject, PUBLIC, printSubject, subjectOf } from "./subject.ts";
import type { FragmentTokens } from "./tokens.ts";
import { batchAnswer, MAX_WANTS, PATH, type Piece } from "./wire.ts";

const GUEST_TTL_SECONDS = 10;
/** An owner may take five times the page's deadline: what comes late is kept for the next page. */
const PATIENCE = 5;
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

export interface ComposerParts {
  name: App;
  owned: Owned;
  tokens: FragmentTokens;
  kept: ReturnType<typeof makeKept>;
  originOf: (app: App) => string;
  deadlineMs: number;
}

/** A want with what decides who makes it, for whom, and whether it may be kept. key null: personal, never kept. */
interface Job {
  want: FragmentWant;
  owner: App;
  subject: FragmentSubject;
  key: string | null;
  ttlSeconds: number;
}

type Asker = Pick<FastifyRequest, "viewer" | "id" | "log">;

/**
 * Fetches what a page wants: kept pieces at once, the rest from each owner in one batch, all under one deadline.
 * A stale piece is served while it is refreshed. A piece that can't be had is "": the template has its own fallback.
 */
export function makeComposer(parts: ComposerParts) {
  const breaker = makeBreaker<App>();
  const underWay = new Map<string, Promise<string | null>>();

  async function compose(asker: Asker, wants: readonly FragmentWant[]): Promise<string[]> {
    const now = Date.now();
    const jobs = wants.map((want) => jobOf(want, subjectOf(asker.viewer)));
    const near = jobs.map(({ key }) => (key === null ? null : parts.kept.near(key, now)));
    const missing = jobs.filter((job, i) => job.key !== null && near[i] === null);
    const far = await parts.kept.far(
      missing.map(({ key }) => key ?? ""),
      now,
    );
    const found = jobs.map((job, i) => near[i] ?? far[missing.indexOf(job)] ?? null);
    const fetched = fetchAll(
      asker,
      jobs.filter((_, i) => found[i]?.isFresh !== true),
    );
    if (fetched.size === 0) return found.map((piece) => piece?.html ?? "");
    const deadline = startDeadline(parts.deadlineMs);
    const html = await Promise.all(
      jobs.map(async (job, i) => found[i]?.html ?? (await Promise.race([fetched.get(job), deadline.passed])) ?? ""),
    );
    deadline.clear();
    return html;
  }

  /** One batch an owner and subject; a piece that may be kept is fetched once, however many pages wait for it. */
  function fetchAll(asker: Asker, jobs: readonly Job[]): Map<Job, Promise<string | null>> {
    const results = new Map<Job, Promise<string | null>>();
    const batches = new Map<string, Job[]>();
    for (const job of jobs) {
      const flight = job.key === null ? undefined : underWay.get(job.key);
      if (flight !== undefined) {
        results.set(job, flight);
        continue;
      }
      const batchKey = `${job.owner} ${printSubject(job.subject)}`;
      batches.set(batchKey, [...(batches.get(batchKey) ?? []), job]);
    }
    for (const batch of [...batches.values()].flatMap(inBatches)) {
      const answer = fetchBatch(asker, batch);
      batch.forEach((job, i) => {
        const flight = answer.then((pieces) => settle(job, pieces[i]));
        results.set(job, flight);
        if (job.key !== null) fly(job.key, flight);
      });
    }
    return results;
  }

  function fly(key: string, flight: Promise<string | null>): void {
    underWay.set(key, flight);
    void flight.finally(() => underWay.delete(key));
  }

  function settle({ key, ttlSeconds }: Job, piece: Piece | undefined): string | null {
    if (piece === undefined || piece.html === null) return null;
    // what the owner calls personal is never kept, whatever this side believed
    if (key !== null && piece.audience === "public") parts.kept.keep(key, piece.html, ttlSeconds, Date.now());
    return piece.html;
  }

  /** Never rejects: an owner that is down, slow or talks nonsense gives no pieces. */
  async function fetchBatch(asker: Asker, batch: readonly Job[]): Promise<readonly Piece[]> {
    const [first] = batch;
    if (first === undefined) return [];
    const { owner, subject } = first;
    if (owner === parts.name) return Promise.all(batch.map(({ want }) => parts.owned.make(want, subject, asker.log)));
    if (!breaker.mayTry(owner, Date.now())) return [];
    try {
      const pieces = await post(asker, owner, subject, batch);
      breaker.settle(owner, true, Date.now());
      return pieces;
    } catch (error) {
      breaker.settle(owner, false, Date.now());
      asker.log.warn({ owner, reason: reasonOf(error) }, "fragments are missing");
      return [];
    }
  }

  async function post(asker: Asker, owner: App, subject: FragmentSubject, batch: readonly Job[]): Promise<readonly Piece[]> {
    const answer = await postJson({
      url: parts.originOf(owner) + PATH,
      headers: { authorization: `Bearer ${await parts.tokens.sign(owner, subject)}`, "x-request-id": asker.id },
      body: { wants: batch.map(({ want }) => want) },
      patienceMs: parts.deadlineMs * PATIENCE,
      maxBytes: MAX_ANSWER_BYTES,
    });
    const { pieces } = batchAnswer.parse(answer);
    if (pieces.length !== batch.length) throw new Error(`${owner} made ${pieces.length} pieces of ${batch.length}`);
    return pieces;
  }

  return { compose };
}

function startDeadline(ms: number): { passed: Promise<null>; clear(): void } {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), ms);
  return { passed: promise, clear: () => clearTimeout(timer) };
}

/** As many at once as an owner takes. */
function inBatches(jobs: readonly Job[]): Job[][] {
  return Array.from({ length: Math.ceil(jobs.length / MAX_WANTS) }, (_, i) => jobs.slice(i * MAX_WANTS, (i + 1) * MAX_WANTS));
}

/** One short line: it is logged for every page while an owner is away. */
function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return "its answer holds no pieces";
  if (!(error instanceof Error)) return String(error).slice(0, 200);
  return (error.message || String(Reflect.get(error, "code"))).slice(0, 200); // a refused connection to several addresses has no message
}

/** Public pieces are made for the public whoever looks; so is a personal one for a guest nobody knows. Only those may be kept. */
function jobOf(want: FragmentWant, viewer: FragmentSubject): Job {
  const { owner, audience, ttlSeconds } = FRAGMENTS[want.type];
  const subject = audience === "public" ? PUBLIC : viewer;
  const params = Object.entries(want.params ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const key = subject.kind === "public" ? `fragment:${want.type}:${JSON.stringify(params)}` : null;
  return { want, owner, subject, key, ttlSeconds: ttlSeconds || GUEST_TTL_SECONDS };
}
