import { type Cache, Flights, type Kept, type Place } from "../cache/index.ts";
import type { KeptPage, MadePage } from "./kept-page.ts";

const CLAIM_MS = 5000;
/** A page that could not be made is tried again a little later: until then the stale one is served without a try. */
const REST_MS = 1000;

/** A page that is being made by this request, for all who wait for it. */
export interface Making {
  place: Place<KeptPage>;
  /** Once: null when it may not be kept, or could not be made. */
  settle(page: MadePage | null): void;
}

/** Pages that are being made: each by one request at a time, in all processes. */
export class Makings {
  readonly #cache: Pick<Cache, "kind" | "claim" | "release">;
  readonly #kept: Kept<KeptPage>;
  readonly #waitMs: number;
  readonly #flights = new Flights<KeptPage | null>();
  readonly #refreshes = new Flights<void>();

  /** waitMs: how long a reader waits for a page that another request makes, before he makes his own. */
  constructor({ cache, kept, waitMs }: { cache: Pick<Cache, "kind" | "claim" | "release">; kept: Kept<KeptPage>; waitMs: number }) {
    this.#cache = cache;
    this.#kept = kept;
    this.#waitMs = waitMs;
  }

  /** Runs the refresh of a stale page unless one runs, here or elsewhere. */
  async alone(place: Place<KeptPage>, refresh: () => Promise<void>): Promise<void> {
    const name = claimOf(place);
    if (this.#refreshes.join(name) !== null) return;
    const work = async () => {
      const isMine = place.stamp === null || (await this.#cache.claim(name, CLAIM_MS));
      if (isMine && (await this.#freshOf(place)) === null) await refresh().catch(() => undefined);
      if (isMine) await this.#cache.release(name);
      if ((await this.#freshOf(place)) === null) await later(REST_MS);
    };
    this.#refreshes.start(name, work());
  }

  /** The page, when another request makes it in time; otherwise the right to make it. isRefresh: has its claim. */
  async join(place: Place<KeptPage>, isRefresh: boolean): Promise<{ page: KeptPage } | Making> {
    const name = claimOf(place);
    const underWay = isRefresh ? null : this.#flights.join(name);
    if (underWay !== null) {
      const page = await Promise.race([underWay, later(this.#waitMs)]);
      return page === null ? { place, settle: (made) => void this.#put(place, made) } : { page };
    }
    const { promise, resolve } = Promise.withResolvers<KeptPage | null>();
    this.#flights.start(name, promise);
    const page = isRefresh ? null : await this.#madeElsewhere(place, name);
    if (page !== null) {
      resolve(page);
      return { page };
    }
    return { place, settle: once((made) => void this.#finish(place, made, resolve)) };
  }

  /** null: nobody else makes it, and this process has claimed it, or the other one took too long. */
  async #madeElsewhere(place: Place<KeptPage>, name: string): Promise<KeptPage | null> {
    if (place.stamp === null) return null; // nothing is put where others look
    const claim = () => this.#cache.claim(name, CLAIM_MS);
    const { value, isClaimed } = (await claim())
      ? { value: await this.#freshOf(place), isClaimed: true } // put since the look, by who had claimed it before
      : await this.#kept.awaitOther(place.want, this.#waitMs, claim);
    if (value !== null && isClaimed) await this.#cache.release(name);
    return value;
  }

  async #freshOf({ want }: Place<KeptPage>): Promise<KeptPage | null> {
    const [again] = await this.#kept.find([want], true);
    return again?.found?.isFresh ? again.found.value : null;
  }

  async #finish(place: Place<KeptPage>, made: MadePage | null, resolve: (page: KeptPage | null) => void): Promise<void> {
    resolve(made);
    await this.#put(place, made);
    await this.#cache.release(claimOf(place)); // after the page is there: who claims next finds it
  }

  async #put(place: Place<KeptPage>, made: MadePage | null): Promise<void> {
    if (made !== null) await this.#kept.put(place, made, made.goodUntil);
  }
}

function claimOf({ want, stamp }: Place<KeptPage>): string {
  return `${want.key} ${stamp}`;
}

function later(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms).unref());
}

function once<A>(work: (a: A) => void): (a: A) => void {
  let isDone = false;
  return (a) => {
    if (!isDone) work(a);
    isDone = true;
  };
}
