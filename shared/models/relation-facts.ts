import { jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, identity, instant } from "./columns.ts";

/** A tuple that somebody asserted. assertedBy: "user:<id>" or "app:<name>". The same tuple may stand once for each who asserted it. */
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
  (table) => [unique("relation_facts_once_each").on(table.relation, table.arguments, table.assertedBy)],
);
