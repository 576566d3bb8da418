import { grown, mix } from "./cells.ts";

/** An array of so many cells costs next to nothing. */
const SPARE = 1024;

/**
 * The rows of a relation by the values in some of its columns, in the order they came. A key's rows are one run of the
 * arena: `rows[at .. at + lengths[key]]`. Rows are never taken out; who reads skips those that are dead.
 * The index is brought up to date between passes, never during one, so a reader's run cannot move under it.
 */
export class RowIndex {
  readonly columns: readonly number[];
  /** By key number: where its run begins, how long it is, what it may grow to. */
  at: Int32Array = new Int32Array(16);
  lengths: Int32Array = new Int32Array(16);
  private room: Int32Array = new Int32Array(16);
  arena: Int32Array = new Int32Array(16);
  private top = 0;
  private upTo = 0;
  /** Keys that have rows. */
  distinct = 0;
  /** The key number is the constant: one column, whose constants are not far more than the rows. */
  private isDirect = false;
  private largest = 0;
  /** Otherwise: key numbers + 1 by hash; keys hold their columns' values. */
  private slots: Int32Array = new Int32Array(16);
  private keys: Int32Array = new Int32Array(16);
  private keyCount = 0;
  private readonly single = new Int32Array(1);

  constructor(columns: readonly number[]) {
    this.columns = columns;
  }

  /** Takes in the rows that came since the last time. */
  catchUp(rows: Int32Array, arity: number, size: number): void {
    if (this.upTo === size) return;
    if (this.columns.length === 1 && !this.isDirect) this.considerDirect(rows, arity, size);
    const numbers = this.isDirect ? this.values(rows, arity, size) : this.numbers(rows, arity, size);
    if (this.upTo === 0) this.reserve(numbers);
    for (let i = 0; i < numbers.length; i++) this.append(numbers[i] as number, this.upTo + i);
    this.upTo = size;
  }

  /** The number of a key, or -1 when no row has it. */
  find(probe: Int32Array): number {
    if (this.isDirect) return this.keyOf(probe[0] as number);
    return (this.slots[this.slotOf(probe)] as number) - 1;
  }

  /** The same for an index by one column. */
  keyOf(value: number): number {
    if (this.isDirect) return value < this.lengths.length ? value : -1;
    this.single[0] = value;
    return (this.slots[this.slotOf(this.single)] as number) - 1;
  }

  /** Few rows of large constants, as a question's own relations have, would take an array of a cell for every constant. */
  private considerDirect(rows: Int32Array, arity: number, size: number): void {
    const column = this.columns[0] as number;
    let largest = this.largest;
    for (let row = this.upTo; row < size; row++) {
      const value = rows[row * arity + column] as number;
      if (value > largest) largest = value;
    }
    this.largest = largest;
    if (largest > SPARE + size * 4) return;
    const { at, lengths, room, keyCount, keys } = this;
    this.at = new Int32Array(largest + 1);
    this.lengths = new Int32Array(largest + 1);
    this.room = new Int32Array(largest + 1);
    for (let key = 0; key < keyCount; key++) {
      const value = keys[key] as number;
      this.at[value] = at[key] as number;
      this.lengths[value] = lengths[key] as number;
      this.room[value] = room[key] as number;
    }
    this.isDirect = true;
  }

  /** The key numbers of the rows that came, where those are the constants. */
  private values(rows: Int32Array, arity: number, size: number): Int32Array {
    const values = new Int32Array(size - this.upTo);
    let largest = 0;
    let at = this.upTo * arity + (this.columns[0] as number);
    for (let i = 0; i < values.length; i++, at += arity) {
      const value = rows[at] as number;
      values[i] = value;
      if (value > largest) largest = value;
    }
    if (largest >= this.lengths.length) this.widen(largest + 1);
    return values;
  }

  /** The key numbers of the rows that came, new ones where they are new. */
  private numbers(rows: Int32Array, arity: number, size: number): Int32Array {
    const numbers = new Int32Array(size - this.upTo);
    const probe = new Int32Array(this.columns.length);
    for (let row = this.upTo; row < size; row++) {
      for (let i = 0; i < probe.length; i++) probe[i] = rows[row * arity + (this.columns[i] as number)] as number;
      numbers[row - this.upTo] = this.keyFor(probe);
    }
    return numbers;
  }

  private keyFor(probe: Int32Array): number {
    const at = this.slotOf(probe);
    const slot = this.slots[at] as number;
    if (slot > 0) return slot - 1;
    const key = this.keyCount++;
    const width = this.columns.length;
    if (key >= this.lengths.length) this.widen(key + 1);
    if ((key + 1) * width > this.keys.length) this.keys = grown(this.keys, (key + 1) * width);
    this.keys.set(probe, key * width);
    this.slots[at] = key + 1;
    if (this.keyCount * 2 > this.slots.length) this.rehash();
    return key;
  }

  private slotOf(probe: Int32Array): number {
    const mask = this.slots.length - 1;
    const width = this.columns.length;
    let hash = width;
    for (let i = 0; i < width; i++) hash = mix(hash ^ (probe[i] as number)) + i;
    for (let i = hash & mask; ; i = (i + 1) & mask) {
      const slot = this.slots[i] as number;
      if (slot === 0) return i;
      let column = 0;
      while (column < width && this.keys[(slot - 1) * width + column] === probe[column]) column++;
      if (column === width) return i;
    }
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    const width = this.columns.length;
    for (let key = 0; key < this.keyCount; key++) this.slots[this.slotOf(this.keys.subarray(key * width, (key + 1) * width))] = key + 1;
  }

  /** The first filling knows how long each run gets: no run moves, none has room to spare. */
  private reserve(numbers: Int32Array): void {
    for (const key of numbers) this.room[key] = (this.room[key] as number) + 1;
    this.arena = new Int32Array(numbers.length);
    for (let key = 0; key < this.room.length; key++) {
      this.at[key] = this.top;
      this.top += this.room[key] as number;
    }
  }

  private append(key: number, row: number): void {
    const length = this.lengths[key] as number;
    if (length === this.room[key]) this.move(key, length);
    this.arena[(this.at[key] as number) + length] = row;
    if (length === 0) this.distinct++;
    this.lengths[key] = length + 1;
  }

  private move(key: number, length: number): void {
    const room = Math.max(4, length * 2);
    if (this.top + room > this.arena.length) this.arena = grown(this.arena, this.top + room);
    const from = this.at[key] as number;
    this.arena.copyWithin(this.top, from, from + length);
    this.at[key] = this.top;
    this.room[key] = room;
    this.top += room;
  }

  private widen(keys: number): void {
    this.at = grown(this.at, keys);
    this.lengths = grown(this.lengths, keys);
    this.room = grown(this.room, keys);
  }
}
