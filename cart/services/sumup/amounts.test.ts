import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toMajor, toMinor } from "./amounts.ts";

describe("amounts at the boundary", () => {
  it("go there and back, for every amount and currency", () => {
    const currencies = fc.constantFrom("GBP", "EUR", "CLP", "HUF", "USD");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), currencies, (minor, currency) => {
        const wire = JSON.parse(JSON.stringify(toMajor(minor, currency)));
        expect(toMinor(wire, currency)).toBe(minor);
      }),
      { seed: 8 },
    );
  });

  it("know each currency's point", () => {
    expect([toMajor(1010, "GBP"), toMajor(1010, "CLP"), toMajor(1, "EUR"), toMajor(29, "GBP")]).toEqual([10.1, 1010, 0.01, 0.29]);
    expect([toMinor(10.1, "GBP"), toMinor(1010, "CLP"), toMinor(0.29, "GBP"), toMinor(1.005 * 100, "GBP")]).toEqual([
      1010, 1010, 29, 10050,
    ]);
  });

  it("refuse what is no amount", () => {
    for (const wrong of [10.123, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e300]) expect(toMinor(wrong, "GBP")).toBeNull();
    expect(toMinor(10.5, "CLP")).toBeNull();
    expect(toMinor(10, "ZZZ")).toBeNull();
    for (const wrong of [-1, 0.5, Number.NaN]) expect(() => toMajor(wrong, "GBP")).toThrow(RangeError);
    expect(() => toMajor(1, "JPY")).toThrow("SumUp takes no JPY");
  });
});
