import { setImmediate as breathe } from "node:timers/promises";
import { TextDecoder } from "node:util";
import type { FoundRows, Span } from "./find-rows.ts";
import type { ExportRows } from "./piece-of-row.ts";

export type Row = Readonly<Record<string, unknown>>;

const MOST_ROW_BYTES = 4_000_000; // a text of ours has half of that at most, and what JSON says in little is much in memory
const ROWS_AT_ONCE = 1000;

/** Undefined: it is no JSON, or larger than a row is. */
export function readRow(bytes: Buffer, { start, end }: Span): Row | undefined {
  if (end - start > MOST_ROW_BYTES) return undefined;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(start, end)));
  } catch {
    return undefined;
  }
}

/** What is asked of the tables beside that of posts, and no more of it: of the pieces' own rows only where they lie. */
export async function indexRows(bytes: Buffer, tables: Extract<FoundRows, { kind: "found" }>["tables"]): Promise<ExportRows> {
  const metaAt = new Map<string, Span>();
  await eachRow(bytes, tables.posts_meta, (row, span) => metaAt.set(String(row["post_id"]), span));
  return {
    tags: await byId(bytes, tables.tags, ["id", "name", "slug"]),
    users: await byId(bytes, tables.users, ["id", "name", "email"]),
    tagsOf: await grouped(bytes, tables.posts_tags, "tag_id"),
    authorsOf: await grouped(bytes, tables.posts_authors, "author_id"),
    metaOf(post) {
      const span = metaAt.get(post);
      return (span && readRow(bytes, span)) ?? {};
    },
  };
}

async function eachRow(bytes: Buffer, spans: readonly Span[], take: (row: Row, span: Span) => void): Promise<void> {
  let [count, size] = [0, 0];
  for (const span of spans) {
    const row = readRow(bytes, span);
    if (row !== undefined) take(row, span);
    size += span.end - span.start;
    if (++count % ROWS_AT_ONCE !== 0 && size < MOST_ROW_BYTES) continue;
    size = 0;
    await breathe();
  }
}

async function byId(bytes: Buffer, spans: readonly Span[], columns: readonly string[]): Promise<Map<string, Row>> {
  const found = new Map<string, Row>();
  await eachRow(bytes, spans, (row) => {
    found.set(String(row["id"]), Object.fromEntries(columns.map((column) => [column, row[column]])));
  });
  return found;
}

/** Ids by the post that they belong to, in order. */
async function grouped(bytes: Buffer, spans: readonly Span[], column: string): Promise<Map<string, string[]>> {
  const pairs: { post: string; id: string; order: number }[] = [];
  await eachRow(bytes, spans, (row) => {
    pairs.push({ post: String(row["post_id"]), id: String(row[column]), order: Number(row["sort_order"] ?? 0) || 0 });
  });
  const groups = new Map<string, string[]>();
  for (const { post, id } of pairs.sort((a, b) => a.order - b.order)) {
    const group = groups.get(post);
    if (group === undefined) groups.set(post, [id]);
    else group.push(id);
  }
  return groups;
}
