import { writeTable } from "@rose-ash/shared/infrastructure/csv/index.ts";

/** A line as suppliers read it. */
interface Ordered {
  sku: string;
  gtin: string;
  name: string;
  pack: string;
  caseSize: number;
  cases: number;
}

const HEAD = ["Your number", "GTIN", "Product", "Pack", "Packs in a case", "Cases", "Packs"];

/** What is ordered as a table for spreadsheets. What is not ordered is left out. */
export function backOrderCsv(lines: readonly Ordered[]): string {
  const rows = lines
    .filter(({ cases }) => cases > 0)
    .map(({ sku, gtin, name, pack, caseSize, cases }) => [sku, gtin, name, pack, ...[caseSize, cases, cases * caseSize].map(String)]);
  return writeTable(HEAD, rows);
}
