import { parse } from "csv-parse/sync";

/** Limits of a list. */
export const TABLE_LIMITS = { bytes: 10_000_000, rows: 20_000, columns: 100, cell: 20_000 } as const;

/** What stands between the cells of a line. */
export const SEPARATORS = [";", ",", "\t", "|"] as const;
export type Separator = (typeof SEPARATORS)[number];

/** A row with the number of the line on which it begins, from 1; its cells as they stand, without blanks around them. */
export interface TableRow {
  line: number;
  cells: readonly string[];
}

export type Table =
  | { kind: "table"; separator: Separator; header: readonly string[]; rows: readonly TableRow[] }
  | { kind: "refused"; message: string };

/** A list with a header: RFC 4180, with any of the four separators, quoted line breaks, and rows that are too short or too long. */
export function readTable(text: string, asked: Separator | null = null): Table {
  const separator = asked ?? separatorOf(text);
  const read = readRecords(text, separator);
  if (read.kind === "refused") return read;
  const rows = read.rows.filter(({ cells }) => cells.some((cell) => cell !== ""));
  const [header, ...body] = rows;
  if (!header || body.length === 0) return refused("There is no line below a header in it.");
  if (header.cells.length > TABLE_LIMITS.columns) return refused(`More than ${TABLE_LIMITS.columns} columns can’t be taken.`);
  if (body.length > TABLE_LIMITS.rows) return refused(`More than ${TABLE_LIMITS.rows} lines can’t be taken at once: divide the list.`);
  return { kind: "table", separator, header: header.cells, rows: body };
}

type Records = { kind: "rows"; rows: readonly TableRow[] } | { kind: "refused"; message: string };

function readRecords(text: string, delimiter: Separator): Records {
  const rows: TableRow[] = [];
  let line = 1;
  try {
    parse(text, {
      ...{ delimiter, bom: true, relax_column_count: true, skip_empty_lines: true, trim: true },
      ...{ to: TABLE_LIMITS.rows + 2, max_record_size: TABLE_LIMITS.columns * TABLE_LIMITS.cell },
      on_record(cells: string[], { lines }: { lines: number }) {
        // `lines` counts to the end of the record
        const breaks = cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
        line = Math.max(1, lines - breaks);
        rows.push({ line, cells: cells.map((cell) => cell.slice(0, TABLE_LIMITS.cell)) });
        return null;
      },
    });
  } catch (error) {
    if (!isCsvError(error)) throw error;
    return refused(`Line ${error.lines ?? line} can’t be read: ${REASONS[error.code] ?? "its quotation marks don’t fit together"}.`);
  }
  return { kind: "rows", rows };
}

const REASONS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quotation mark is opened and never closed",
  CSV_MAX_RECORD_SIZE: "it is too long",
  INVALID_OPENING_QUOTE: "a quotation mark stands in the middle of a cell",
};

function isCsvError(error: unknown): error is Error & { code: string; lines?: number } {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}

/** The one that cuts the first lines into most cells, equally many in each; quoted ones don't count. */
function separatorOf(text: string): Separator {
  const lines = text
    .replaceAll(/"(?:[^"]|"")*"/g, "")
    .split(/\r\n|\n|\r/, 20)
    .filter((line) => line.trim() !== "");
  const scores = SEPARATORS.map((separator) => {
    const counts = lines.map((line) => line.split(separator).length - 1);
    const first = counts[0] ?? 0;
    return { separator, first, alike: counts.filter((count) => count === first).length };
  }).filter(({ first }) => first > 0);
  const [best] = scores.sort((a, b) => b.alike * b.first - a.alike * a.first);
  return best?.separator ?? ",";
}

function refused(message: string): { kind: "refused"; message: string } {
  return { kind: "refused", message };
}
