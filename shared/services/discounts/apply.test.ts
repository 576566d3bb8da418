import { describe, expect, it } from "vitest";
import { applyDiscounts, type Rule } from "./apply.ts";

const percent = (id: number, basisPoints: number, covered: readonly number[], isCombinable = true): Rule<number> => ({
  ...{ id, basisPoints, amountMinor: null, isCombinable, covered },
});
const amount = (id: number, amountMinor: number, covered: readonly number[], isCombinable = true): Rule<number> => ({
  ...{ id, basisPoints: null, amountMinor, isCombinable, covered },
});
const said = (totals: readonly number[], rules: readonly Rule<number>[]) =>
  applyDiscounts(totals, rules).map(({ id, amountMinor, shares }) => [id, amountMinor, shares]);

describe("discounts", () => {
  it.each([
    ["nothing off nothing", [], [percent(1, 1000, [])], []],
    ["a tenth, half a penny up, dealt out by the lines", [333, 332], [percent(1, 1000, [0, 1])], [[1, 67, [34, 33]]]],
    ["only off what is covered", [500, 500], [percent(1, 1000, [1])], [[1, 50, [0, 50]]]],
    ["an amount, and never more than there is", [300, 100], [amount(1, 1000, [0, 1])], [[1, 400, [300, 100]]]],
    [
      "shares before amounts, each off what is left",
      [1000],
      [amount(1, 100, [0]), percent(2, 1000, [0])],
      [
        [2, 100, [100]],
        [1, 100, [100]],
      ],
    ],
    [
      "the one that stands alone where it is more",
      [1000],
      [percent(1, 1000, [0]), percent(2, 500, [0]), percent(3, 2000, [0], false)],
      [[3, 200, [200]]],
    ],
    ["those that go together where they are as much", [1000], [percent(1, 1000, [0]), percent(2, 1000, [0], false)], [[1, 100, [100]]]],
    [
      "of two that stand alone the older, where they are equal",
      [1000],
      [amount(7, 50, [0], false), amount(5, 50, [0], false)],
      [[5, 50, [50]]],
    ],
    ["all of it", [999], [percent(1, 10_000, [0])], [[1, 999, [999]]]],
  ] as const)("take %s", (_what, totals, rules, expected) => {
    expect(said(totals, rules)).toEqual(expected);
  });

  it("never take more off a line than it costs, nor another sum than they say, and don't care in which order they come", () => {
    let state = 20_261_127;
    const random = (most: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % most;
    };
    for (let round = 0; round < 400; round += 1) {
      const totals = Array.from({ length: 1 + random(6) }, () => random(5000));
      const covered = () => totals.map((_, at) => at).filter(() => random(3) > 0);
      const rules = Array.from({ length: random(6) }, (_, id) =>
        random(2) === 0
          ? percent(id, 1 + random(10_000), covered(), random(2) === 0)
          : amount(id, 1 + random(3000), covered(), random(2) === 0),
      );
      const applied = applyDiscounts(totals, rules);
      for (const { amountMinor, shares } of applied) expect(shares.reduce((sum, share) => sum + share, 0)).toBe(amountMinor);
      const off = totals.map((_, at) => applied.reduce((sum, { shares }) => sum + (shares[at] ?? 0), 0));
      for (const [at, minor] of off.entries()) expect([minor >= 0, minor <= (totals[at] ?? 0)]).toEqual([true, true]);
      expect(applyDiscounts(totals, rules.toReversed())).toEqual(applied);
    }
  });
});
