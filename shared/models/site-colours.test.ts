import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contrast, FIXED, faultsOfColours, nearestReadable, OWN_COLOURS, tokensOf } from "./site-colours.ts";

const css = readFileSync(join(import.meta.dirname, "../static/css/tokens.css"), "utf8");
const token = (name: string) => new RegExp(`--color-${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css)?.slice(1);

it("knows the colours of the style sheet that it counts with", () => {
  expect(token("rose")).toEqual([OWN_COLOURS.accentLight, OWN_COLOURS.accentDark]);
  expect(token("surface")).toEqual([OWN_COLOURS.paperLight, OWN_COLOURS.paperDark]);
  for (const name of Object.keys(FIXED.light) as (keyof typeof FIXED.light)[])
    expect(token(name)).toEqual([FIXED.light[name], FIXED.dark[name]]);
});

it("takes the site's own, and other ones that can be read", () => {
  expect(faultsOfColours(OWN_COLOURS)).toEqual([]);
  expect(faultsOfColours({ accentLight: "#1f5f8b", accentDark: "#8cc4ee", paperLight: "#f4f7fa", paperDark: "#14181c" })).toEqual([]);
});

describe("what people could not read", () => {
  it.each([
    ["accentLight", "#ffd54a", "Links on the paper"],
    ["accentDark", "#7a1030", "Links on the paper"],
    ["paperLight", "#888888", "Text on the paper"],
    ["paperDark", "#777777", "Text on the paper"],
    ["paperLight", "#000000", "Text on the paper"],
  ] as const)("%s %s is refused, and the nearest that can be read is told", (field, colour, words) => {
    const colours = { ...OWN_COLOURS, [field]: colour };
    const faults = faultsOfColours(colours);
    expect(faults.map((fault) => fault.words)).toContain(words);
    expect(faults.every(({ ratio, least }) => ratio < least)).toBe(true);
    const nearest = nearestReadable(colours, field);
    if (nearest !== null) expect(faultsOfColours({ ...colours, [field]: nearest })).toEqual([]);
  });

  it("is not let through by any pair of the tokens that follow", () => {
    const inks = ["#123456", "#a62b50", "#444444", "#205020", "#803000"];
    for (const accentLight of inks) {
      const colours = { ...OWN_COLOURS, accentLight };
      if (faultsOfColours(colours).length > 0) continue;
      const tokens = tokensOf(colours, "light");
      for (const ground of [tokens.surface, tokens["surface-raised"], tokens["surface-sunk"], tokens["rose-tint"]])
        expect(contrast(tokens.rose, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(tokens["rose-ink"], tokens["rose-strong"])).toBeGreaterThanOrEqual(4.5);
    }
  });
});
