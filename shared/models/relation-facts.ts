import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, identity, instant } from "./columns.ts";

/**
 * A tuple that somebody asserted. relation: "<service>.<name>". assertedBy: "user:<id>" or "app:<name>".
 * The same tuple may stand once for each who asserted it. expiresAt: from then on it counts no longer.
 */
export const relationFacts = pgTable(
  "relation_facts",
  {
    id: identity(),
    relation: text().notNull(),
    arguments: jsonb().$type<(string | number)[]>().notNull(),
    assertedBy: text().notNull(),
    reason: text().notNull().default(""),
    createdAt: createdAt(),
    expiresAt: instant(),
  },
  (table) => [
    unique("relation_facts_once_each").on(table.relation, table.arguments, table.assertedBy),
    index("relation_facts_first").on(table.relation, sql`(${table.arguments} -> 0)`),
    index("relation_facts_second").on(table.relation, sql`(${table.arguments} -> 1)`),
  ],
);
