import { describe, expect, it } from "vitest";
import { listOf, wordsIn } from "./words-in.ts";

describe("a list with commas in a field", () => {
  it.each<[string, string[]]>([
    ["", []],
    [" rye,  oven , rye,, ", ["rye", "oven"]],
    ['"Bread, rolls", oven', ["Bread, rolls", "oven"]],
    ['oven,"Bread, rolls"', ["oven", "Bread, rolls"]],
    ['"Said ""so"", twice"', ['Said "so", twice']],
    ['"never closed, oven', ['"never closed', "oven"]],
    ['"Best" bread, 6" pans', ['"Best" bread', '6" pans']],
    ['"", oven', ["oven"]],
  ])("%j holds %j", (list, words) => expect(wordsIn(list)).toEqual(words));

  it.each([
    ["rye", "oven"],
    ["Bread, rolls", "Bread", "rolls"],
    ['"Best"', '"', '"a, b', 'a "b", c', ",", '6" pans'],
  ])("is read as it was written: %j, %j …", (...words) => expect(wordsIn(listOf(words))).toEqual(words));

  it("is read in a moment, whatever is typed", () => {
    const began = performance.now();
    for (const typed of ['"', '",', '"a,', '""', ' "', ' ,"']) wordsIn(typed.repeat(100_000));
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
