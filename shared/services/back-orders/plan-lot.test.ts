import { describe, expect, it } from "vitest";
import { dropLast, planLot } from "./plan-lot.ts";

const lines = (...quantities: number[]) => quantities.map((quantity) => ({ quantity, missing: 0 }));

describe("a lot", () => {
  it.each([
    ["drop", 9, { wanted: 6, cases: 1, surplus: 0, isUndecided: false }],
    ["fill", 9, { wanted: 9, cases: 2, surplus: 3, isUndecided: false }],
    ["decide", 9, { wanted: 9, cases: 2, surplus: 3, isUndecided: true }],
    ["decide", 12, { wanted: 12, cases: 2, surplus: 0, isUndecided: false }],
    ["drop", 5, { wanted: 0, cases: 0, surplus: 0, isUndecided: false }],
    ["drop", 0, { wanted: 0, cases: 0, surplus: 0, isUndecided: false }],
  ] as const)("by the rule %s, of %d shares in sixes", (rule, pieces, expected) => {
    expect(planLot({ lines: lines(pieces), caseSize: 6, stock: 0, rule })).toMatchObject(expected);
  });

  it("that comes singly is ordered as it is wanted, whatever the rule", () => {
    for (const rule of ["drop", "fill", "decide"] as const)
      expect(planLot({ lines: lines(1, 2), caseSize: 1, stock: 0, rule })).toMatchObject({
        cases: 3,
        surplus: 0,
        dropped: [0, 0],
        isUndecided: false,
      });
  });

  it("is taken from the shelf first, and so may need no case at all", () => {
    expect(planLot({ lines: lines(4, 4), caseSize: 6, stock: 2, rule: "drop" })).toMatchObject({ fromStock: 2, cases: 1, dropped: [0, 0] });
    expect(planLot({ lines: lines(4, 4), caseSize: 6, stock: 99, rule: "fill" })).toMatchObject({ fromStock: 8, cases: 0, surplus: 0 });
    expect(planLot({ lines: lines(4), caseSize: 6, stock: -1, rule: "fill" })).toMatchObject({ fromStock: 0, cases: 1 });
  });

  it("drops whoever paid last, in part where that is enough", () => {
    expect(planLot({ lines: lines(3, 2, 4), caseSize: 6, stock: 0, rule: "drop" }).dropped).toEqual([0, 0, 3]);
    expect(planLot({ lines: lines(3, 1, 1), caseSize: 4, stock: 0, rule: "drop" }).dropped).toEqual([0, 0, 1]);
    expect(dropLast([2, 3, 1], 5)).toEqual([1, 3, 1]);
  });

  it("counts what is known not to come as gone, and not twice", () => {
    const known = [
      { quantity: 6, missing: 0 },
      { quantity: 3, missing: 3 },
    ];
    expect(planLot({ lines: known, caseSize: 6, stock: 0, rule: "fill" })).toMatchObject({
      wanted: 6,
      cases: 1,
      surplus: 0,
      dropped: [0, 0],
    });
  });

  it("never orders more than one case too many, nor less than is wanted, and drops less than a case", () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % below;
    };
    for (let round = 0; round < 2_000; round++) {
      const lot = {
        lines: Array.from({ length: random(6) }, () => ({ quantity: 1 + random(9), missing: 0 })),
        caseSize: 1 + random(12),
        stock: random(15),
        rule: (["drop", "fill", "decide"] as const)[random(3)] ?? "drop",
      };
      const plan = planLot(lot);
      const ordered = lot.lines.reduce((sum, { quantity }) => sum + quantity, 0);
      const dropped = plan.dropped.reduce((sum, pieces) => sum + pieces, 0);
      expect(plan.wanted + dropped).toBe(ordered);
      expect(plan.fromStock + plan.cases * lot.caseSize - plan.surplus).toBe(plan.wanted);
      expect([plan.surplus, dropped].every((pieces) => pieces >= 0 && pieces < lot.caseSize)).toBe(true);
      if (lot.rule === "drop") expect(plan.surplus).toBe(0);
    }
  });
});
