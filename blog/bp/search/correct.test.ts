import { expect, it } from "vitest";
import { correct } from "./correct.ts";

const NAMES = ["Three days of rye", "Sourdough starter", "Léonie Baptiste", "The Old Dairy", "Oat"];

it.each([
  ["sourdogh", "sourdough"],
  ["suordough startre", "sourdough starter"],
  ["old diary", "old dairy"],
  ["Leonie", "léonie"],
  ['"sourdogh" -rye', '"sourdough" -rye'],
  ["sourdough", null],
  ["rye", null],
  ["cat", null],
  ["elephant", null],
  ["", null],
  ["🍞", null],
])("makes of %j %j", (typed, better) => {
  expect(correct(typed, NAMES)).toBe(better);
});
