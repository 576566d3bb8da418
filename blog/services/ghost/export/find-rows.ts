import { setImmediate as breathe } from "node:timers/promises";

/** Where something lies in the bytes of a file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the rows of an export's tables lie, by the names of the tables, and what it says of itself. broken: its brackets don't close,
 * or are deeper than those of an export ever are. too-many: it has more than MOST_ROWS.
 */
export type FoundRows =
  | { readonly kind: "found"; readonly tables: Readonly<Record<Table, readonly Span[]>>; readonly meta: Span | null }
  | { readonly kind: "broken" }
  | { readonly kind: "too-many" };

/** The tables that are read of an export. It has sixty others. */
const TABLES = ["posts", "posts_meta", "tags", "posts_tags", "users", "posts_authors"] as const;
export type Table = (typeof TABLES)[number];

/** As many rows as are taken of all tables together. */
export const MOST_ROWS = 200_000;

interface Open {
  readonly isObject: boolean;
  readonly start: number;
  /** Under which name it stands in the one around it; "" in a list. */
  readonly name: string;
  /** The name that the next value has. */
  key: string;
}

const DEEPEST = 100;
const STEPS_AT_ONCE = 100_000; // a few milliseconds
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OBJECT, OBJECT_END, LIST, LIST_END] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Finds the rows in an export without making values of it: a file of fifty megabytes would come to ten times that in memory. What
 * is kept is where each row of the tables above lies; others are passed over, and others are served meanwhile. An export is
 * { db: [{ meta, data: { table: [row, …] } }] } or, an old one, { meta, data }. That each row is JSON is for whoever reads it.
 */
export async function findRows(bytes: Buffer): Promise<FoundRows> {
  const rows = new Rows();
  const open: Open[] = [];
  let expectsKey = false;
  let steps = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (++steps % STEPS_AT_ONCE === 0) await breathe();
    const byte = bytes[at];
    const top = open.at(-1);
    if (byte === QUOTE) {
      const end = endOfText(bytes, at);
      if (end === -1) return { kind: "broken" };
      if (top !== undefined && expectsKey) top.key = bytes.toString("utf8", at + 1, Math.min(end, at + 100));
      at = end;
    } else if (byte === OBJECT || byte === LIST) {
      if (open.length >= DEEPEST) return { kind: "broken" };
      open.push({ isObject: byte === OBJECT, start: at, name: top?.isObject ? top.key : "", key: "" });
      expectsKey = byte === OBJECT;
    } else if (byte === OBJECT_END || byte === LIST_END) {
      if (top === undefined || top.isObject !== (byte === OBJECT_END)) return { kind: "broken" };
      rows.note(open, at + 1);
      if (rows.count > MOST_ROWS) return { kind: "too-many" };
      open.pop();
      expectsKey = false;
    } else if (byte === COMMA) expectsKey = top?.isObject ?? false;
    else if (byte === COLON) expectsKey = false;
  }
  return open.length === 0 && bytes.length > 0 ? rows.found() : { kind: "broken" };
}

/** What was met so far. */
class Rows {
  count = 0;
  readonly #tables: Record<Table, Span[]> = { posts: [], posts_meta: [], tags: [], posts_tags: [], users: [], posts_authors: [] };
  #meta: Span | null = null;

  /** Keeps the innermost, which ends here, if it is a row that is read, or what the export says of itself. */
  note(open: readonly Open[], end: number): void {
    const start = open.at(-1)?.start ?? 0;
    const table = tableOf(open);
    if (table !== null) {
      this.#tables[table].push({ start, end });
      this.count++;
    } else if (isNamed(open, open.length - 1, "meta")) this.#meta ??= { start, end };
  }

  found(): FoundRows {
    return { kind: "found", tables: this.#tables, meta: this.#meta };
  }
}

/** The table whose row the innermost is; null: it is none, or one of a table that nobody reads. */
function tableOf(open: readonly Open[]): Table | null {
  const list = open.at(-2);
  if (list === undefined || list.isObject || !open.at(-1)?.isObject || !isNamed(open, open.length - 3, "data")) return null;
  return TABLES.find((table) => table === list.name) ?? null;
}

/** Whether what is open at this depth is an object at the root, or in the list db at the root, under this name. */
function isNamed(open: readonly Open[], depth: number, name: string): boolean {
  const one = open[depth];
  if (one?.name !== name || !one.isObject) return false;
  return depth === 1 || (depth === 3 && open[1]?.name === "db");
}

/** Where the text that begins here ends; -1: nowhere. */
function endOfText(bytes: Buffer, start: number): number {
  for (let end = bytes.indexOf(QUOTE, start + 1); end !== -1; end = bytes.indexOf(QUOTE, end + 1)) {
    let slashes = 0;
    while (bytes[end - 1 - slashes] === BACKSLASH && end - 1 - slashes > start) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return -1;
}
