import { describe, expect, it } from "vitest";
import type { ExportLine } from "../../../shared/contracts/shelf.ts";
import { writeTable } from "../../../shared/infrastructure/csv/index.ts";
import type { CategoryId, ProductId } from "../../../shared/models/ids.ts";
import {
  COLUMNS,
  decimalMarkOf,
  decodeText,
  EXPORT_HEADER,
  exportRow,
  guessColumns,
  proposeRows,
  readColumns,
  readRow,
  readTable,
} from "./index.ts";
import { thousandthsOf } from "./numbers.ts";

const LIST = "Order number;Name;Price (net);Unit\r\n7;Käse, jung;2,34;g\r\n";
const utf16 = (text: string, isBig: boolean) => {
  const bytes = Buffer.from(text, "utf16le");
  return new Uint8Array(isBig ? bytes.swap16() : bytes);
};

describe("a list's bytes", () => {
  it("are read whatever they were written in", () => {
    const ways: readonly (readonly [Uint8Array, string])[] = [
      [new TextEncoder().encode(LIST), "utf-8"],
      [new TextEncoder().encode(`\ufeff${LIST}`), "utf-8"],
      [new Uint8Array(Buffer.from(LIST, "latin1")), "windows-1252"],
      [utf16(`\ufeff${LIST}`, false), "utf-16le"],
      [utf16(`\ufeff${LIST}`, true), "utf-16be"],
      [utf16(LIST, false), "utf-16le"],
      [utf16(LIST, true), "utf-16be"],
    ];
    for (const [bytes, encoding] of ways) expect(decodeText(bytes)).toEqual({ text: LIST, encoding });
    expect(decodeText(new Uint8Array([0x80, 0x31, 0x92]))?.text).toBe("€1’");
  });

  it("are no list where they are a workbook or a picture", () => {
    const zip = new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 33, 0, 98, 238, 157, 104, 94, 1, 0, 0, 144, 4]);
    expect(decodeText(zip)).toBeNull();
    expect(decodeText(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]))).toBeNull();
  });
});

describe("a list's table", () => {
  it("has any of four separators, quoted line breaks, and lines that are too short or too long", () => {
    for (const separator of [";", ",", "\t", "|"]) {
      const table = readTable(
        `${["a", "b", "c"].join(separator)}\n"x\n""y""${separator}"${separator}2\n\n1${separator}2${separator}3${separator}4\n`,
      );
      expect(table).toMatchObject({
        ...{ kind: "table", separator, header: ["a", "b", "c"] },
        rows: [
          { line: 2, cells: [`x\n"y"${separator}`, "2"] },
          { line: 5, cells: ["1", "2", "3", "4"] },
        ],
      });
    }
    expect(readTable("a,b;c\r1,2;3\r", ";")).toMatchObject({ header: ["a,b", "c"], rows: [{ cells: ["1,2", "3"] }] });
  });

  it("is refused with the line where it can't be read, and where there is nothing or too much in it", () => {
    expect(readTable('a,b\n1,2\n"3,4\n5,6\n')).toMatchObject({
      kind: "refused",
      message: expect.stringMatching(/^Line \d+ can’t be read: a quotation mark is opened/),
    });
    expect(readTable('a,b\n1,x"y"\n')).toMatchObject({ kind: "refused" });
    expect(readTable("")).toMatchObject({ kind: "refused" });
    expect(readTable("a,b\n\n ,\n")).toMatchObject({ kind: "refused" });
    expect(readTable(`a\n${"1\n".repeat(20_001)}`)).toMatchObject({ kind: "refused", message: expect.stringContaining("20000 lines") });
    expect(readTable(`${"a,".repeat(101)}a\n1\n`)).toMatchObject({ kind: "refused" });
  });

  it("of ten thousand lines is read at once", () => {
    const text = `address;price\n${Array.from({ length: 10_000 }, (_, at) => `p-${at};"${at},50"`).join("\n")}`;
    const table = readTable(text);
    expect(table.kind === "table" && table.rows.length).toBe(10_000);
  });
});

