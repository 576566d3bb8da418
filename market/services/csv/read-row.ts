import { type SomeProductFields, someProductFields } from "@rose-ash/shared/contracts/product-fields.ts";
import { readGuarded } from "@rose-ash/shared/infrastructure/csv/index.ts";
import { ALLERGENS, VAT_PERCENT } from "@rose-ash/shared/models/market.ts";
import type { Column } from "./columns.ts";
import { type DecimalMark, thousandthsOf } from "./numbers.ts";

/** How the cells of a list are read. mark: of its decimals; null where they don't tell. */
export interface RowReading {
  columns: readonly (Column | "")[];
  mark: DecimalMark | null;
}

/** A line of a list. What is absent is not said. wrong: what is wrong with it, in words. */
export interface ListRow {
  line: number;
  slug: string;
  sku: string;
  said: SomeProductFields;
  stock: number | null;
  shelves: readonly string[] | null;
  wrong: readonly string[];
}

/** An empty cell says nothing; this one says that there is nothing. A text that is just that comes guarded. */
const NOTHING = "-";
const NUTRIENTS = ["energyKj", "fatMg", "saturatesMg", "carbohydrateMg", "sugarsMg", "fibreMg", "proteinMg", "saltMg"] as const;

/** A row in the terms of the shop. */
export function readRow({ line, cells }: { line: number; cells: readonly string[] }, { columns, mark }: RowReading): ListRow {
  const cellOf = new Map(columns.flatMap((column, at) => (column === "" ? [] : [[column, (cells[at] ?? "").trim()] as const])));
  const text = (column: Column) => readGuarded(cellOf.get(column) ?? "").trim();
  const wrong: string[] = [];
  const said: Record<string, unknown> = {};
  for (const [column, cell] of cellOf) {
    const reader = cell !== "" && Object.hasOwn(FIELDS, column) ? FIELDS[column] : undefined;
    if (!reader) continue;
    const value = cell === NOTHING && "nothing" in reader ? reader.nothing : reader.read(text(column), mark);
    const read = value === undefined ? null : someProductFields.safeParse({ [reader.field]: value });
    if (read?.success) Object.assign(said, read.data);
    else wrong.push(`${reader.label} can’t be “${cut(cell)}”.`);
  }
  readCost(text, mark, { said, wrong });
  readAllergens(text, { said, wrong });
  readNutrition(text, mark, { said, wrong });
  const stock = text("stock");
  if (stock !== "" && !/^\d{1,5}$/.test(stock)) wrong.push(`Stock can’t be “${cut(stock)}”.`);
  return {
    ...{ line, slug: text("slug"), sku: text("sku").slice(0, 100), said, wrong },
    stock: /^\d{1,5}$/.test(stock) ? Number(stock) : null,
    shelves: text("shelves") === "" ? null : listOf(text("shelves")),
  };
}

interface Reader {
  field: keyof SomeProductFields;
  label: string;
  /** undefined: it can't be read. */
  read(cell: string, mark: DecimalMark | null): unknown;
  /** What a dash says; absent: it can't be nothing. */
  nothing?: unknown;
}

type Into = { said: Record<string, unknown>; wrong: string[] };

const money = (cell: string, mark: DecimalMark | null) => minorOf(cell, mark);
const whole = (cell: string) => (/^\d{1,7}$/.test(cell) ? Number(cell) : undefined);

/** Columns that are one field each. */
const FIELDS: Readonly<Record<string, Reader>> = {
  name: { field: "name", label: "Name", read: (cell) => cell },
  brand: { field: "brand", label: "Brand", read: (cell) => cell, nothing: "" },
  description: { field: "description", label: "Description", read: (cell) => cell, nothing: "" },
  ingredients: { field: "ingredients", label: "Ingredients", read: (cell) => cell, nothing: "" },
  origin: { field: "origin", label: "Origin", read: (cell) => cell, nothing: "" },
  priceMinor: { field: "priceMinor", label: "Price", read: money },
  membersPriceMinor: { field: "membersPriceMinor", label: "Price for members", read: money, nothing: null },
  packAmount: { field: "packAmount", label: "Pack", read: whole },
  packUnit: { field: "packUnit", label: "Unit", read: (cell) => UNITS[cell.toLowerCase()] },
  caseSize: { field: "caseSize", label: "Case", read: whole, nothing: null },
  gtin: { field: "gtin", label: "Number on the packet", read: (cell) => cell.replaceAll(/[\s-]/g, ""), nothing: null },
  vatClass: { field: "vatClass", label: "VAT", read: vatOf },
  isOnSale: { field: "isOnSale", label: "On sale", read: yesOrNo },
  isRecipeWhole: { field: "isRecipeWhole", label: "Recipe", read: yesOrNo },
  labels: { field: "labels", label: "Labels", read: listOf, nothing: [] },
  recipe: { field: "recipe", label: "Recipe", read: listOf, nothing: [] },
};

