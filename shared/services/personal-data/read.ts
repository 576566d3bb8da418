import { sql } from "drizzle-orm";
import type { Db } from "../../infrastructure/db.ts";
import type { Holding, Person } from "./holding.ts";

const ROWS_AT_ONCE = 2000;

/** The rows of a kind as their export shows them, by their keys' order, some at a time. offset: how many were read before. */
export async function readRows(db: Db, who: Person, holding: Holding, offset: number): Promise<readonly Record<string, unknown>[]> {
  const { table, whose, shows } = holding;
  if (shows === undefined) return [];
  const columns = sql.join(
    shows.map((column) => sql.identifier(column)),
    sql`, `,
  );
  const { rows } = await db.execute(
    sql`select ${columns} from ${sql.identifier(table)} where ${whose(who)} order by ${await orderOf(db, table)} limit ${ROWS_AT_ONCE} offset ${offset}`,
  );
  return rows;
}

const orders = new Map<string, string>();

/** The columns of the table's primary key. */
async function orderOf(db: Db, table: string) {
  const kept = orders.get(table);
  if (kept !== undefined) return sql.raw(kept);
  const { rows } = await db.execute<{ name: string }>(sql`
    select quote_ident(attname) as name from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
    where indrelid = ${table}::regclass and indisprimary order by array_position(indkey::int2[], attnum)`);
  const order = rows.length === 0 ? "ctid" : rows.map(({ name }) => name).join(", ");
  orders.set(table, order);
  return sql.raw(order);
}
