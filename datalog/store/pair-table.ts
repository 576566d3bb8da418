import { mix } from "./cells.ts";

/** From this many ys for each x that there could be, a block of its own for each x is better. */
const DENSE = 16;

/**
 * A set of pairs (x, y) of small integers that only grows: one hash table for all, which asks memory once a pair. Best where
 * the pairs are few for the range of x, and come in no order, as facts do.
 */
export class PairTable {
  /** Slots of two: x + 1 and y. */
  private slots = new Int32Array(32);
  private count = 0;
  private maxX = 63;

  /** False: the pair was there. */
  add(x: number, y: number): boolean {
    const at = this.slot(x, y);
    if (this.slots[at] !== 0) return false;
    this.slots[at] = x + 1;
    this.slots[at + 1] = y;
    if (x > this.maxX) this.maxX = x;
    if (++this.count * 4 > this.slots.length) this.grow();
    return true;
  }

  has(x: number, y: number): boolean {
    return this.slots[this.slot(x, y)] !== 0;
  }

  get isDense(): boolean {
    return this.count > DENSE * this.maxX;
  }

  private slot(x: number, y: number): number {
    const { slots } = this;
    const mask = slots.length - 2;
    let at = (mix(mix(x) ^ y) << 1) & mask;
    for (let found = slots[at]; found !== 0 && (found !== x + 1 || slots[at + 1] !== y); found = slots[at]) at = (at + 2) & mask;
    return at;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 2) {
      const first = old[at] as number;
      if (first === 0) continue;
      const to = this.slot(first - 1, old[at + 1] as number);
      this.slots[to] = first;
      this.slots[to + 1] = old[at + 1] as number;
    }
  }
}
