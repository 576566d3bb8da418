import { describe, expect, it } from "vitest";
import { allergenLines, stockWords } from "./words.ts";

describe("stock in words", () => {
  it.each([
    [0, "Sold out for now"],
    [1, "Only 1 left"],
    [5, "Only 5 left"],
    [6, "In stock"],
  ])("%i: %s", (stock, text) => {
    expect(stockWords(stock).text).toBe(text);
  });
});

describe("allergens in words", () => {
  it("name what is in it before what may be in it", () => {
    expect(allergenLines({ contains: ["cereals-containing-gluten"], mayContain: ["nuts", "milk"] })).toEqual([
      { name: "cereals containing gluten", state: "contains" },
      { name: "nuts", state: "may-contain" },
      { name: "milk", state: "may-contain" },
    ]);
  });
});
