import { describe, expect, it } from "vitest";
import type { PriceRuleId } from "../../models/ids.ts";
import { firstThatFits, type Rule } from "./read-rules.ts";
import { reckonPrice } from "./reckon.ts";

const RULE = { addPermille: 300, minimumAddMinor: 0, rounding: "five", of: "Cheese" } as const;
const price = (cost: number | null, more: Partial<Parameters<typeof reckonPrice>[2]> = {}, vat: "zero" | "reduced" | "standard" = "zero") =>
  reckonPrice(cost, vat, { ...RULE, ...more });

describe("a price by a rule", () => {
  it("is the cost with what is added, VAT on both, rounded up, and says so", () => {
    expect(price(210)).toEqual({ priceMinor: 275, words: "cost 2.10 + 30 % of Cheese, rounded up to .05" });
    expect(price(210, {}, "standard")).toEqual({ priceMinor: 330, words: "cost 2.10 + 30 % of Cheese + 20 % VAT, rounded up to .05" });
    expect(price(15, { minimumAddMinor: 10, rounding: "penny" })).toEqual({ priceMinor: 25, words: "cost 0.15 + 0.10 at least of Cheese" });
    expect(price(210, { addPermille: 275 })?.words).toContain("27.5 %");
  });

  it("is never below what the rule adds, whatever it is rounded to", () => {
    for (const rounding of ["penny", "five", "ten", "forty-nine", "ninety-nine"] as const)
      for (let cost = 1; cost < 700; cost += 3)
        expect((price(cost, { rounding })?.priceMinor ?? 0) * 1000).toBeGreaterThanOrEqual(cost * 1300);
    expect(price(100, { rounding: "ninety-nine" })?.priceMinor).toBe(199);
    expect(price(100, { rounding: "forty-nine" })?.priceMinor).toBe(149);
    expect(price(199, { addPermille: 0, rounding: "ninety-nine" })?.priceMinor).toBe(199);
  });

  it("is none without a cost, with a cost of nought, or beyond what any shop asks", () => {
    expect([price(null), price(0), price(500_000)]).toEqual([null, null, null]);
  });

  it("is made by the first rule that fits, of shelf and supplier", () => {
    const rule = (id: number, categoryId: number | null, supplierId: number | null): Rule => ({
      ...RULE,
      id: id as PriceRuleId,
      categoryId,
      supplierId,
    });
    const rules = [rule(1, 7, 3), rule(2, 7, null), rule(3, null, 3), rule(4, null, null)];
    const fits = (supplierId: number, shelves: readonly number[]) => firstThatFits(rules, { supplierId, shelves: new Set(shelves) })?.id;
    expect([fits(3, [7, 1]), fits(9, [7]), fits(3, [1]), fits(9, [])]).toEqual([1, 2, 3, 4]);
    expect(firstThatFits([], { supplierId: 1, shelves: new Set() })).toBeNull();
  });
});
