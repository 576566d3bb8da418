import { describe, expect, it } from "vitest";
import { compareTexts } from "./compare-texts.ts";

const shown = (before: string, after: string) =>
  compareTexts(before, after)
    .map(({ kind, text }) => (kind === "same" ? text : kind === "added" ? `+${text}+` : `-${text}-`))
    .join("");

describe("what became of a text", () => {
  it("is told word by word within the lines that changed", () => {
    expect(shown("Flour, water.\nBake it.\n", "Flour, milk.\nBake it.\n")).toBe("Flour, -water-+milk+.\nBake it.\n");
  });

  it("is told by whole lines where lines came or went", () => {
    expect(shown("One.\nTwo.\n", "One.\n")).toBe("One.\n-Two.\n-");
    expect(shown("", "One.\n")).toBe("+One.\n+");
    expect(shown("", "")).toBe("");
  });

  it("gives both texts whole, whatever was done to them, and within a moment", () => {
    const long = Array.from({ length: 40_000 }, (_, n) => `word${(n * 7919) % 104_729}`);
    const [before, after] = [long.join(" "), [...long].reverse().join(" ")];
    const began = performance.now();
    const parts = compareTexts(before, after);
    expect(performance.now() - began).toBeLessThan(5_000);
    const side = (gone: string) =>
      parts
        .filter(({ kind }) => kind !== gone)
        .map(({ text }) => text)
        .join("");
    expect([side("added") === before, side("removed") === after]).toEqual([true, true]);
  });
});
