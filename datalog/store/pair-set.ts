import { grown, mix } from "./cells.ts";

/** What is kept for each x, side by side so that one look at memory brings it all: where its block begins, */
const AT = 0;
/** the words of a bitmap (0: its block is a hash table), */
const WORDS = 1;
/** the word of y / 32 that the bitmap begins with, or the cells of the table, */
const BASE = 2;
const CELLS = 2;
/** and how many ys the table has. */
const COUNT = 3;

const FEWEST_CELLS = 8;

/**
 * A set of pairs (x, y) of small integers that only grows. Each x has its own block: a hash table of y + 1, or, where that is
 * no larger, a bitmap of the stretch that its ys lie in. A join inserts runs with the same x, so the block it works in stays
 * in cache. Blocks are powers of two in one arena; outgrown ones are used again.
 */
export class PairSet {
  private arena: Int32Array = new Int32Array(1024);
  private top = 0;
  private heads: Int32Array = new Int32Array(256);
  /** The ys of the block that is being rebuilt. */
  private members: Int32Array = new Int32Array(16);
  private readonly free: number[][] = Array.from({ length: 32 }, () => []);

  /** False: the pair was there. */
  add(x: number, y: number): boolean {
    const head = x << 2;
    if (head + COUNT >= this.heads.length) this.heads = grown(this.heads, head + 4);
    const words = this.heads[head + WORDS] as number;
    const word = (y >> 5) - (this.heads[head + BASE] as number);
    if (word < 0 || word >= words) return this.addOutside(head, y);
    const at = (this.heads[head + AT] as number) + word;
    const bits = this.arena[at] as number;
    const bit = 1 << (y & 31);
    if ((bits & bit) !== 0) return false;
    this.arena[at] = bits | bit;
    return true;
  }

  has(x: number, y: number): boolean {
    const head = x << 2;
    if (head + COUNT >= this.heads.length) return false;
    const at = this.heads[head + AT] as number;
    const words = this.heads[head + WORDS] as number;
    if (words === 0) {
      const cells = this.heads[head + CELLS] as number;
      return cells > 0 && this.arena[slotOf(this.arena, at, cells, y)] !== 0;
    }
    const word = (y >> 5) - (this.heads[head + BASE] as number);
    return word >= 0 && word < words && ((this.arena[at + word] as number) & (1 << (y & 31))) !== 0;
  }

  /** Where no bitmap has a place for y. */
  private addOutside(head: number, y: number): boolean {
    const cells = this.heads[head + WORDS] === 0 ? (this.heads[head + CELLS] as number) : 0;
    if (cells > 0) {
      const slot = slotOf(this.arena, this.heads[head + AT] as number, cells, y);
      if (this.arena[slot] !== 0) return false;
      const count = (this.heads[head + COUNT] as number) + 1;
      if (count * 4 <= cells * 3) {
        this.arena[slot] = y + 1;
        this.heads[head + COUNT] = count;
        return true;
      }
    }
    this.rebuild(head, y);
    return true;
  }

  /** Gives x a larger block, of the kind that is smaller, with y in it. */
  private rebuild(head: number, y: number): void {
    const at = this.heads[head + AT] as number;
    const before = (this.heads[head + WORDS] as number) || (this.heads[head + CELLS] as number);
    const count = this.collect(head, y);
    const { low, high } = this.stretch(head, count);
    const asHash = powerOfTwo(Math.max(FEWEST_CELLS, count * 2));
    const asBitmap = powerOfTwo(high - low + 1);
    const isBitmap = asBitmap <= asHash;
    const size = isBitmap ? asBitmap : asHash;
    this.heads[head + AT] = this.allocate(size);
    this.heads[head + WORDS] = isBitmap ? size : 0;
    // The room to spare goes to the side on which the ys come.
    if (isBitmap) this.heads[head + BASE] = y >> 5 === low ? Math.max(0, high + 1 - size) : low;
    else this.heads[head + CELLS] = size;
    this.heads[head + COUNT] = 0;
    for (let i = 0; i < count; i++) this.add(head >> 2, this.members[i] as number);
    if (before > 0) this.free[Math.log2(before)]?.push(at);
  }

  /** Puts the ys of a block and one more into `members`; gives how many they are. */
  private collect(head: number, more: number): number {
    const at = this.heads[head + AT] as number;
    const words = this.heads[head + WORDS] as number;
    const cells = words || (this.heads[head + CELLS] as number);
    const first = (this.heads[head + BASE] as number) * 32;
    const most = words > 0 ? words * 32 : cells;
    if (most >= this.members.length) this.members = grown(this.members, most + 1);
    let found = 0;
    for (let i = 0; i < cells; i++) {
      let cell = this.arena[at + i] as number;
      if (words === 0 && cell !== 0) this.members[found++] = cell - 1;
      while (words > 0 && cell !== 0) {
        const bit = 31 - Math.clz32(cell);
        this.members[found++] = first + i * 32 + bit;
        cell ^= 1 << bit;
      }
    }
    this.members[found++] = more;
    return found;
  }

  /** The words that a bitmap of the first members needs, the last one new. What a bitmap has it keeps, so that its growth pays for itself. */
  private stretch(head: number, count: number): { low: number; high: number } {
    const words = this.heads[head + WORDS] as number;
    const base = this.heads[head + BASE] as number;
    let low = words > 0 ? base : Number.MAX_SAFE_INTEGER;
    let high = words > 0 ? base + words - 1 : 0;
    for (let i = words > 0 ? count - 1 : 0; i < count; i++) {
      const word = (this.members[i] as number) >> 5;
      if (word < low) low = word;
      if (word > high) high = word;
    }
    return { low, high };
  }

  private allocate(size: number): number {
    const reused = this.free[Math.log2(size)]?.pop();
    if (reused !== undefined) {
      this.arena.fill(0, reused, reused + size);
      return reused;
    }
    if (this.top + size > this.arena.length) this.arena = grown(this.arena, this.top + size);
    this.top += size;
    return this.top - size;
  }
}

/** Where a hash block has y + 1, or room for it. */
function slotOf(arena: Int32Array, at: number, cells: number, y: number): number {
  const mask = cells - 1;
  let i = mix(y) & mask;
  for (let found = arena[at + i]; found !== 0 && found !== y + 1; found = arena[at + i]) i = (i + 1) & mask;
  return at + i;
}

/** The least power of two that is not smaller. */
function powerOfTwo(size: number): number {
  return 2 ** (32 - Math.clz32(size - 1));
}