describe("amounts", () => {
  it("are read with comma or point, with thousands, currencies and blanks", () => {
    expect(thousandthsOf("2,34", ",")).toBe(2340);
    expect(thousandthsOf("1.234,5", ",")).toBe(1_234_500);
    expect(thousandthsOf("£1,234.50", ".")).toBe(1_234_500);
    expect(thousandthsOf("1 234.50 GBP", ".")).toBe(1_234_500);
    expect(thousandthsOf("2.3456", ".")).toBe(2346);
    expect(thousandthsOf("2,34", null)).toBe(2340);
  });

  it("are none where they could be two, are below nought, or nonsense", () => {
    for (const text of ["1,234", "1.234", "-2,00", "2,3,4", "1e9", "0x1", "", "two", "NaN", "12.34.56"])
      expect(thousandthsOf(text, null)).toBeNull();
    expect(thousandthsOf("1.23", ",")).toBeNull();
    expect(thousandthsOf("1,234", ",")).toBe(1234);
  });

  it("tell by themselves which mark they use", () => {
    expect(decimalMarkOf(["2,34", "1.234,50", "7"])).toBe(",");
    expect(decimalMarkOf(["2.34", "1,234.50"])).toBe(".");
    expect(decimalMarkOf(["1,234", "7"])).toBeNull();
  });
});

describe("a line of a list", () => {
  const row = (columns: readonly string[], cells: readonly string[], mark: "." | "," = ",") =>
    readRow({ line: 2, cells }, { columns: readColumns(columns), mark });

  it("says what its cells say: an empty one nothing, a hyphen that there is nothing", () => {
    expect(
      row(["name", "brand", "priceMinor", "membersPriceMinor", "caseSize", "gtin"], ["Rye", "-", "2,345", "", "-", "96385074"]),
    ).toMatchObject({
      ...{ said: { name: "Rye", brand: "", priceMinor: 235, caseSize: null, gtin: "96385074" }, wrong: [] },
    });
  });

  it("is wrong with a price below nought or absurd, a wrong check digit, an unknown class of VAT, and says which", () => {
    const { wrong } = row(["priceMinor", "gtin", "vatClass", "packAmount", "stock", "name"], ["-1,00", "96385075", "17", "0", "-3", "-"]);
    expect(wrong).toHaveLength(5);
    expect(wrong[0]).toBe("Price can’t be “-1,00”.");
    expect(row(["priceMinor"], ["999999,00"]).wrong).toHaveLength(1);
    expect(row(["name"], ["x".repeat(201)]).wrong).toHaveLength(1);
  });

  it("has a cost without VAT, also where the list says it with", () => {
    expect(row(["netCost", "vatClass"], ["2,34", "20"]).said).toEqual({ costMinor: 234, vatClass: "standard" });
    expect(row(["grossCost", "vatClass"], ["12,00", "20 %"]).said).toEqual({ costMinor: 1000, vatClass: "standard" });
    expect(row(["netCost"], ["-0,10"]).wrong).toHaveLength(1);
  });

  it("never makes a product free from something by leaving it out", () => {
    expect(row(["contains"], ["milk"]).said).toEqual({});
    expect(row(["contains", "areAllergensKnown"], ["milk, Cereals containing gluten", "yes"]).said).toEqual({
      allergens: { contains: ["cereals-containing-gluten", "milk"], mayContain: [] },
    });
    expect(row(["contains", "areAllergensKnown"], ["milk", "no"]).said).toEqual({ allergens: null });
    expect(row(["contains", "areAllergensKnown"], ["milk, plutonium", "yes"]).wrong).toHaveLength(1);
  });

  it("finds its columns by what others call them, each once", () => {
    expect(guessColumns(["avail.", "Order number", "Name", "Price (net)", "EAN", "name", "Deposit"])).toEqual([
      ...["isOnSale", "sku", "name", "netCost", "gtin", "", ""],
    ]);
    expect(readColumns(["name", "name", "constructor", "sku"])).toEqual(["name", "", "", "sku"]);
  });
});

describe("the lines of a list together", () => {
  const known = { bySlug: new Map([["rye", 1 as ProductId]]), byGtin: new Map(), bySku: new Map([["7", 2 as ProductId]]) };
  const shelves = { byName: new Map([["bread", 4 as CategoryId]]), all: [4 as CategoryId, 5 as CategoryId] };
  const lineOf = (line: number, more: object) => ({
    ...{ line, slug: "", sku: "", said: {}, stock: null, shelves: null, wrong: [] },
    ...more,
  });

  it("are each product once, and what is not known is refused or new, as whose word it is", () => {
    const ours = proposeRows(
      [
        lineOf(2, { slug: "rye", shelves: ["Bread"] }),
        lineOf(3, { slug: "rye" }),
        lineOf(4, { slug: "oat" }),
        lineOf(5, { slug: "x", shelves: ["Moon"] }),
      ],
      { whose: { kind: "ours", newFrom: null }, known, shelves },
    );
    expect(ours.map(({ plan }) => plan)).toMatchObject([
      { kind: "edit", productId: 1, addTo: [4], takeFrom: [4, 5] },
      { kind: "refused", reason: "The same as line 2." },
      { kind: "refused", reason: "No product has this address or number." },
      { kind: "refused", reason: "There is no shelf “Moon”." },
    ]);
    const theirs = proposeRows([lineOf(2, { sku: "7" }), lineOf(3, { sku: "8" }), lineOf(4, { sku: "8" }), lineOf(5, {})], {
      ...{ whose: { kind: "theirs", supplierId: 9 }, known, shelves },
    });
    expect(theirs.map(({ plan }) => plan.kind)).toEqual(["heard", "new", "refused", "refused"]);
  });
});

