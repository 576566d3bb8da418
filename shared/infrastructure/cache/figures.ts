/** How something was had: at hand; at hand, but refreshed behind it; made for this very request; not at all, or too late. */
export type How = "hit" | "stale" | "miss" | "fallback";

/** What is counted of one kind of thing since the start of this process. */
export interface Counted {
  name: string;
  hit: number;
  stale: number;
  miss: number;
  fallback: number;
  /** The mean time of a miss, in ms; null: there was none. */
  missMs: number | null;
}

/** Live figures of one process's caches. */
export class Figures {
  /** Hears of each thing that is counted, too. */
  hear: (name: string, how: How, ms: number) => void = () => undefined;
  readonly #counts = new Map<string, Record<How, number> & { missMs: number }>();

  /** name: of a few dozen kinds, never of a person or an address. ms: how long it took. */
  count(name: string, how: How, ms: number): void {
    let counts = this.#counts.get(name);
    if (counts === undefined) {
      counts = { hit: 0, stale: 0, miss: 0, fallback: 0, missMs: 0 };
      this.#counts.set(name, counts);
    }
    counts[how]++;
    if (how === "miss") counts.missMs += ms;
    this.hear(name, how, ms);
  }

  /** By name. */
  list(): readonly Counted[] {
    const names = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return names.map(([name, { missMs, ...counts }]) => ({ name, ...counts, missMs: counts.miss === 0 ? null : missMs / counts.miss }));
  }
}
