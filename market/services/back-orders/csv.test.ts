import { expect, it } from "vitest";
import { backOrderCsv } from "./csv.ts";

const line = { sku: "L-1", gtin: "", name: "Lentils", pack: "500 g", caseSize: 6, cases: 2 };

it("has a line for each product that is ordered, in cases and packs", () => {
  expect(backOrderCsv([line, { ...line, name: "Nothing of it", cases: 0 }])).toBe(
    "\uFEFFYour number,GTIN,Product,Pack,Packs in a case,Cases,Packs\r\nL-1,,Lentils,500 g,6,2,12\r\n",
  );
});

it.each([
  ['=HYPERLINK("http://evil.example")', '"\'=HYPERLINK(""http://evil.example"")"'],
  ["+1", `"'+1"`],
  ["-1", `"'-1"`],
  ["@SUM(A1)", `"'@SUM(A1)"`],
  ["a,b", '"a,b"'],
  ["a;=1+1", '"a;=1+1"'],
  ["a\t=1+1", '"a\t=1+1"'],
  ['a "b"', '"a ""b"""'],
  ["a\r\nb", '"a\r\nb"'],
])("keeps %j in its cell, as a text", (name, cell) => {
  expect(backOrderCsv([{ ...line, name }])).toContain(`L-1,,${cell},500 g`);
});
