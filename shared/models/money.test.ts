import { describe, expect, it } from "vitest";
import { amountText, dealOut, minorDigits, readAmount, shareOf } from "./money.ts";

describe("amounts of a currency", () => {
  it.each([
    ["GBP", 2, 420, "4.20"],
    ["JPY", 0, 420, "420"],
    ["KWD", 3, 4205, "4.205"],
    ["CLP", 0, 7, "7"],
    ["GBP", 2, 5, "0.05"],
    ["KWD", 3, -7, "-0.007"],
  ])("of %s have %i digits: %i is %s", (currency, digits, minor, text) => {
    expect([minorDigits(currency), amountText(minor, currency)]).toEqual([digits, text]);
    if (minor >= 0) expect(readAmount(text, currency)).toBe(minor);
  });

  it.each([
    ["4,2", "GBP", 420],
    ["4", "KWD", 4000],
    ["4.2", "JPY", null],
    ["4.205", "GBP", null],
    ["-1", "GBP", null],
    ["1e3", "GBP", null],
    ["", "GBP", null],
    ["99999999", "GBP", null],
  ])("typed as %j of %s: %s", (typed, currency, minor) => {
    expect(readAmount(typed, currency)).toBe(minor);
  });
});

describe("shares", () => {
  it.each([
    [999, 1250, 125],
    [1, 5000, 1],
    [3, 1000, 0],
    [1000, 10_000, 1000],
  ])("of %i at %i basis points: %i", (minor, basisPoints, share) => {
    expect(shareOf(minor, basisPoints)).toBe(share);
  });

  it("dealt out come to the whole, each within one of its due, and none without weight gets any", () => {
    let state = 20_261_127;
    const random = (most: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % most;
    };
    for (let round = 0; round < 500; round += 1) {
      const minor = random(100_000);
      const weights = Array.from({ length: 1 + random(12) }, () => random(50_000));
      const whole = weights.reduce((sum, weight) => sum + weight, 0);
      const parts = dealOut(minor, weights);
      expect([round, parts.reduce((sum, part) => sum + part, 0)]).toEqual([round, whole === 0 ? 0 : minor]);
      for (const [at, part] of parts.entries()) {
        const due = whole === 0 ? 0 : (minor * (weights[at] ?? 0)) / whole;
        expect(Math.abs(part - due)).toBeLessThan(1);
      }
    }
  });
});
