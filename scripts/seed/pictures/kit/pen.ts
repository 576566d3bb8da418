/** A hand that trembles the same way each time: numbers from 0 up to 1, from a seed. */
export type Pen = () => number;

/** mulberry32, seeded with a hash of the text. */
export function penOf(text: string): Pen {
  let state = 0x811c9dc5;
  for (const char of text) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** A number between the two. */
export function between(pen: Pen, low: number, high: number): number {
  return low + (high - low) * pen();
}
