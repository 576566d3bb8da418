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

/** A piece as it came. html null: it could not be had. isForAll: its owner did not make it for one reader alone. */
export interface Had {
  html: string | null;
  isForAll: boolean;
  /** When what it says stops being true, in ms since 1970. */
  goodUntil: number;
}

const NOTHING: Had = { html: null, isForAll: true, goodUntil: Number.POSITIVE_INFINITY };

/** A piece that is to be had, where it is kept then, and who waits for it. */
interface Seat {
  job: Job;
  place: Place<string>;
  settle(had: Had): void;
}

/** Has pieces made that are not there or not fresh. What may be shared is made once, however many pages in however many processes wait. */
export class Fetches {
  readonly #parts: FetchParts;
  readonly #flights = new Flights<Had>();

  constructor(parts: FetchParts) {
    this.#parts = parts;
  }

  /** What each job comes to; none rejects. */
  start(asker: Asker, wanted: readonly { job: Job; place: Place<string> }[]): Map<Job, Promise<Had>> {
    const seats: Seat[] = [];
    const fetched = wanted.map(({ job, place }) => {
      const name = this.#parts.kept.flightOf(place);
      const underWay = name === null ? null : this.#flights.join(name);
      if (underWay !== null) {
        const mayShare = ({ isForAll }: Had) => isForAll || job.keepable.isPersonal; // a personal flight has its reader's name
        return [job, underWay.then((had) => (mayShare(had) ? had : NOTHING))] as const;
      }
      const { promise, resolve } = Promise.withResolvers<Had>();
      seats.push({ job, place, settle: resolve });
      if (name !== null) this.#flights.start(name, promise);
      return [job, promise] as const;
    });
    if (seats.length > 0) void this.#fill(asker, seats);
    return new Map(fetched);
  }

  /** Of all processes one makes a public piece, unless another has done so meanwhile; a personal one is wanted by one person. */
  async #fill(asker: Asker, seats: readonly Seat[]): Promise<void> {
    // while nobody knows the versions nothing is put where others look: waiting for it would be in vain
    const shared = seats.filter(({ place }) => !place.want.isPersonal && place.stamp !== null && this.#parts.cache.kind === "redis");
    const claimed = await this.#claim(asker, shared);
    const mine = seats.filter((seat) => !shared.includes(seat) || claimed.has(seat));
    for (const batch of batchesOf(mine)) void this.#fillBatch(asker, batch, claimed);
  }

  /** The seats that this process is to fill. The others are settled, or will be when their maker has put what he makes. */
  async #claim(asker: Asker, seats: readonly Seat[]): Promise<Set<Seat>> {
    const { cache, kept, claimMs } = this.#parts;
    if (seats.length === 0) return new Set();
    const [claims, places] = await Promise.all([
      Promise.all(seats.map(({ place }) => cache.claim(claimOf(place), claimMs))),
      kept.find(
        seats.map(({ place }) => place.want),
        true,
      ), // after the claims, on the same connection: what another process has put before it released them is seen
    ]);
    const mine = seats.filter((seat, i) => {
      const found = places[i]?.found;
      if (found?.isFresh) seat.settle({ html: found.value, isForAll: true, goodUntil: found.goodUntil });
      else if (!claims[i]) void this.#awaitOther(asker, seat);
      if (claims[i] && found?.isFresh) void cache.release(claimOf(seat.place));
      return claims[i] && !found?.isFresh;
    });
    return new Set(mine);
  }

  async #fillBatch(asker: Asker, { owner, subject, seats }: Batch<Seat>, claimed: ReadonlySet<Seat>): Promise<void> {
    const { cache, kept, owners } = this.#parts;
    const pieces = await owners.ask(
      asker,
      owner,
      subject,
      seats.map(({ job }) => job.want),
    );
    for (const [i, seat] of seats.entries()) {
      const { html, isForAll, goodUntil } = hadOf(pieces[i]);
      seat.settle({ html, isForAll, goodUntil });
      // what its owner calls personal is never kept where others look, whatever this side believed
      const mayKeep = html !== null && (isForAll || seat.place.want.isPersonal);
      const put = mayKeep ? kept.put(seat.place, html, goodUntil) : Promise.resolve();
      if (claimed.has(seat)) void put.then(() => cache.release(claimOf(seat.place)));
    }
  }

  /** Who has something stale does without; who waits in vain, or for one that gave up, has it made after all. */
  async #awaitOther(asker: Asker, seat: Seat): Promise<void> {
    const { place, settle } = seat;
    if (place.found !== null) return settle(NOTHING);
    const { cache, kept, waitMs, claimMs } = this.#parts;
    const name = claimOf(place);
    const { value: html, goodUntil, isClaimed } = await kept.awaitOther(place.want, waitMs, () => cache.claim(name, claimMs));
    if (html !== null) {
      settle({ html, isForAll: true, goodUntil });
      if (isClaimed) await cache.release(name);
      return;
    }
    for (const batch of batchesOf([seat])) void this.#fillBatch(asker, batch, new Set(isClaimed ? [seat] : []));
  }
}

/** By key and stamp: what began before a purge does not hold up what begins after it. */
function claimOf({ want, stamp }: Place<string>): string {
  return `${want.key} ${stamp}`;
}

function hadOf(piece: Piece | undefined): Had {
  if (piece === undefined) return NOTHING;
  return { html: piece.html, isForAll: piece.audience === "public", goodUntil: piece.goodUntil ?? Number.POSITIVE_INFINITY };
}
