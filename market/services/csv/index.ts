/** The door of this folder: lists of products as CSV, read. Pure. */
export { COLUMNS, type Column, guessColumns, readColumns } from "./columns.ts";
export { decodeText } from "./decode.ts";
export { EXPORT_HEADER, exportRow } from "./export-rows.ts";
export { type DecimalMark, decimalMarkOf } from "./numbers.ts";
export { proposeRows, type Whose } from "./propose.ts";
export { readRow } from "./read-row.ts";
export { readTable, SEPARATORS, type Separator, TABLE_LIMITS } from "./read-table.ts";
