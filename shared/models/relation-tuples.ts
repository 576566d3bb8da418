import { jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

/** Tuples of exported relations, asserted and derived, for SQL and for other services; kept by one replica of the owning service. */
export const relationTuples = pgTable(
  "relation_tuples",
  { relation: text().notNull(), arguments: jsonb().$type<(string | number)[]>().notNull() },
  (table) => [primaryKey({ columns: [table.relation, table.arguments] })],
);
