import { describe, expect, it } from "vitest";
import { compareTexts } from "./compare-texts.ts";
import { readableText } from "./readable-text.ts";

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

describe("a text as it is compared", () => {
  it("has a line for each paragraph, heading and item, and names pictures and links", () => {
    const html = `<h2>Rye</h2><p>Hot <b>bread</b> &amp; <a href="/shop">butter</a>.<br>Now.</p><ul><li>One</li><li>Two</li></ul><p><img src="x" alt="A loaf"></p>`;
    expect(readableText(html)).toBe("Rye\nHot bread & butter (/shop).\nNow.\nOne\nTwo\n[picture: A loaf]\n");
  });

  it("is empty for an empty text", () => {
    expect(readableText("<p></p>")).toBe("");
  });
});
