import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Constant, Db } from "../index.ts";

/** Loads `REL.facts` (tab-separated, as Soufflé has it) and `REL.csv` from a directory. Integers and decimals are numbers. */
export function loadFacts(db: Db, directory: string): void {
  for (const file of readdirSync(directory).sort()) {
    const [, relation, kind] = /^(.+)\.(facts|csv)$/.exec(file) ?? [];
    if (!relation) continue;
    const text = readFileSync(join(directory, file), "utf8");
    const keys: string[] = [];
    // What dlAddFact does, without looking at each value again: fields are strings and numbers of files.
    const use = (values: readonly Constant[]): boolean => {
      keys[values.length] ??= `${relation}/${values.length}`;
      return db.engine.mark({ name: relation, key: keys[values.length] ?? "", values });
    };
    if (kind === "csv") for (const row of csvRows(text)) use(row);
    else readTabs(text, use);
  }
}

/** A relation without columns has "()" for its one tuple. */
function readTabs(text: string, use: (row: readonly Constant[]) => void): void {
  for (let begin = 0; begin < text.length; ) {
    let end = text.indexOf("\n", begin);
    if (end < 0) end = text.length;
    const next = end + 1;
    if (text[end - 1] === "\r") end--;
    const row: Constant[] = [];
    for (let tab = text.indexOf("\t", begin); tab >= 0 && tab < end; tab = text.indexOf("\t", begin)) {
      row.push(constant(text.slice(begin, tab)));
      begin = tab + 1;
    }
    const last = text.slice(begin, end);
    begin = next;
    if (row.length > 0 || (last !== "" && last !== "()")) {
      row.push(constant(last));
      use(row);
    } else if (last === "()") use([]);
  }
}

/** RFC 4180: a quoted field may hold commas, line breaks and doubled quotes, and is a string even where it looks like a number. */
function* csvRows(text: string): Generator<Constant[]> {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  let row: Constant[] = [];
  while (field.lastIndex < text.length) {
    const found = field.exec(text);
    if (!found) throw new Error(`CSV: a quote is out of place near ${JSON.stringify(text.slice(0, 40))}`);
    const [, quoted, plain = "", separator] = found;
    row.push(quoted === undefined ? constant(plain) : quoted.replaceAll('""', '"'));
    if (separator === ",") continue;
    if (row.length > 1 || row[0] !== "") yield row;
    row = [];
  }
}

function constant(text: string): Constant {
  const first = text.charCodeAt(0);
  if (first > 57 || (first < 48 && first !== 45)) return text;
  if (!/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/.test(text)) return text;
  const value = Number(text);
  if (Math.abs(value) > 2 ** 53) throw new RangeError(`${text} is beyond 2^53, where integers stop being exact.`);
  return value + 0;
}
