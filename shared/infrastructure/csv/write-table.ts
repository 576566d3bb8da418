/** A cell: text, or a number that we wrote ourselves, which is left as it is. */
export type Cell = string | { readonly number: string };

/**
 * A list as CSV (RFC 4180), with a byte order mark, so that table programs see UTF-8. Text that they would take for a formula begins with
 * an apostrophe, and so does what begins with apostrophes before such a sign: readGuarded takes one off again.
 */
export function writeTable(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [header, ...rows].map((cells) => cells.map(written).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/** A cell as it was before it was guarded. */
export function readGuarded(cell: string): string {
  return /^'+[=+\-@\t\r\n＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}

function written(cell: Cell): string {
  return typeof cell === "string" ? quoted(guarded(cell)) : cell.number;
}

/** OWASP: CSV injection; some programs read wide signs as the narrow ones. */
function guarded(cell: string): string {
  return /^'*[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",;\t\r\n|']|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
