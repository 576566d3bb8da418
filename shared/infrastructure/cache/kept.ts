import { setTimeout as sleep } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { CacheTag } from "../../contracts/tags.ts";
import type { Cache } from "./cache.ts";
import { makePurgeLog, type PurgeLog } from "./purge-log.ts";

/** What is found in this process counts for so long without asking whether it was purged elsewhere: a purge shows within a second. */
const TRUST_MS = 900;
/** How long something is good for after its time, while it is refreshed or its maker is down. */
const STALE_MS = 300_000;
const POLL_MS = 15;

/** What a kept thing is called and lives by. */
export interface Keepable {
  key: string;
  /** Purged with each of them. */
  tags: readonly CacheTag[];
  ttlSeconds: number;
  /** For one person's eyes: given only when no purge can have been missed, and not kept where that can't be known. */
  isPersonal: boolean;
}

/** One look at one place: what lies there, and the right to put there what was begun after this look. */
export interface Place<V> {
  want: Keepable;
  found: { value: V; isFresh: boolean; goodUntil: number } | null;
  /** Where it lay: in this process, or in the cache that all share. */
  level: Level | "none";
  /** The versions of its tags; null: nobody knows them now. */
  stamp: string | null;
  look: Look;
}

/** How the wait for another process ended. isClaimed: the place is the waiter's own now, to fill and to let go of. */
interface Outcome<V> {
  value: V | null;
  goodUntil: number;
  isClaimed: boolean;
}

type Level = "near" | "far";

export interface KeptParts<V> {
  cache: Cache;
  /** As a value lies in the shared cache, and as it comes back: null for what is none, which counts as not there. */
  pack: (value: V) => string;
  unpack: (text: string) => V | null;
  sizeOf: (value: V) => number;
  maxBytes: number;
}

/** When somebody looked, and how many purges this process had heard of by then. */
interface Look {
  at: number;
  purges: number;
}

interface Entry<V> {
  value: V;
  /** The versions of its tags when somebody began to make it. */
  stamp: string | null;
  madeAt: number;
  /** When it was made, by its maker's clock. */
  makerAt: number;
  checked: Look;
  goodUntil: number;
}

/**
 * Values in two levels: in this process, and behind it in the cache that all processes share. A value is given only under
 * the versions of its tags that were read before it was begun: what began before a purge is never found after it.
 */
export class Kept<V extends {}> {
  readonly #cache: Cache;
  readonly #near: LRUCache<string, Entry<V>>;
  readonly #purges: PurgeLog;
  readonly #pack: (value: V) => string;
  readonly #unpack: (text: string) => V | null;
  readonly #looks = { near: 0, far: 0, none: 0 };

  constructor({ cache, pack, unpack, sizeOf, maxBytes }: KeptParts<V>) {
    this.#cache = cache;
    this.#near = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ value }, key) => sizeOf(value) + key.length + 1 });
    this.#purges = makePurgeLog(cache);
    this.#pack = pack;
    this.#unpack = unpack;
  }