const UNITS: Readonly<Record<string, string>> = {
  ...{ g: "g", gram: "g", grams: "g", ml: "ml", piece: "piece", pieces: "piece", pc: "piece", each: "piece", stück: "piece" },
};

function vatOf(cell: string): string | undefined {
  const plain = cell.toLowerCase().replace(/\s*%$/, "");
  return Object.entries(VAT_PERCENT).find(([name, percent]) => name === plain || String(percent) === plain)?.[0];
}

function yesOrNo(cell: string): boolean | undefined {
  if (/^(?:yes|y|ja|oui|true|1|x)$/i.test(cell)) return true;
  return /^(?:no|n|nein|non|false|0)$/i.test(cell) ? false : undefined;
}

function listOf(cell: string): readonly string[] {
  return cell.split(/[,;|]/).flatMap((one) => one.trim() || []);
}

/** In minor units, half up; undefined where it is no price, below nought among them. */
function minorOf(cell: string, mark: DecimalMark | null): number | undefined {
  const thousandths = thousandthsOf(cell, mark);
  return thousandths === null ? undefined : Math.round(thousandths / 10);
}

function readCost(text: (column: Column) => string, mark: DecimalMark | null, { said, wrong }: Into): void {
  const [net, gross] = [text("netCost"), text("grossCost")];
  const cell = net || gross;
  if (cell === "") return;
  if (cell === NOTHING) {
    said["costMinor"] = null;
    return;
  }
  const minor = minorOf(cell, mark);
  const vat = VAT_PERCENT[(vatOf(text("vatClass")) ?? "zero") as keyof typeof VAT_PERCENT];
  const cost = minor === undefined || net !== "" ? minor : Math.round((minor * 100) / (100 + vat));
  const read = someProductFields.safeParse({ costMinor: cost });
  if (cost !== undefined && read.success) said["costMinor"] = cost;
  else wrong.push(`Cost can’t be “${cut(cell)}”.`);
}

/** Known as a whole only where the list says so: a list of some allergens frees nothing of the others. */
function readAllergens(text: (column: Column) => string, { said, wrong }: Into): void {
  const known = text("areAllergensKnown");
  if (known === "") return;
  const isKnown = yesOrNo(known);
  if (isKnown === undefined) return void wrong.push(`“All allergens are known” can’t be “${cut(known)}”.`);
  const names = (column: "contains" | "mayContain") =>
    listOf(text(column) === NOTHING ? "" : text(column)).map((name) => name.toLowerCase().replaceAll(/\s+/g, "-"));
  const [contains, mayContain] = [names("contains"), names("mayContain")];
  const strange = [...contains, ...mayContain].filter((name) => !ALLERGENS.some((one) => one === name));
  if (strange.length > 0) wrong.push(`“${cut(strange.join(", "))}” is none of the fourteen allergens.`);
  else said["allergens"] = isKnown ? someProductFields.parse({ allergens: { contains, mayContain } }).allergens : null;
}

function readNutrition(text: (column: Column) => string, mark: DecimalMark | null, { said, wrong }: Into): void {
  const cells = NUTRIENTS.map((name) => text(name));
  if (cells.every((cell) => cell === "")) return;
  if (cells.every((cell) => cell === NOTHING)) {
    said["nutrition"] = null;
    return;
  }
  const amounts = cells.map((cell, at) => {
    const thousandths = thousandthsOf(cell, mark);
    return thousandths === null ? null : NUTRIENTS[at] === "energyKj" ? Math.round(thousandths / 1000) : thousandths;
  });
  const read = someProductFields.safeParse({ nutrition: Object.fromEntries(NUTRIENTS.map((name, at) => [name, amounts[at]])) });
  if (read.success) Object.assign(said, read.data);
  else wrong.push("Nutrition is all eight amounts, or none.");
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
