import { type SQL, sql } from "drizzle-orm";

/** SQL: whether the column words of a row has what somebody typed in it, whatever its case; empty: always. */
export function containing(typed: string): SQL {
  return typed === "" ? sql`true` : sql`words ilike ${`%${typed.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}`;
}