describe("a list that we write", () => {
  const HOSTILE = [
    "=1+1",
    "'=x",
    "''+x",
    "-5",
    "@cmd",
    "a\tb",
    'say "no"',
    "line\nbreak",
    "semi;colon",
    "-",
    "–",
    "'",
    ",",
    "ß€漢",
    "+44 1",
    "＝1+1",
    "＠SUM(A1)",
    "|",
  ];

  it("holds nothing that a table program would reckon", () => {
    const text = writeTable(
      ["a"],
      HOSTILE.map((cell) => [cell]),
    );
    const table = readTable(text);
    if (table.kind !== "table") throw new Error(table.message);
    for (const { cells } of table.rows) expect(cells[0]).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
  });

  it("says the same when it is read again, whatever stands in it", () => {
    let seed = 42;
    const next = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const words = () =>
      Array.from({ length: 1 + next(3) }, () => HOSTILE[next(HOSTILE.length)])
        .join(" ")
        .trim();
    const lines = Array.from({ length: 300 }, (_, at): ExportLine => productOf(at, { words, next }));
    const table = readTable(writeTable(EXPORT_HEADER, lines.map(exportRow)));
    if (table.kind !== "table") throw new Error(table.message);
    const columns = guessColumns(table.header);
    expect(columns).toEqual(COLUMNS.map(({ column }) => column).filter((column) => column !== "grossCost"));
    const mark = decimalMarkOf(table.rows.flatMap(({ cells }) => cells));
    for (const [at, row] of table.rows.entries()) {
      const read = readRow(row, { columns, mark: mark ?? "." });
      const line = lines[at];
      expect({ seed: at, wrong: read.wrong, slug: read.slug, stock: read.stock }).toEqual({
        seed: at,
        wrong: [],
        slug: line?.slug,
        stock: line?.stock,
      });
      // what is empty says nothing, and so changes nothing
      for (const [field, value] of Object.entries(read.said))
        expect({ at, field, value }).toEqual({ at, field, value: line?.fields[field as "name"] });
      expect(read.said).toMatchObject({ name: line?.fields.name, priceMinor: line?.fields.priceMinor, allergens: line?.fields.allergens });
    }
  });
});

function productOf(at: number, { words, next }: { words: () => string; next: (below: number) => number }): ExportLine {
  const isKnown = next(2) === 0;
  const nutrient = () => next(100_000);
  return {
    ...{ slug: `p-${at}`, sku: words(), stock: next(100), shelves: next(2) ? ["bread", "rye"] : [] },
    fields: {
      ...{ name: words(), brand: next(2) ? words() : "", description: words(), packAmount: 1 + next(5000), packUnit: "g" },
      ...{ costMinor: next(2) ? next(9000) : null, priceMinor: next(500_000), membersPriceMinor: next(2) ? next(300) : null },
      ...{ caseSize: next(2) ? 6 : null, vatClass: next(2) ? "zero" : "standard", gtin: next(2) ? "96385074" : null, ingredients: words() },
      allergens: isKnown ? { contains: next(2) ? ["milk", "nuts"] : [], mayContain: next(2) ? ["sesame"] : [] } : null,
      ...{
        labels: next(2) ? ["vegan", "gluten-free"] : [],
        recipe: next(2) ? ["milk_solids"] : [],
        isRecipeWhole: next(2) === 0,
        origin: words(),
      },
      nutrition: next(2)
        ? {
            ...{ energyKj: nutrient(), fatMg: nutrient(), saturatesMg: nutrient(), carbohydrateMg: nutrient() },
            ...{ sugarsMg: nutrient(), fibreMg: nutrient(), proteinMg: nutrient(), saltMg: nutrient() },
          }
        : null,
      isOnSale: next(2) === 0,
    },
  };
}
