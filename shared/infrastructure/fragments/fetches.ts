import { type Cache, Flights, type Kept, type Place } from "../cache/index.ts";
import type { Asker, OwnerCalls } from "./ask-owner.ts";
import { type Batch, batchesOf, type Job } from "./plan.ts";
import type { Piece } from "./wire.ts";

export interface FetchParts {
  cache: Pick<Cache, "kind" | "claim" | "release">;
  kept: Kept<string>;
  owners: Pick<OwnerCalls, "ask">;
  /** How long one process waits for what another one makes. */
  waitMs: number;
  /** Of a claim: longer than an owner may take. */
  claimMs: number;
}

/** A piece that is to be had, where it is kept then, and who waits for it. */
interface Seat {
  job: Job;
  place: Place<string>;
  settle(html: string | null): void;
}

/** Has pieces made that are not there or not fresh. What may be shared is made once, however many pages in however many processes wait. */
export class Fetches {
  readonly #parts: FetchParts;
  readonly #flights = new Flights<string | null>();

  constructor(parts: FetchParts) {
    this.#parts = parts;
  }

  /** The html of each job on its way; null: it could not be had. None rejects. */
  start(asker: Asker, wanted: readonly { job: Job; place: Place<string> }[]): Map<Job, Promise<string | null>> {
    const seats: Seat[] = [];
    const fetched = wanted.map(({ job, place }) => {
      const name = this.#parts.kept.flightOf(place);
      const underWay = name === null ? null : this.#flights.join(name);
      if (underWay !== null) return [job, underWay] as const;
      const { promise, resolve } = Promise.withResolvers<string | null>();
      seats.push({ job, place, settle: resolve });
      if (name !== null) this.#flights.start(name, promise);
      return [job, promise] as const;
    });
    if (seats.length > 0) void this.#fill(asker, seats);
    return new Map(fetched);
  }

  async #fill(asker: Asker, seats: readonly Seat[]): Promise<void> {
    const claimed = await Promise.all(seats.map((seat) => this.#claim(seat)));
    for (const batch of batchesOf(seats.filter((_, i) => claimed[i]))) void this.#fillBatch(asker, batch);
    for (const seat of seats.filter((_, i) => !claimed[i])) void this.#awaitOther(seat);
  }

  /** Of all processes one makes a public piece; a personal one is wanted by one person. */
  #claim({ place }: Seat): Promise<boolean> | boolean {
    const { cache, kept, claimMs } = this.#parts;
    const name = kept.flightOf(place);
    return place.want.isPersonal || name === null || cache.kind === "memory" || cache.claim(name, claimMs);
  }

  /** A claim that bore fruit is not released: who looked before the piece was there would make it again. */
  async #fillBatch(asker: Asker, { owner, subject, seats }: Batch<Seat>): Promise<void> {
    const { cache, kept, owners } = this.#parts;
    const pieces = await owners.ask(asker, owner, subject, seats.map(({ job }) => job.want));
    for (const [i, { job, place, settle }] of seats.entries()) {
      const piece = pieces[i];
      const html = piece?.html ?? null;
      if (piece !== undefined && html !== null && mayKeep(job, piece)) kept.put(place, html);
      else if (!job.keepable.isPersonal) void cache.release(kept.flightOf(place) ?? "");
      settle(html);
    }
  }

  async #awaitOther({ place, settle }: Seat): Promise<void> {
    settle(place.found === null ? await this.#parts.kept.awaitOther(place.want, this.#parts.waitMs) : null);
  }
}

/** What its owner calls personal is never kept where others look, whatever this side believed. */
function mayKeep({ keepable }: Job, { audience }: Piece): boolean {
  return keepable.isPersonal || audience === "public";
}
