import { grown, mix } from "./cells.ts";

/**
 * A set of pairs (x, y) of small integers that only grows. Each x has its own block: a hash table of y + 1 while its ys are
 * few, a bitmap once that is no larger. A join inserts runs with the same x, so the block it works in stays in cache.
 * Blocks are powers of two in one arena; outgrown ones are used again.
 */
export class PairSet {
  private arena = new Int32Array(1024);
  private top = 0;
  /** By x: where its block begins, its cells (negative: a bitmap), and how many ys it has. */
  private at = new Int32Array(64);
  private cells = new Int32Array(64);
  private counts = new Int32Array(64);
  private maxY = 0;
  private readonly free: number[][] = Array.from({ length: 32 }, () => []);

  /** False: the pair was there. */
  add(x: number, y: number): boolean {
    if (x >= this.cells.length) this.widen(x);
    const cells = this.cells[x] as number;
    if (cells < 0 && y >> 5 < -cells) {
      const word = (this.at[x] as number) + (y >> 5);
      const bit = 1 << (y & 31);
      const bits = this.arena[word] as number;
      if (bits & bit) return false;
      this.arena[word] = bits | bit;
      this.counts[x] = (this.counts[x] as number) + 1;
      return true;
    }
    return this.addSparse(x, y, cells);
  }

  has(x: number, y: number): boolean {
    if (x >= this.cells.length) return false;
    const cells = this.cells[x] as number;
    const at = this.at[x] as number;
    if (cells < 0) return y >> 5 < -cells && ((this.arena[at + (y >> 5)] as number) & (1 << (y & 31))) !== 0;
    if (cells === 0) return false;
    const mask = cells - 1;
    for (let i = mix(y) & mask; ; i = (i + 1) & mask) {
      const found = this.arena[at + i] as number;
      if (found === y + 1) return true;
      if (found === 0) return false;
    }
  }

  private addSparse(x: number, y: number, cells: number): boolean {
    if (y > this.maxY) this.maxY = y;
    const count = this.counts[x] as number;
    if (cells < 0 || (count + 1) * 4 > cells * 3) {
      if (this.has(x, y)) return false;
      this.rebuild(x);
      return this.add(x, y);
    }
    const at = this.at[x] as number;
    const mask = cells - 1;
    for (let i = mix(y) & mask; ; i = (i + 1) & mask) {
      const found = this.arena[at + i] as number;
      if (found === y + 1) return false;
      if (found !== 0) continue;
      this.arena[at + i] = y + 1;
      this.counts[x] = count + 1;
      return true;
    }
  }

  /** Gives x a larger block, of the kind that is smaller. */
  private rebuild(x: number): void {
    const ys = this.members(x);
    const old = this.cells[x] as number;
    if (old !== 0) this.free[Math.log2(Math.abs(old))]?.push(this.at[x] as number);
    const asHash = 2 ** Math.ceil(Math.log2(Math.max(2, ys.length) * 2));
    const asBitmap = 2 ** Math.ceil(Math.log2((this.maxY >> 5) + 1));
    const isBitmap = asBitmap <= asHash;
    const size = isBitmap ? asBitmap : asHash;
    this.at[x] = this.allocate(size);
    this.cells[x] = isBitmap ? -size : size;
    this.counts[x] = 0;
    for (const y of ys) this.add(x, y);
  }

  private members(x: number): number[] {
    const cells = this.cells[x] as number;
    const block = this.arena.subarray(this.at[x], (this.at[x] as number) + Math.abs(cells));
    const ys: number[] = [];
    block.forEach((cell, i) => {
      if (cells > 0 && cell !== 0) ys.push(cell - 1);
      if (cells < 0) for (let bit = 0; cell !== 0 && bit < 32; bit++) if (cell & (1 << bit)) ys.push(i * 32 + bit);
    });
    return ys;
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

  private widen(x: number): void {
    this.at = grown(this.at, x + 1);
    this.cells = grown(this.cells, x + 1);
    this.counts = grown(this.counts, x + 1);
  }
}
