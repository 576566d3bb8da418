import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Constant, type Db, dlAddFact } from "../index.ts";

/** Loads `REL.facts` (tab-separated, as Soufflé has it) and `REL.csv` from a directory. Integers and decimals are numbers. */
export function loadFacts(db: Db, directory: string): void {
  for (const file of readdirSync(directory).sort()) {
    const [, relation, kind] = /^(.+)\.(facts|csv)$/.exec(file) ?? [];
    if (!relation) continue;
    const content = readFileSync(join(directory, file));
    const bytes = new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
    const use = (row: readonly Constant[]): boolean => dlAddFact(db, [relation, ...row]);
    if (kind === "csv") for (const row of csvRows(DECODER.decode(bytes))) use(row);
    else readTabs(bytes, use);
  }
}

const [TAB, NEWLINE, RETURN] = [9, 10, 13];

function readTabs(bytes: Uint8Array, use: (row: readonly Constant[]) => void): void {
  const fields = new Fields(bytes);
  let row: Constant[] = [];
  let begin = 0;
  for (let i = 0; i <= bytes.length; i++) {
    const byte = i < bytes.length ? (bytes[i] as number) : NEWLINE;
    if (byte !== TAB && byte !== NEWLINE) continue;
    const end = byte === NEWLINE && bytes[i - 1] === RETURN ? i - 1 : i;
    if (byte === TAB || row.length > 0 || end > begin) row.push(fields.constant(begin, end));
    begin = i + 1;
    if (byte === TAB || row.length === 0) continue;
    // A relation without columns has "()" for its one tuple.
    use(row.length === 1 && row[0] === "()" ? [] : row);
    row = [];
  }
}

const DECODER = new TextDecoder();

/** The constants of a file by their bytes: a field that was met before costs no new string. */
class Fields {
  private readonly bytes: Uint8Array;
  private slots = new Int32Array(1024);
  private readonly begins: number[] = [];
  private readonly ends: number[] = [];
  private readonly constants: Constant[] = [];

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  constant(begin: number, end: number): Constant {
    const mask = this.slots.length - 1;
    let slot = this.hash(begin, end) & mask;
    for (; this.slots[slot] !== 0; slot = (slot + 1) & mask) {
      const known = (this.slots[slot] as number) - 1;
      if (this.isSame(known, begin, end)) return this.constants[known] as Constant;
    }
    const value = constant(DECODER.decode(this.bytes.subarray(begin, end)));
    this.begins.push(begin);
    this.ends.push(end);
    this.slots[slot] = this.constants.push(value);
    if (this.constants.length * 2 > this.slots.length) this.grow();
    return value;
  }

  private isSame(known: number, begin: number, end: number): boolean {
    const start = this.begins[known] as number;
    const length = end - begin;
    if ((this.ends[known] as number) - start !== length) return false;
    for (let i = 0; i < length; i++) if (this.bytes[start + i] !== this.bytes[begin + i]) return false;
    return true;
  }

  /** FNV-1a, its bits spread down for the mask. */
  private hash(begin: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let i = begin; i < end; i++) hash = Math.imul(hash ^ (this.bytes[i] as number), 0x01000193);
    return hash ^ (hash >>> 15);
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let i = 0; i < this.constants.length; i++) {
      let slot = this.hash(this.begins[i] as number, this.ends[i] as number) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = i + 1;
    }
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
  return /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/.test(text) ? Number(text) : text;
}
