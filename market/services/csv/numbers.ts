/** What stands before the parts of a whole. */
export type DecimalMark = "." | ",";

/** The mark that the numbers of a list use: one or two digits at the end are parts of a whole. null: they don't tell. */
export function decimalMarkOf(cells: Iterable<string>): DecimalMark | null {
  let [points, commas] = [0, 0];
  for (const cell of cells) {
    const [, mark] = /([.,])\d{1,2}\D*$/.exec(cell.trim()) ?? [];
    if (mark === ".") points++;
    if (mark === ",") commas++;
  }
  if (points === commas) return null;
  return points > commas ? "." : ",";
}

/** A number in thousandths, whole; null: it is none, or it could be two. Thousands may be apart by the other mark, blanks or ’. */
export function thousandthsOf(text: string, mark: DecimalMark | null): number | null {
  const plain = text
    .replaceAll(/[\s\u00a0\u202f’']/g, "")
    .replace(/^(?:£|€|GBP|EUR)/i, "")
    .replace(/(?:£|€|GBP|EUR)$/i, "");
  if (/^\d{1,9}$/.test(plain)) return Number(plain) * 1000;
  if (mark === null) {
    const [, whole = "", part = ""] = /^(\d{1,9})[.,](\d{1,2})$/.exec(plain) ?? [];
    return whole === "" ? null : parts(whole, part);
  }
  const other = mark === "." ? "," : ".";
  const [, whole = "", part = ""] = new RegExp(`^(\\d{1,3}(?:\\${other}\\d{3})+|\\d{1,9})(?:\\${mark}(\\d{1,6}))?$`).exec(plain) ?? [];
  return whole === "" ? null : parts(whole.replaceAll(other, ""), part);
}

/** Rounded half up to a thousandth. */
function parts(whole: string, part: string): number {
  return Number(whole) * 1000 + Math.round(Number(`0.${part || "0"}`) * 1000);
}
