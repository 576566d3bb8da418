/** Copies into an array of at least `length` cells, growing by half so that a doubling never holds three times the data. */
export function grown(cells: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(length, Math.ceil(cells.length * 1.5), 16));
  larger.set(cells);
  return larger;
}

/** Spreads the bits of an id; multiplication by an odd constant (Knuth's 2^32 / golden ratio). */
export function mix(hash: number): number {
  const product = Math.imul(hash, 0x9e3779b1);
  return product ^ (product >>> 15);
}
