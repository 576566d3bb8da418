import { describe, expect, it } from "vitest";
import { allergenLines, nutritionRows, stockWords } from "./words.ts";

describe("stock in words", () => {
  it.each([
    [0, "Sold out for now"],
    [1, "Only 1 left"],
    [5, "Only 5 left"],
    [6, "In stock"],
  ])("%i: %s", (stock, text) => {
    expect(stockWords(stock, null).text).toBe(text);
  });
});

describe("allergens in words", () => {
  it("name what is in it before what may be in it, with what the ingredients bring, each with its reason", () => {
    const stated = { contains: ["cereals-containing-gluten" as const], mayContain: ["nuts" as const] };
    const why = new Map([
      ["nuts", "It says so on the label"],
      ["milk", "Butter is made from cows milk"],
    ]);
    expect(allergenLines(stated, why)).toEqual([
      { name: "cereals containing gluten", state: "contains", why: "" },
      { name: "milk", state: "contains", why: "Butter is made from cows milk" },
      { name: "nuts", state: "may-contain", why: "It says so on the label" },
    ]);
    expect(allergenLines(null, new Map())).toEqual([]);
  });
});

describe("nutrition", () => {
  it("is given as a packet has it", () => {
    const rows = nutritionRows({
      ...{ energyKj: 1880, fatMg: 19_000, saturatesMg: 9_500, carbohydrateMg: 58_000, sugarsMg: 14_000, fibreMg: 6_000 },
      ...{ proteinMg: 9_000, saltMg: 30 },
    });
    expect(rows[0]).toEqual({ name: "Energy", amount: "1880 kJ / 449 kcal" });
    expect(rows.at(-1)).toEqual({ name: "Salt", amount: "0.03 g" });
    expect(nutritionRows(null)).toEqual([]);
  });
});
