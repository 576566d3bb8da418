import { type SQL, sql } from "drizzle-orm";
import { ID_KINDS, type IdKind, type Value } from "../../contracts/relations.ts";
import type { Db } from "../../infrastructure/db.ts";
import { readId } from "../../infrastructure/relations/index.ts";

/** What a kind's rows are called in addresses. */
const FOUND_BY: Partial<Record<IdKind, { table: string; column: string }>> = {
  user: { table: "users", column: "handle" },
  page: { table: "pages", column: "path" },
  post: { table: "posts", column: "slug" },
  tag: { table: "tags", column: "slug" },
  product: { table: "products", column: "slug" },
  category: { table: "categories", column: "slug" },
  order: { table: "orders", column: "reference" },
  entry: { table: "calendar_entries", column: "slug" },
  calendar: { table: "calendars", column: "slug" },
  ticket: { table: "tickets", column: "code" },
  room: { table: "rooms", column: "slug" },
};

/** Constants from what people type; null for what is empty, and for "user:nobody", which nothing is called. */
export async function readValues(db: Db, typed: readonly string[]): Promise<(Value | null)[]> {
  const named = typed.map(nameIn);
  const parts = named.flatMap((name): SQL[] => {
    const place = name && FOUND_BY[name.kind];
    if (!name || !place) return [];
    const column = sql.identifier(place.column);
    return [
      sql`select ${`${name.kind}:${name.name}`}::text as typed, ${name.kind}::text || ':' || id as value from ${sql.identifier(place.table)} where ${column} = ${name.name}`,
    ];
  });
  const { rows } = parts.length > 0 ? await db.execute<{ typed: string; value: string }>(sql.join(parts, sql` union all `)) : { rows: [] };
  const values = new Map(rows.map((row) => [row.typed, row.value]));
  return typed.map((text, place) => {
    if (text === "") return null;
    return named[place] ? (values.get(text) ?? null) : text;
  });
}

/** The kind and name of "user:ada"; null for ids and for text. */
function nameIn(text: string): { kind: IdKind; name: string } | null {
  if (readId(text)) return null;
  const at = text.indexOf(":");
  const kind = ID_KINDS.find((one) => one === text.slice(0, at));
  return kind === undefined ? null : { kind, name: text.slice(at + 1) };
}
