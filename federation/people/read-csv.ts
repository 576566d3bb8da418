import type { ImportRow } from "@rose-ash/shared/contracts/people-imports.ts";
import { readGuarded } from "@rose-ash/shared/infrastructure/csv/index.ts";
import type { ImportKind } from "@rose-ash/shared/models/people.ts";
import { parse } from "csv-parse/sync";

export const CSV_LIMITS = { bytes: 2_000_000, rows: 10_000, cell: 1000 } as const;

export type ReadCsv =
  | { readonly kind: "rows"; readonly rows: readonly ImportRow[]; readonly leftOut: number }
  | { readonly kind: "refused"; readonly message: string };

/**
 * A list as Mastodon exports it: follows and mutes have a header, the others none; of lists the first cell is the list's name. Lines that
 * name nobody are left out, and so is what is said twice.
 */
export function readCsv(kind: ImportKind, bytes: Buffer): ReadCsv {
  const records = readRecords(bytes);
  if (records === null)
    return { kind: "refused", message: "This can’t be read as a list: it is to be a file ending in .csv, as another server exports it." };
  if (records.length > CSV_LIMITS.rows)
    return { kind: "refused", message: `More than ${CSV_LIMITS.rows} lines can’t be taken at once: divide the list.` };
  const body = /^account address$/i.test(records[0]?.[0] ?? "") ? records.slice(1) : records;
  const rows = new Map<string, ImportRow>();
  for (const cells of body) {
    const row = rowOf(
      kind,
      cells.map((cell) => readGuarded(cell).trim()),
    );
    if (row !== null) rows.set(`${row.list}\n${row.name}`, row);
  }
  if (rows.size === 0) return { kind: "refused", message: "Nobody is named in it." };
  return { kind: "rows", rows: [...rows.values()], leftOut: body.length - rows.size };
}

function readRecords(bytes: Buffer): string[][] | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (text.includes("\0")) return null;
    const options = {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: CSV_LIMITS.rows + 2,
      max_record_size: 10 * CSV_LIMITS.cell,
    };
    return parse(text, options);
  } catch {
    return null;
  }
}

const ADDRESS = /^@?([\w.-]{1,100}@[a-z0-9.-]{1,253}(?::\d{1,5})?)$/i;
const HOST = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?$/;

function rowOf(kind: ImportKind, cells: readonly string[]): ImportRow | null {
  const [first = "", second = ""] = cells;
  if (kind === "domain-blocks") {
    const url = URL.parse(`https://${first}/`);
    const host = url?.pathname === "/" && url.username === "" ? url.host : "";
    return HOST.test(host) ? { name: host, list: "", hidesNotifications: true } : null;
  }
  const name = ADDRESS.exec(kind === "lists" ? second : first)?.[1];
  if (name === undefined || (kind === "lists" && (first === "" || first.length > 80))) return null;
  return { name, list: kind === "lists" ? first : "", hidesNotifications: kind !== "mutes" || !/^false$/i.test(second) };
}
