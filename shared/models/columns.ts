import { sql } from "drizzle-orm";
import { type AnyPgColumn, bigint, check, customType, timestamp } from "drizzle-orm/pg-core";

/** The key of a table: bigint, made by the database. Name its kind with $type<…Id>(). */
export const identity = () => bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity();

/** A number that the database counts up, for a table with another key. Whoever needs it before the row is there draws it from the sequence. */
export const serial = () => bigint({ mode: "number" }).notNull().generatedByDefaultAsIdentity();

/** A column that holds another table's bigint key. */
export const reference = () => bigint({ mode: "number" });

/** An instant, with zone. */
export const instant = () => timestamp({ withTimezone: true });

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

const json = customType<{ data: unknown }>({ dataType: () => "jsonb", toDriver: (value) => JSON.stringify(value) });

/**
 * One value of JSON, whatever it is. drizzle's own jsonb reads a text anew as JSON after the driver has done so, and makes numbers
 * of texts like "96385074"; it is for objects and lists. A null is written as SQL's.
 */
export const anyValue = () => json();

/** Words to find a row by, which the database makes of other columns, by their weight. The parser drops the tags of HTML. */
export function searchOf(weights: { readonly [weight in "A" | "B" | "C"]?: string }) {
  const parts = Object.entries(weights).map(([weight, text]) => `setweight(to_tsvector('public.plain_english', ${text}), '${weight}')`);
  return tsvector()
    .notNull()
    .generatedAlwaysAs(sql.raw(parts.join(" || ")));
}

/** When the row was made. */
export const createdAt = () => instant().notNull().defaultNow();

/** Refuses any text that is not one of `values`. */
export function oneOf(name: string, column: AnyPgColumn, values: readonly string[]) {
  return check(name, sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(", "))})`);
}

/** Refuses what could not stand in a URL path as one segment. */
export function isSlug(name: string, column: AnyPgColumn) {
  return check(name, sql`${column} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`);
}

/** Bytes as they came. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
