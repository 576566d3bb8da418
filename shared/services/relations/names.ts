import { type SQL, sql } from "drizzle-orm";
import type { IdKind, NamedValue, Value } from "../../contracts/relations.ts";
import type { Db } from "../../infrastructure/db.ts";
import { readId } from "../../infrastructure/relations/index.ts";

/** How constants are called. */
export type Names = (value: Value) => NamedValue;

/** Where the name of an id's row stands. */
const NAMED_BY: Record<IdKind, { table: string; name: string }> = {
  user: { table: "users", name: "name" },
  page: { table: "pages", name: "title" },
  post: { table: "posts", name: "title" },
  tag: { table: "tags", name: "name" },
  product: { table: "products", name: "name" },
  category: { table: "categories", name: "name" },
  order: { table: "orders", name: "'order ' || reference" },
  discount: { table: "discounts", name: "name" },
  entry: { table: "calendar_entries", name: "title" },
  calendar: { table: "calendars", name: "name" },
  "ticket-type": { table: "ticket_types", name: "name" },
  ticket: { table: "tickets", name: "'ticket ending in ' || right(code, 5)" },
  subscriber: { table: "subscribers", name: "email" },
  room: { table: "rooms", name: "name" },
  occurrence: {
    table: "occurrences",
    name: "(select title from calendar_entries where id = entry_id) || to_char(starts_at at time zone 'UTC', ' on YYYY-MM-DD')",
  },
  booking: { table: "bookings", name: "'booking ' || id" },
  closure: { table: "room_closures", name: "reason" },
};

/** Looks up all names at once; what has none is called as it is written. */
export async function namesOf(db: Db, values: readonly Value[]): Promise<Names> {
  const byKind = new Map<IdKind, Set<number>>();
  for (const value of values) {
    const found = readId(value);
    if (found) byKind.set(found.kind, (byKind.get(found.kind) ?? new Set()).add(found.id));
  }
  const parts = [...byKind].map(([kind, ids]): SQL => {
    const { table, name } = NAMED_BY[kind];
    return sql`select ${kind}::text || ':' || id as value, ${sql.raw(name)} as name from ${sql.identifier(table)} where id = any(${sql.param([...ids])}::bigint[])`;
  });
  const { rows } = parts.length > 0 ? await db.execute<{ value: string; name: string }>(sql.join(parts, sql` union all `)) : { rows: [] };
  const names = new Map<Value, string>(rows.map(({ value, name }) => [value, name]));
  return (value) => ({ value, name: names.get(value) ?? String(value).replace(/^app:([a-z]+)$/, "the $1 service") });
}
