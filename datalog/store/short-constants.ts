import type { Constant } from "../ast/ast.ts";
import { grown, mix } from "./cells.ts";

/** Up to this many characters of 7 bits fit in three integers. */
const LONGEST = 12;
/** The last part of an integer; characters never make it. */
const INTEGER = -1;
/** More digits may not fit in 32 bits. */
const MOST_DIGITS = 9;

/**
 * Ids of short ASCII strings and of integers of 32 bits, found by the three integers they pack into. A Map compares each
 * newly cut string with the one it holds, which is most of the time of loading half a million pairs of names.
 */
export class ShortConstants {
  /** Slots of four: the three parts and id + 1. */
  private slots = new Int32Array(4 * 64);
  private count = 0;
  /** By id: the parts of those that are short. */
  private parts: Int32Array = new Int32Array(3 * 64);
  private first = 0;
  private second = 0;
  private third = 0;

  /** Packs the constant; false: too long or not plain, it belongs elsewhere. */
  accepts(value: Constant): boolean {
    if (typeof value === "number") return this.acceptsInteger(value);
    const { length } = value;
    if (length > LONGEST) return false;
    let [first, second, third] = [0, 0, 0];
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code === 0 || code > 127) return false;
      if (i < 4) first |= code << (7 * i);
      else if (i < 8) second |= code << (7 * (i - 4));
      else third |= code << (7 * (i - 8));
    }
    this.set(first, second, third);
    return true;
  }

  /** The same for a field of a file; false also where it may be a number of another form. */
  acceptsField(bytes: Uint8Array, from: number, to: number): boolean {
    const length = to - from;
    const lead = length > 0 ? (bytes[from] as number) : MINUS;
    if (length > LONGEST || lead === MINUS) return false;
    if (lead >= ZERO && lead <= NINE) return this.acceptsDigits(bytes, from, to);
    let [first, second, third] = [0, 0, 0];
    for (let i = 0; i < length; i++) {
      const code = bytes[from + i] as number;
      if (code === 0 || code > 127) return false;
      if (i < 4) first |= code << (7 * i);
      else if (i < 8) second |= code << (7 * (i - 4));
      else third |= code << (7 * (i - 8));
    }
    this.set(first, second, third);
    return true;
  }

  /** The id of the constant accepted last, or -1. */
  find(): number {
    return (this.slots[this.slot(this.first, this.second, this.third) + 3] as number) - 1;
  }

  /** Gives the constant accepted last, which find did not know, its id. */
  add(id: number): void {
    const { first, second, third } = this;
    this.put(first, second, third, id);
    const at = id * 3;
    if (at + 3 > this.parts.length) this.parts = grown(this.parts, at + 3);
    this.parts[at] = first;
    this.parts[at + 1] = second;
    this.parts[at + 2] = third;
    // Four fifths full: a table half as large stays in the nearer cache, which saves more than shorter chains do.
    if (++this.count * 5 > this.slots.length) this.grow();
  }

  /** The constant that got this id. */
  value(id: number): Constant {
    const parts = this.parts.subarray(id * 3, id * 3 + 3);
    if (parts[2] === INTEGER) return parts[0] as number;
    const codes = Array.from(parts).flatMap((part) => [part & 127, (part >> 7) & 127, (part >> 14) & 127, (part >> 21) & 127]);
    return String.fromCharCode(...codes.filter((code) => code !== 0));
  }

  private acceptsInteger(value: number): boolean {
    this.set(value | 0, 0, INTEGER);
    return this.first === value;
  }

  private acceptsDigits(bytes: Uint8Array, from: number, to: number): boolean {
    if (to - from > MOST_DIGITS || (bytes[from] === ZERO && to - from > 1)) return false;
    let value = 0;
    for (let i = from; i < to; i++) {
      const digit = (bytes[i] as number) - ZERO;
      if (digit < 0 || digit > 9) return false;
      value = value * 10 + digit;
    }
    this.set(value, 0, INTEGER);
    return true;
  }

  private set(first: number, second: number, third: number): void {
    this.first = first;
    this.second = second;
    this.third = third;
  }

  private put(first: number, second: number, third: number, id: number): void {
    const at = this.slot(first, second, third);
    this.slots[at] = first;
    this.slots[at + 1] = second;
    this.slots[at + 2] = third;
    this.slots[at + 3] = id + 1;
  }

  private slot(first: number, second: number, third: number): number {
    const { slots } = this;
    const mask = slots.length - 4;
    let at = (mix(mix(first) ^ second ^ (third << 3)) << 2) & mask;
    while (slots[at + 3] !== 0 && (slots[at] !== first || slots[at + 1] !== second || slots[at + 2] !== third)) at = (at + 4) & mask;
    return at;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 4) {
      const id = (old[at + 3] as number) - 1;
      if (id >= 0) this.put(old[at] as number, old[at + 1] as number, old[at + 2] as number, id);
    }
  }
}

const MINUS = 45;
const ZERO = 48;
const NINE = 57;
