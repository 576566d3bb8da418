import { describe, expect, it } from "vitest";
import { packIn, slugOf } from "./guess.ts";

describe("what a name says of its pack", () => {
  it.each([
    ["Rye flour 1.5kg", 1500, "g"],
    ["Rye flour, 1,5 kg", 1500, "g"],
    ["Oat drink 6 x 250 ml", 1500, "ml"],
    ["Oat drink 6×1L", 6000, "ml"],
    ["Olive oil 75cl", 750, "ml"],
    ["Vanilla 2g", 2, "g"],
    ["Ketchup 500 g (was 450 g) now 480 g", 480, "g"],
    ["Mint tea, 20 bags", 20, "piece"],
    ["Soap, pack of 4", 4, "piece"],
  ])("%s", (name, packAmount, packUnit) => {
    expect(packIn(name)).toEqual({ packAmount, packUnit });
  });

  it.each(["Rye bread", "Size L", "0 g sugar", "Barcode 5010019640161", "99999999 kg", "A4 paper", ""])("is nothing: %j", (name) => {
    expect(packIn(name)).toBeNull();
  });
});

describe("an address made of a name", () => {
  it.each([
    ["Crème fraîche, 30 %", "creme-fraiche-30"],
    ["  Ben’s Jam  ", "bens-jam"],
    ["パン", "product"],
    ["x".repeat(300), "x".repeat(80)],
    [`${"a".repeat(79)} b`, "a".repeat(79)],
  ])("%j", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });
});
