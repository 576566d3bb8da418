import { describe, expect, it } from "vitest";
import type { Candidate } from "../../../market/services/scraping/index.ts";
import { fitWeights } from "./fit.ts";
import { dealShops, type ReadPage, shopOf, type Truth } from "./pages.ts";
import { f1, isRight } from "./score.ts";

const price = (value: string, kind = "offer"): Candidate => ({ field: "price", value, source: "json-ld", kind, strength: 1 });
const aPage = (truth: Truth, candidates: readonly Candidate[], shop = "mill"): ReadPage => ({
  truth,
  shop,
  fold: 0,
  candidates,
  milliseconds: 1,
});

describe("the score of a reader", () => {
  it("counts a wrong value twice, one too many and one missing once", () => {
    const pages = [
      aPage({ price: ["2.40"] }, [price("2.4")]),
      aPage({ price: ["2.40"] }, [price("9")]),
      aPage({ price: ["2.40"] }, []),
      aPage({}, [price("9")]),
    ];
    expect(f1("price", pages, () => ({}))).toBeCloseTo(2 / (2 + 1 + 1 + 1 + 1));
  });

  it("knows what the annotators wrote for a currency", () => {
    expect(isRight("currency", ["$"], "CLP")).toBe(true);
    expect(isRight("currency", ["€"], "GBP")).toBe(false);
    expect(isRight("price", ["229.99 "], "229.990")).toBe(true);
    expect(isRight("sku", ["466/7999"], "4667999")).toBe(false);
  });
});

it("keeps all pages of a shop in one part, whatever its country", () => {
  expect(["https://www.mill.co.uk/a", "https://mill.com/b", "https://shop.mill.example/c"].map(shopOf)).toEqual(["mill", "mill", "mill"]);
  const folds = dealShops(["a", "a", "a", "b", "b", "c", "d", "e", "f"]);
  expect([...folds.values()].sort()).toEqual([0, 1, 2, 2, 3, 4]);
});

it("fits a feature's weight by shops, not by pages", () => {
  const wrong = Array.from({ length: 20 }, () => aPage({ price: ["1"] }, [price("9")], "big"));
  const right = ["a", "b", "c", "d"].map((shop) => aPage({ price: ["1"] }, [price("1")], shop));
  const weight = fitWeights([...wrong, ...right])["price/json-ld/offer"] ?? 0;
  expect(weight).toBeGreaterThan(0.7);
  expect(weight).toBeLessThan(0.9);
});
