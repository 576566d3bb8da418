import { mix } from "./cells.ts";

/** An open-addressing table from tuples to their rows. It holds row numbers + 1; the tuples stay where they are. */
export class RowHash {
  private slots: Int32Array;
  private used = 0;
  private readonly arity: number;

  /** rows: how many are expected at once. */
  constructor(arity: number, rows = 0) {
    this.arity = arity;
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(16, rows * 2))));
  }

  /** The tuple's row, or -1. The tuple stands in `key` from `from` on. */
  find(rows: Int32Array, key: Int32Array, from: number): number {
    const mask = this.slots.length - 1;
    for (let i = hashOf(key, from, this.arity) & mask; ; i = (i + 1) & mask) {
      const row = (this.slots[i] as number) - 1;
      if (row < 0 || isSame(rows, row * this.arity, key, from, this.arity)) return row;
    }
  }

  /** Adds a row that is not there yet. */
  add(rows: Int32Array, row: number): void {
    if (++this.used * 3 > this.slots.length * 2) this.grow(rows);
    this.place(rows, row);
  }

  private place(rows: Int32Array, row: number): void {
    const mask = this.slots.length - 1;
    let i = hashOf(rows, row * this.arity, this.arity) & mask;
    while (this.slots[i] !== 0) i = (i + 1) & mask;
    this.slots[i] = row + 1;
  }

  private grow(rows: Int32Array): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    for (const slot of old) if (slot !== 0) this.place(rows, slot - 1);
  }
}

function hashOf(cells: Int32Array, from: number, arity: number): number {
  let hash = arity;
  for (let i = from; i < from + arity; i++) hash = mix(hash ^ (cells[i] as number)) + i - from;
  return hash;
}

function isSame(a: Int32Array, atA: number, b: Int32Array, atB: number, arity: number): boolean {
  for (let i = 0; i < arity; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}
