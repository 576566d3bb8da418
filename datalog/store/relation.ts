import { grown } from "./cells.ts";
import { PairSet } from "./pair-set.ts";
import { PairTable } from "./pair-table.ts";
import { RowHash } from "./row-hash.ts";
import { RowIndex } from "./row-index.ts";

/** A row's marks. ASSERTED is the brief's `edbKeys`: somebody said so, whatever rules say. */
export const ASSERTED = 1;
/** Not in the model. The row stays, so that indexes stay true, and is woken when its tuple comes back. */
export const DEAD = 2;
/** Left (with DEAD), or came, during the change that is being made. */
export const GONE = 4;
export const NEW = 8;
/** Waits to be looked at. */
export const QUEUED = 16;

/** A set of tuples of one arity: rows of interned constants in the order they came. */
export class Relation {
  readonly key: string;
  readonly arity: number;
  rows: Int32Array = new Int32Array(16);
  /** Rows, dead ones included. */
  size = 0;
  dead = 0;
  private marks = new Uint8Array(0);
  private ranks = new Float64Array(0);
  /** Pairs of (first row, rank of that row): what a pass appended has consecutive ranks. */
  private readonly passes: number[] = [];
  /** Membership: pairs have sets of their own while they only come; from the first change on everybody has row numbers. */
  private table: PairTable | undefined;
  private pairs: PairSet | undefined;
  private hash: RowHash | undefined;
  private readonly indexes = new Map<string, RowIndex>();

  constructor(key: string, arity: number) {
    this.key = key;
    this.arity = arity;
    if (arity === 2) this.table = new PairTable();
    else this.hash = new RowHash(arity);
  }

  get count(): number {
    return this.size - this.dead;
  }

  /** Appends a tuple unless it is there: the brief's dl-add-derived!, which marks nothing. */
  add(tuple: Int32Array): boolean {
    if (this.isGrowing) return this.addPair(tuple[0] as number, tuple[1] as number);
    if (this.rowOf(tuple) >= 0) return false;
    this.append(tuple);
    return true;
  }

  addPair(x: number, y: number): boolean {
    if (this.table ? !this.table.add(x, y) : !this.pairs?.add(x, y)) return false;
    const at = this.size * 2;
    if (at + 2 > this.rows.length) this.rows = grown(this.rows, at + 2);
    this.rows[at] = x;
    this.rows[at + 1] = y;
    this.size++;
    if (this.table?.isDense) this.spread();
    return true;
  }

  get isGrowing(): boolean {
    return this.table !== undefined || this.pairs !== undefined;
  }

  has(tuple: Int32Array): boolean {
    if (this.isGrowing) return this.hasPair(tuple[0] as number, tuple[1] as number);
    const row = this.rowOf(tuple);
    return row >= 0 && !(this.mark(row) & DEAD);
  }

  hasPair(x: number, y: number): boolean {
    return this.table ? this.table.has(x, y) : (this.pairs?.has(x, y) ?? false);
  }

  /** The tuple's row, dead or alive, or -1. */
  rowOf(tuple: Int32Array): number {
    return this.hashed().find(this.rows, tuple, 0);
  }

  /** Appends a tuple that has no row; gives its row. */
  append(tuple: Int32Array): number {
    const row = this.size;
    const hash = this.hashed();
    if ((row + 1) * this.arity > this.rows.length) this.rows = grown(this.rows, (row + 1) * this.arity);
    for (let i = 0; i < this.arity; i++) this.rows[row * this.arity + i] = tuple[i] as number;
    this.size++;
    hash.add(this.rows, row);
    return row;
  }

  mark(row: number): number {
    return row < this.marks.length ? (this.marks[row] as number) : 0;
  }

  setMark(row: number, mark: number): void {
    if (row >= this.marks.length) {
      const larger = new Uint8Array(Math.max(row + 1, Math.ceil(this.marks.length * 1.5), 16));
      larger.set(this.marks);
      this.marks = larger;
    }
    const before = this.marks[row] as number;
    if ((before ^ mark) & DEAD) this.dead += mark & DEAD ? 1 : -1;
    this.marks[row] = mark;
  }

  /** Notes that the rows from firstRow on were appended by one pass; the first has this rank. */
  notePass(firstRow: number, rank: number): void {
    this.passes.push(firstRow, rank);
  }

  /** A number above those of the rows that the row was first derived from, where they are in the same component. */
  rank(row: number): number {
    return row < this.ranks.length ? (this.ranks[row] as number) : this.rankOfPass(row);
  }

  setRank(row: number, rank: number): void {
    if (row >= this.ranks.length) this.spreadRanks(row);
    this.ranks[row] = rank;
  }

  /** An index by these columns, made at its first use, brought up to date. */
  index(columns: readonly number[]): RowIndex {
    const name = columns.join();
    const index = this.indexes.get(name) ?? new RowIndex(columns);
    this.indexes.set(name, index);
    index.catchUp(this.rows, this.arity, this.size);
    return index;
  }

  /** The living rows, with their marks and ranks, as a relation of its own. */
  swept(): Relation {
    const living = new Relation(this.key, this.arity);
    for (let row = 0; row < this.size; row++) {
      const mark = this.mark(row);
      if (mark & DEAD) continue;
      living.add(this.tuple(row));
      living.setMark(living.size - 1, mark);
      living.setRank(living.size - 1, this.rank(row));
    }
    return living;
  }

  /** A tuple's row as a fresh copy. */
  tuple(row: number): Int32Array {
    return this.rows.slice(row * this.arity, (row + 1) * this.arity);
  }

  private hashed(): RowHash {
    if (this.hash) return this.hash;
    const hash = new RowHash(this.arity, this.size);
    for (let row = 0; row < this.size; row++) hash.add(this.rows, row);
    this.hash = hash;
    this.table = undefined;
    this.pairs = undefined;
    return hash;
  }

  /** The pairs have become many for their xs. */
  private spread(): void {
    const pairs = new PairSet();
    for (let at = 0; at < this.size * 2; at += 2) pairs.add(this.rows[at] as number, this.rows[at + 1] as number);
    this.pairs = pairs;
    this.table = undefined;
  }

  private rankOfPass(row: number): number {
    for (let i = this.passes.length - 2; i >= 0; i -= 2) {
      const first = this.passes[i] as number;
      if (first <= row) return (this.passes[i + 1] as number) + row - first;
    }
    return 0;
  }

  private spreadRanks(row: number): void {
    const larger = new Float64Array(Math.max(row + 1, this.size, Math.ceil(this.ranks.length * 1.5)));
    larger.set(this.ranks);
    const { passes } = this;
    for (let pass = 0; pass < passes.length; pass += 2) {
      const first = passes[pass] as number;
      const rank = passes[pass + 1] as number;
      const end = passes[pass + 2] ?? this.size;
      for (let i = Math.max(first, this.ranks.length); i < end; i++) larger[i] = rank + i - first;
    }
    this.ranks = larger;
  }
}
