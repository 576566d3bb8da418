import { dealOut, shareOf } from "../../models/money.ts";

/** A discount as arithmetic has it. covered: places of the lines that it is taken off. */
export interface Rule<Id> {
  readonly id: Id;
  readonly basisPoints: number | null;
  readonly amountMinor: number | null;
  readonly isCombinable: boolean;
  readonly covered: readonly number[];
}

/** What a discount takes off. shares: of each line, which together are the amount. */
export interface Applied<Id> {
  readonly id: Id;
  readonly amountMinor: number;
  readonly shares: readonly number[];
}

/**
 * What discounts take off lines of so much. Those that go together are taken off one after the other, shares before amounts and each
 * off what the ones before it left; a share is reckoned off the sum of what it covers, half a minor unit up, and dealt out to the
 * lines by what is left of them. One that does not go with others stands alone. Whichever takes off most is taken; of equals those
 * that go together, then the older.
 */
export function applyDiscounts<Id extends number>(totals: readonly number[], rules: readonly Rule<Id>[]): readonly Applied<Id>[] {
  const sorted = rules.toSorted((one, other) => rankOf(one) - rankOf(other) || one.id - other.id);
  const ways = [
    sorted.filter(({ isCombinable }) => isCombinable),
    ...sorted.filter(({ isCombinable }) => !isCombinable).map((one) => [one]),
  ];
  let best: readonly Applied<Id>[] = [];
  for (const way of ways) {
    const applied = takeOff(totals, way);
    if (sumOf(applied) > sumOf(best)) best = applied;
  }
  return best;
}

const rankOf = ({ basisPoints }: { basisPoints: number | null }) => (basisPoints === null ? 1 : 0);
const sumOf = (applied: readonly { amountMinor: number }[]) => applied.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

function takeOff<Id>(totals: readonly number[], rules: readonly Rule<Id>[]): readonly Applied<Id>[] {
  let left = totals;
  const applied: Applied<Id>[] = [];
  for (const { id, basisPoints, amountMinor, covered } of rules) {
    const weights = left.map((minor, at) => (covered.includes(at) ? minor : 0));
    const base = weights.reduce((sum, minor) => sum + minor, 0);
    const off = basisPoints === null ? Math.min(amountMinor ?? 0, base) : shareOf(base, basisPoints);
    if (off === 0) continue;
    const shares = dealOut(off, weights);
    applied.push({ id, amountMinor: off, shares });
    left = left.map((minor, at) => minor - (shares[at] ?? 0));
  }
  return applied;
}
