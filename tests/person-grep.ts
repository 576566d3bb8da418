import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { TestApp } from "./app.ts";

/** Where somebody still stands: "schema.table.column", with what was found there. */
export type Trace = { readonly where: string; readonly found: string };

/** Words by which somebody is known, and the hashes of their address that anybody could make. */
export function wordsFor({ handle, name, email }: { handle: string; name: string; email: string }): string[] {
  const hashes = ["sha256", "sha1", "md5"].flatMap((kind) =>
    (["hex", "base64", "base64url"] as const).map((form) => createHash(kind).update(email).digest(form)),
  );
  return [handle, name, email, ...hashes];
}

/** Looks through every column of every table of every schema, whatever its type, bytes included, and through the media store. */
export async function findTraces({ db, app }: TestApp, words: readonly string[]): Promise<Trace[]> {
  const { rows: columns } = await db.execute<{ schema: string; table: string; column: string; type: string }>(sql`
    select n.nspname as schema, c.relname as table, a.attname as column, format_type(a.atttypid, null) as type
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
      and format_type(a.atttypid, null) !~ '^(bigint|integer|smallint|boolean|timestamp|date|uuid|xid8|double)'
    order by 1, 2, 3`);
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const traces: Trace[] = [];
  for (const [place, some] of Map.groupBy(columns, ({ schema, table }) => `${schema}.${table}`)) {
    const [{ schema, table }] = some as [(typeof some)[number]];
    const parts = some.map(({ column, type }): SQL => {
      const text = type === "bytea" ? sql`encode(${sql.identifier(column)}, 'escape')` : sql`${sql.identifier(column)}::text`;
      return sql`select ${column}::text as column, left(${text}, 200) as found from ${sql.identifier(schema)}.${sql.identifier(table)} where ${text} ~* ${pattern}`;
    });
    const { rows } = await db.execute<{ column: string; found: string }>(sql.join(parts, sql` union all `));
    traces.push(...rows.map(({ column, found }) => ({ where: `${place}.${column}`, found })));
  }
  for await (const { name } of app.runtime.media.list()) {
    const opened = await app.runtime.media.open(name);
    const text = opened === null ? "" : Buffer.concat(await opened.bytes.toArray()).toString("latin1");
    if (new RegExp(pattern, "i").test(text)) traces.push({ where: `media/${name}`, found: text.slice(0, 100) });
  }
  return traces;
}

/** Where the number of a member stands in columns that refer to members. */
export async function findNumber({ db }: TestApp, userId: number): Promise<string[]> {
  const { rows: columns } = await db.execute<{ table: string; column: string }>(sql`
    select conrelid::regclass::text as table, attname as column from pg_constraint
    join pg_attribute on attrelid = conrelid and attnum = conkey[1] where contype = 'f' and confrelid = 'users'::regclass order by 1, 2`);
  const found: string[] = [];
  for (const { table, column } of columns) {
    const { rows } = await db.execute(sql`select from ${sql.identifier(table)} where ${sql.identifier(column)} = ${userId} limit 1`);
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  const { rows } = await db.execute(sql`select from relation_facts where arguments @> ${JSON.stringify([`user:${userId}`])}::jsonb`);
  return rows.length > 0 ? [...found, "relation_facts.arguments"] : found;
}
