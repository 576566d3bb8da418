import { mix } from "./cells.ts";

/** Up to this many characters of 7 bits fit in a pair of integers. */
const LONGEST = 8;

/**
 * Ids of short ASCII strings, found by their characters packed into two integers. A Map compares each newly cut string with
 * the one it holds, which is most of the time of loading half a million pairs of names.
 */
export class ShortNames {
  /** Slots of four: the first four characters, the others, id + 1, nothing. */
  private slots = new Int32Array(4 * 64);
  private count = 0;
  private low = 0;
  private high = 0;

  /** Packs the string; false: too long or not plain, it belongs elsewhere. */
  accepts(value: string): boolean {
    const { length } = value;
    if (length > LONGEST) return false;
    let [low, high] = [0, 0];
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code === 0 || code > 127) return false;
      if (i < 4) low |= code << (7 * i);
      else high |= code << (7 * (i - 4));
    }
    this.low = low;
    this.high = high;
    return true;
  }

  /** The id of the string accepted last, or -1. */
  find(): number {
    return (this.slots[this.slot(this.low, this.high) + 2] as number) - 1;
  }

  /** Gives the string accepted last, which find did not know, its id. */
  add(id: number): void {
    this.put(this.low, this.high, id);
    if (++this.count * 8 > this.slots.length) this.grow();
  }

  private put(low: number, high: number, id: number): void {
    const at = this.slot(low, high);
    this.slots[at] = low;
    this.slots[at + 1] = high;
    this.slots[at + 2] = id + 1;
  }

  private slot(low: number, high: number): number {
    const { slots } = this;
    const mask = slots.length - 4;
    let at = (mix(mix(low) ^ high) << 2) & mask;
    while (slots[at + 2] !== 0 && (slots[at] !== low || slots[at + 1] !== high)) at = (at + 4) & mask;
    return at;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 4) {
      const id = old[at + 2] as number;
      if (id !== 0) this.put(old[at] as number, old[at + 1] as number, id - 1);
    }
  }
}
