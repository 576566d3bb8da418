/** From this many cells on an array grows in place. It is then of another kind, and loops that met only the other are compiled again. */
const IN_PLACE = 1 << 21;
/** How many times its size an array may grow in place: address space is set aside for it, no memory. */
const ROOM = 32;
const BYTES = Int32Array.BYTES_PER_ELEMENT;

/**
 * The cells in an array of at least `length`, with zeros behind them; `cells` is not to be used any more. A large array
 * grows in place: copying would take as long as filling it, and hold the data twice and a half while it lasts.
 */
export function grown(cells: Int32Array, length: number): Int32Array {
  const buffer = cells.buffer as ArrayBuffer;
  if (buffer.resizable) {
    const wanted = Math.max(length, Math.ceil(cells.length * 1.25)) * BYTES;
    if (wanted <= buffer.maxByteLength) {
      buffer.resize(wanted);
      return cells;
    }
  }
  const wanted = Math.max(length, Math.ceil(cells.length * 1.5), 16);
  const options = wanted < IN_PLACE ? {} : { maxByteLength: wanted * BYTES * ROOM };
  const larger = new Int32Array(new ArrayBuffer(wanted * BYTES, options));
  larger.set(cells);
  return larger;
}

/** Spreads the bits of an id; multiplication by an odd constant (Knuth's 2^32 / golden ratio). */
export function mix(hash: number): number {
  const product = Math.imul(hash, 0x9e3779b1);
  return product ^ (product >>> 15);
}
