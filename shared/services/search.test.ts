import { describe, expect, it } from "vitest";
import { cleanWords, markedOf, wordsOf } from "./search.ts";

describe("what was typed into the search", () => {
  it.each([
    ["rye\0bread", "rye bread"],
    ["  \u0007 rye \u009f ", "rye"],
    ["\ud800rye", "\ufffdrye"],
    ["-", "-"],
    ["", ""],
  ])("is given to the database as it takes it: %j", (typed, clean) => {
    expect(cleanWords(typed)).toBe(clean);
  });

  it("is cut where it is long, and never within a character", () => {
    expect([...cleanWords("🍞".repeat(10_000))]).toHaveLength(200);
    expect(cleanWords("🍞".repeat(10_000)).isWellFormed()).toBe(true);
    expect(cleanWords("a".repeat(10_000))).toHaveLength(200);
  });

  it("has few words that may be mistyped", () => {
    expect(wordsOf(`the "Old Dairy" or -l’oven of ${"word ".repeat(50)}`)).toEqual([
      "the",
      "Old",
      "Dairy",
      "l’oven",
      "word",
      "word",
      "word",
      "word",
    ]);
  });
});

describe("a text with marks", () => {
  it("comes in pieces", () => {
    expect(markedOf("\u{e000}Rye\u{e001} and <b>\u{e000}wheat\u{e001}")).toEqual([
      { text: "Rye", isHit: true },
      { text: " and <b>", isHit: false },
      { text: "wheat", isHit: true },
    ]);
  });

  it("stays text when somebody wrote marks into it", () => {
    expect(markedOf("\u{e001}\u{e001}<script>\u{e000}").map(({ text }) => text)).toEqual(["<script>"]);
    expect(markedOf("")).toEqual([]);
  });
});
