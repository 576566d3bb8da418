import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { FragmentSubject, FragmentWant } from "../../contracts/fragments.ts";
import type { App } from "../../models/apps.ts";
import { type Breaker, makeBreaker } from "../breaker.ts";
import { currentTraceparent, inSpan } from "../tracing/index.ts";
import { mayPass, PATH_HEADER } from "./loop-guard.ts";
import type { Owned } from "./owned.ts";
import { postJson } from "./post-json.ts";
import type { FragmentTokens } from "./tokens.ts";
import { batchAnswer, PATH, PATIENCE_HEADER, type Piece } from "./wire.ts";

const BREAKER = { failures: 3, restMs: 1000 };
/** The bulkhead: an owner that hangs holds no more than this of us; post-json.ts has the bound of its connections. */
const MAX_AT_ONCE = 256;
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

/** Who asks: a request for a page, or for a fragment that wants others. */
export type Asker = Pick<FastifyRequest, "viewer" | "id" | "log" | "fragmentPath" | "isKeptPage">;

export interface OwnerParts {
  name: App;
  owned: Owned;
  tokens: FragmentTokens;
  originOf: (app: App) => string;
  /** How long an answer may take. */
  patienceMs: number;
}

/** What goes wrong with owners, for the page of figures. */
export interface OwnerState extends Readonly<Record<Outcome, number>> {
  owner: App;
  isLeftAlone: boolean;
  underWay: number;
}

/** What became of requests: answered; not in time or not well; not sent, as the owner had failed; not sent, as too many were or it would come back. */
type Outcome = "answered" | "failed" | "spared" | "refused";

/** Asks the services for pieces: one request a batch. */
export class OwnerCalls {
  readonly #parts: OwnerParts;
  readonly #breaker: Breaker<App> = makeBreaker(BREAKER);
  readonly #underWay = new Map<App, number>();
  readonly #outcomes = new Map<App, Record<Outcome, number>>();

  constructor(parts: OwnerParts) {
    this.#parts = parts;
  }

  /** A piece for each want, in their order. Never rejects: an owner that is down, slow or talks nonsense gives none at all. */
  async ask(asker: Asker, owner: App, subject: FragmentSubject, wants: readonly FragmentWant[]): Promise<readonly Piece[]> {
    if (owner === this.#parts.name) return Promise.all(wants.map((want) => this.#parts.owned.make(want, subject, asker.log)));
    if (!mayPass(asker.fragmentPath, this.#parts.name, owner)) return this.#miss(asker, owner, "refused", "it would go round in circles");
    const count = this.#underWay.get(owner) ?? 0;
    if (count >= MAX_AT_ONCE) return this.#miss(asker, owner, "refused", `${count} requests wait for it already`);
    if (!this.#breaker.mayTry(owner, Date.now())) {
      this.#count(owner, "spared");
      return [];
    }
    this.#underWay.set(owner, count + 1);
    try {
      const types = [...new Set(wants.map(({ type }) => type))].join(" ");
      const about = { "peer.service": owner, "fragments.count": wants.length, "fragments.types": types };
      const pieces = await inSpan(`fragments of ${owner}`, "client", about, () => this.#post(asker, owner, subject, wants));
      this.#breaker.settle(owner, true, Date.now());
      this.#count(owner, "answered");
      return pieces;
    } catch (error) {
      this.#breaker.settle(owner, false, Date.now());
      return this.#miss(asker, owner, "failed", reasonOf(error));
    } finally {
      this.#underWay.set(owner, (this.#underWay.get(owner) ?? 1) - 1);
    }
  }

  /** Owners that were asked so far. */
  states(): readonly OwnerState[] {
    return [...this.#outcomes].map(([owner, outcomes]) => ({
      owner,
      underWay: this.#underWay.get(owner) ?? 0,
      isLeftAlone: this.#breaker.isOpen(owner, Date.now()),
      ...outcomes,
    }));
  }

  #count(owner: App, outcome: Outcome): void {
    const outcomes = this.#outcomes.get(owner) ?? { answered: 0, failed: 0, spared: 0, refused: 0 };
    outcomes[outcome]++;
    this.#outcomes.set(owner, outcomes);
  }

  /** One short line: it is logged for every page while an owner is away. */
  #miss(asker: Asker, owner: App, outcome: Outcome, reason: string): readonly Piece[] {
    this.#count(owner, outcome);
    asker.log.warn({ owner, reason }, "fragments are missing");
    return [];
  }

  async #post(asker: Asker, owner: App, subject: FragmentSubject, wants: readonly FragmentWant[]): Promise<readonly Piece[]> {
    const { name, tokens, originOf, patienceMs } = this.#parts;
    const traceparent = currentTraceparent();
    const answer = await postJson({
      url: originOf(owner) + PATH,
      headers: {
        authorization: `Bearer ${await tokens.sign(owner, subject)}`,
        "x-request-id": asker.id,
        [PATIENCE_HEADER]: String(patienceMs),
        [PATH_HEADER]: `${asker.fragmentPath} ${name}`.trim(),
        ...(traceparent === null ? {} : { traceparent }),
      },
      body: { wants },
      patienceMs,
      maxBytes: MAX_ANSWER_BYTES,
    });
    const { pieces } = batchAnswer.parse(answer);
    if (pieces.length !== wants.length) throw new Error(`${owner} made ${pieces.length} pieces of ${wants.length}`);
    return pieces;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return "its answer holds no pieces";
  if (!(error instanceof Error)) return String(error).slice(0, 200);
  return (error.message || String(Reflect.get(error, "code"))).slice(0, 200); // a refused connection to several addresses has no message
}
