import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fieldConstant } from "../ast/constants.ts";
import type { FactLoader } from "../db/engine.ts";
import type { Constant, Db } from "../index.ts";

/** Loads `REL.facts` (tab-separated, as Soufflé has it) and `REL.csv` from a directory. Integers and decimals are numbers. */
export function loadFacts(db: Db, directory: string): void {
  for (const file of readdirSync(directory).sort()) {
    const [, name, kind] = /^(.+)\.(facts|csv)$/.exec(file) ?? [];
    if (!name) continue;
    const bytes = readFileSync(join(directory, file));
    if (kind === "facts") readTabs(bytes, db.engine.loader(name));
    else for (const values of csvRows(bytes.toString())) db.engine.mark({ name, key: `${name}/${values.length}`, values });
  }
}

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;

/** Lines of fields. An empty line is none; a relation without columns has "()" for its one tuple. */
function readTabs(bytes: Uint8Array, loader: FactLoader): void {
  let begin = 0;
  let fields = 0;
  for (let i = 0; i <= bytes.length; i++) {
    const byte = i < bytes.length ? (bytes[i] as number) : NEWLINE;
    if (byte === TAB) {
      loader.field(bytes, begin, i);
      fields++;
      begin = i + 1;
    } else if (byte === NEWLINE) {
      const end = i > begin && bytes[i - 1] === RETURN ? i - 1 : i;
      const isUnit = fields === 0 && end - begin === 2 && bytes[begin] === 40 && bytes[begin + 1] === 41;
      const isTuple = fields > 0 || end > begin;
      if (isTuple && !isUnit) loader.field(bytes, begin, end);
      if (isTuple) loader.end();
      fields = 0;
      begin = i + 1;
    }
  }
}

/** RFC 4180: a quoted field may hold commas, line breaks and doubled quotes, and is a string even where it looks like a number. */
function* csvRows(text: string): Generator<Constant[]> {
  const field = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  let row: Constant[] = [];
  // Behind a comma there is a field, even at the end of the text.
  while (field.lastIndex < text.length || row.length > 0) {
    const at = field.lastIndex;
    const found = field.exec(text);
    if (!found) throw new Error(`CSV: a quote is out of place near ${JSON.stringify(text.slice(at, at + 40))}`);
    const [, quoted, plain = "", separator] = found;
    row.push(quoted === undefined ? fieldConstant(plain) : quoted.replaceAll('""', '"'));
    if (separator === ",") continue;
    if (row.length > 1 || row[0] !== "") yield row;
    row = [];
  }
}
