import type { Distribution, Labels } from "./exposition.ts";

/** Seconds, from what a kept page takes to where people have gone away. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

interface Series {
  labels: Labels;
  /** How many fell between the bound before and this one; the last place is for those beyond all bounds. */
  counts: number[];
  sum: number;
}

/** Distributions of one quantity, one for each set of labels that was seen. */
export class Histogram {
  readonly #bounds: readonly number[];
  readonly #series = new Map<string, Series>();

  constructor(bounds: readonly number[] = SECONDS) {
    this.#bounds = bounds;
  }

  /** labels: of a few dozen kinds, never with what a stranger wrote in them. Costs a microsecond or two. */
  observe(labels: Labels, value: number): void {
    const key = Object.values(labels).join("\n");
    let series = this.#series.get(key);
    if (series === undefined) {
      series = { labels, counts: new Array(this.#bounds.length + 1).fill(0), sum: 0 };
      this.#series.set(key, series);
    }
    let place = 0;
    while (place < this.#bounds.length && value > (this.#bounds[place] ?? 0)) place++;
    series.counts[place] = (series.counts[place] ?? 0) + 1;
    series.sum += value;
  }

  read(): readonly Distribution[] {
    return [...this.#series.values()].map(({ labels, counts, sum }) => {
      let count = 0;
      const buckets = this.#bounds.map((le, place) => {
        count += counts[place] ?? 0;
        return { le, count };
      });
      return { labels, buckets, sum, count: count + (counts.at(-1) ?? 0) };
    });
  }
}
