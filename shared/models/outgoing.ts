import { sql } from "drizzle-orm";
import { check, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/**
 * Whether anything goes out: one row. cluster names the PostgreSQL that the site last served from, as the function
 * outgoing_paused_at() found it; that function, which everything outgoing asks, pauses when it finds itself in another.
 * reason: an admin's, who paused by hand; null when the database was found to be another.
 */
export const outgoingState = pgTable(
  "outgoing_state",
  {
    id: smallint().primaryKey().default(1),
    cluster: text().notNull(),
    pausedAt: instant(),
    reason: text(),
  },
  (table) => [
    check("outgoing_state_one", sql`${table.id} = 1`),
    check("outgoing_state_reason", sql`${table.reason} is null or ${table.pausedAt} is not null`),
  ],
);
