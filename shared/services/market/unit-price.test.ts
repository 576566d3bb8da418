import { describe, expect, it } from "vitest";
import { packSizeOf, unitPriceOf } from "./unit-price.ts";

describe("a unit price", () => {
  it.each([
    [
      { priceMinor: 420, packAmount: 800, packUnit: "g" },
      { minor: 525, per: "kg" },
    ],
    [
      { priceMinor: 195, packAmount: 750, packUnit: "ml" },
      { minor: 260, per: "l" },
    ],
    [
      { priceMinor: 210, packAmount: 6, packUnit: "piece" },
      { minor: 35, per: "piece" },
    ],
  ] as const)("of %o is %o", (pack, expected) => {
    expect(unitPriceOf(pack)).toEqual(expected);
  });

  it("rounds a half up and less than a half down", () => {
    expect(unitPriceOf({ priceMinor: 5, packAmount: 2, packUnit: "piece" })).toEqual({ minor: 3, per: "piece" });
    expect(unitPriceOf({ priceMinor: 100, packAmount: 3, packUnit: "piece" })).toEqual({ minor: 33, per: "piece" });
    expect(unitPriceOf({ priceMinor: 1, packAmount: 2000, packUnit: "g" })).toEqual({ minor: 1, per: "kg" });
  });

  it("is not given for a pack of one piece, whose price says it already", () => {
    expect(unitPriceOf({ priceMinor: 350, packAmount: 1, packUnit: "piece" })).toBeNull();
  });

  it("is nothing per kilogram of a gift", () => {
    expect(unitPriceOf({ priceMinor: 0, packAmount: 100, packUnit: "g" })).toEqual({ minor: 0, per: "kg" });
  });
});

describe("a pack size", () => {
  it.each([
    [{ packAmount: 400, packUnit: "g" }, "400 g"],
    [{ packAmount: 1000, packUnit: "g" }, "1 kg"],
    [{ packAmount: 1500, packUnit: "g" }, "1.5 kg"],
    [{ packAmount: 750, packUnit: "ml" }, "750 ml"],
    [{ packAmount: 5000, packUnit: "ml" }, "5 l"],
    [{ packAmount: 6, packUnit: "piece" }, "6 pieces"],
    [{ packAmount: 1, packUnit: "piece" }, "each"],
  ] as const)("of %o reads %s", (pack, words) => {
    expect(packSizeOf(pack)).toBe(words);
  });
});
