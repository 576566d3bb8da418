import type { ExportLine } from "@rose-ash/shared/contracts/shelf.ts";
import { COLUMNS, type Column } from "./columns.ts";

/** The header of a list that we write. */
export const EXPORT_HEADER: readonly string[] = COLUMNS.filter(({ column }) => column !== "grossCost").map(({ header }) => header);

/** A product as a line of it: read again, it changes nothing. */
export function exportRow(line: ExportLine): readonly string[] {
  return COLUMNS.filter(({ column }) => column !== "grossCost").map(({ column }) => cellOf(column, line));
}

function cellOf(column: Column, { slug, sku, fields, stock, shelves }: ExportLine): string {
  const { allergens, nutrition } = fields;
  if (column === "slug") return slug;
  if (column === "sku") return sku;
  if (column === "stock") return String(stock);
  if (column === "shelves") return shelves.join(", ");
  if (column === "netCost") return money(fields.costMinor);
  if (column === "grossCost") return "";
  if (column === "areAllergensKnown") return yesNo(allergens !== null);
  if (column === "contains" || column === "mayContain") return allergens?.[column].join(", ") ?? "";
  if (isNutrient(column)) return nutrition === null ? "" : column === "energyKj" ? String(nutrition.energyKj) : decimal(nutrition[column]);
  const value = fields[column];
  if (value === null) return "";
  if (column === "priceMinor" || column === "membersPriceMinor") return money(Number(value));
  if (typeof value === "boolean") return yesNo(value);
  return Array.isArray(value) ? value.join(", ") : String(value);
}

type Nutrient = "energyKj" | "fatMg" | "saturatesMg" | "carbohydrateMg" | "sugarsMg" | "fibreMg" | "proteinMg" | "saltMg";

function isNutrient(column: Column): column is Nutrient {
  return column === "energyKj" || column.endsWith("Mg");
}

function money(minor: number | null): string {
  return minor === null ? "" : (minor / 100).toFixed(2);
}

/** Thousandths as a decimal with a point, and always two places at least, so that the mark can be told. */
function decimal(thousandths: number): string {
  const text = (thousandths / 1000).toFixed(3);
  return text.endsWith("0") ? text.slice(0, -1) : text;
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}
