import fc from "fast-check";
import { expect, it } from "vitest";
import { PairSet } from "./pair-set.ts";

const near = fc.tuple(fc.nat(40), fc.nat(200));
const far = fc.tuple(fc.nat(3000), fc.nat(100_000));
const column = fc.tuple(fc.constant(7), fc.nat(5000));

/** Holds a set against JavaScript's own: what add says, and at the end what it has. */
function compare(pairs: readonly (readonly [number, number])[]): void {
  const set = new PairSet();
  const reference = new Set<string>();
  for (const [x, y] of pairs) {
    expect(set.has(x, y)).toBe(reference.has(`${x} ${y}`));
    expect(set.add(x, y)).toBe(!reference.has(`${x} ${y}`));
    reference.add(`${x} ${y}`);
  }
  for (const [x, y] of pairs) {
    expect(set.has(x, y)).toBe(true);
    expect(set.has(x, y + 1)).toBe(reference.has(`${x} ${y + 1}`));
    expect(set.has(y, x)).toBe(reference.has(`${y} ${x}`));
  }
}

it("has the pairs that came, each once, whether few, close together or far apart", () => {
  fc.assert(fc.property(fc.array(fc.oneof(near, far, column), { maxLength: 400 }), compare), { numRuns: 200, seed: 1 });
});

it("keeps every y of an x while its block turns from table to bitmap and widens both ways", () => {
  const middle = 50_000;
  const spread = Array.from({ length: 4000 }, (_, i) => middle + (i % 2 === 0 ? i : -i));
  compare(spread.map((y) => [3, y]));
  compare([...spread.keys()].map((y) => [3, y * 31]));
});

it("grows past every size of its table of xs", () => {
  compare(Array.from({ length: 5000 }, (_, x) => [x, x % 3]));
});