  /** What is at hand, fresh, and was checked a moment ago: without waiting for anything. null: find() may find it. */
  findNow(want: Keepable): V | null {
    const look = { at: Date.now(), purges: this.#purges.count() };
    const found = this.#trusted([want], look)?.[0]?.found?.value ?? null;
    if (found !== null) this.#looks.near++; // what is not at hand is looked for again
    return found;
  }

  /** isExact: for somebody who may just have changed something; asks what was purged even where all is at hand. */
  async find(wants: readonly Keepable[], isExact: boolean): Promise<readonly Place<V>[]> {
    const look = { at: Date.now(), purges: this.#purges.count() };
    const places = (isExact ? null : this.#trusted(wants, look)) ?? (await this.#checked(wants, look));
    for (const { level } of places) this.#looks[level]++;
    return places;
  }

  /** How often what was looked for lay in this process, in the shared cache, nowhere. */
  looks(): Readonly<Record<Place<V>["level"], number>> {
    return this.#looks;
  }

  /**
   * Once a place; what was purged since the look is not put. Resolves when the other processes find it.
   * goodUntil: when what it says stops being true, in ms since 1970: from then on it is given to nobody, not even stale.
   */
  async put({ want, stamp, look }: Place<V>, value: V, goodUntil = Number.POSITIVE_INFINITY): Promise<void> {
    const { key, tags, ttlSeconds, isPersonal } = want;
    const isShared = this.#cache.kind === "redis";
    if (isPersonal && (stamp === null || !isShared)) return;
    if (this.#purges.isSince(look.purges, tags)) return;
    const madeAt = Date.now();
    this.#near.set(key, { value, stamp, madeAt, makerAt: madeAt, checked: look, goodUntil });
    if (stamp === null || !isShared) return;
    const times = Number.isFinite(goodUntil) ? `${madeAt} ${goodUntil}` : `${madeAt}`;
    await this.#cache.set(key, `${stamp}\n${times}\n${this.#pack(value)}`, ttlSeconds + STALE_MS / 1000);
  }

  /** One name for all who may share what is being made; null: it is shared with nobody. */
  flightOf({ want, stamp, look }: Place<V>): string | null {
    if (want.isPersonal && (stamp === null || this.#cache.kind === "memory")) return null;
    return `${want.key} ${stamp ?? `since ${look.purges}`}`;
  }

  /**
   * What another process, which has claimed the place, puts there; null when nothing came in that time, or nothing can come.
   * claim: takes the place over from one that has let go of it without putting something there.
   */
  async awaitOther(want: Keepable, patienceMs: number, claim: () => Promise<boolean>): Promise<Outcome<V>> {
    const patience = AbortSignal.timeout(patienceMs);
    while (!patience.aborted) {
      await sleep(POLL_MS);
      const isClaimed = await claim(); // before the look: what was put before it was let go of is seen
      const [place] = await this.#checked([want], { at: Date.now(), purges: this.#purges.count() });
      if (place?.found?.isFresh) return { value: place.found.value, goodUntil: place.found.goodUntil, isClaimed };
      if (isClaimed || place?.stamp === null) return { value: null, goodUntil: 0, isClaimed }; // without a stamp the cache that both share is away
    }
    return { value: null, goodUntil: 0, isClaimed: false };
  }

  /** How much lies in this process. */
  bytes(): number {
    return this.#near.calculatedSize;
  }

  /** Everything at hand, fresh and checked a moment ago; null when something is not. */
  #trusted(wants: readonly Keepable[], look: Look): Place<V>[] | null {
    const places: Place<V>[] = [];
    for (const want of wants) {
      const entry = this.#nearOf(want, look);
      if (entry === null || look.at - entry.checked.at >= TRUST_MS || !isFresh(entry, want, look)) return null;
      const { value, stamp, goodUntil } = entry;
      places.push({ want, stamp, look, level: "near", found: { value, isFresh: true, goodUntil } });
    }
    return places;
  }

  async #checked(wants: readonly Keepable[], look: Look): Promise<Place<V>[]> {
    const near = wants.map((want) => this.#nearOf(want, look));
    const tags = [...new Set(wants.flatMap((want) => want.tags))];
    const far = wants.filter((want, i) => !near[i] || !isFresh(near[i], want, look));
    const read = await this.#read(far, tags);
    if (read === null)
      return wants.map((want, i) => placeOf(want, { entry: want.isPersonal ? null : (near[i] ?? null), level: "near" }, null, look));
    const stamps = wants.map((want) => [read.epoch, ...want.tags.map((tag) => read.versions.get(tag))].join());
    const purged = wants.filter((want, i) => near[i] && near[i].stamp !== stamps[i] && !far.includes(want));
    const again = purged.length === 0 ? null : await this.#read(purged, []); // made again elsewhere, perhaps
    return wants.map((want, i) => {
      const stamp = stamps[i] ?? "";
      const text = read.texts.get(want.key) ?? again?.texts.get(want.key) ?? null;
      const entry = this.#newest(want, near[i] ?? null, text, stamp, look);
      return placeOf(want, { entry, level: entry === near[i] ? "near" : "far" }, stamp, look);
    });
  }

  /** Of what lies near and far the newer, under this very stamp; it lies near from now on. */
  #newest(want: Keepable, near: Entry<V> | null, text: string | null, stamp: string, look: Look): Entry<V> | null {
    const good = near?.stamp === stamp ? near : null;
    const stored = text === null ? null : readStored(text, stamp);
    if (stored !== null && stored.makerAt !== good?.makerAt) {
      const madeAt = Math.min(stored.makerAt, look.at); // a faster clock made it: it counts as made when it is first seen
      const value = this.#unpack(stored.packed);
      const { makerAt, goodUntil } = stored;
      const isNewer = isKept({ madeAt, goodUntil }, want, look) && madeAt > (good?.madeAt ?? 0);
      if (value !== null && isNewer) {
        const far = { value, stamp, madeAt, makerAt, checked: look, goodUntil };
        this.#near.set(want.key, far);
        return far;
      }
    }
    if (good !== null) good.checked = look;
    return good;
  }

  async #read(wants: readonly Keepable[], tags: readonly CacheTag[]) {
    const keys = this.#cache.kind === "redis" ? wants.map(({ key }) => key) : []; // a memory cache holds what is near already
    const read = await this.#cache.read(keys, tags);
    if (read === null) return null;
    const texts = new Map(keys.map((key, i) => [key, read.texts[i] ?? null]));
    return { epoch: read.epoch, texts, versions: new Map(tags.map((tag, i) => [tag, read.versions[i] ?? ""])) };
  }

  #nearOf(want: Keepable, look: Look): Entry<V> | null {
    const entry = this.#near.get(want.key);
    return entry !== undefined && isKept(entry, want, look) && !this.#purges.isSince(entry.checked.purges, want.tags) ? entry : null;
  }
}

function placeOf<V>(want: Keepable, at: { entry: Entry<V> | null; level: Level }, stamp: string | null, look: Look): Place<V> {
  const { entry, level } = at;
  if (entry === null) return { want, stamp, look, level: "none", found: null };
  const { value, goodUntil } = entry;
  return { want, stamp, look, level, found: { value, isFresh: isFresh(entry, want, look), goodUntil } };
}

type Times = Pick<Entry<unknown>, "madeAt" | "goodUntil">;

function isFresh({ madeAt, goodUntil }: Times, want: Keepable, look: Look): boolean {
  return look.at - madeAt < want.ttlSeconds * 1000 && look.at < goodUntil;
}

function isKept({ madeAt, goodUntil }: Times, want: Keepable, look: Look): boolean {
  return look.at - madeAt < want.ttlSeconds * 1000 + STALE_MS && look.at < goodUntil;
}

/** Reads what put() wrote: stamp, times and value, each on its line. null for another stamp and for what is no such thing. */
function readStored(text: string, stamp: string): { makerAt: number; goodUntil: number; packed: string } | null {
  const end = stamp.length + 1 + text.slice(stamp.length + 1, stamp.length + 30).indexOf("\n");
  if (end <= stamp.length || !text.startsWith(stamp) || text[stamp.length] !== "\n") return null;
  const [makerAt = Number.NaN, goodUntil = Number.POSITIVE_INFINITY] = text
    .slice(stamp.length + 1, end)
    .split(" ")
    .map(Number);
  return Number.isFinite(makerAt) && !Number.isNaN(goodUntil) ? { makerAt, goodUntil, packed: text.slice(end + 1) } : null;
}
