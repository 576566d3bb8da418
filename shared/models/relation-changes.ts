import { sql } from "drizzle-orm";
import { customType, index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, identity } from "./columns.ts";

/** A transaction's number, without wrap-around. */
const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });

/**
 * Where facts may have changed, written by triggers in the transaction of the change. source: the table; key: which of its rows
 * ("*": every one); whoever reads it reads those rows again. xid tells by a snapshot whether a reader has seen the change: ids
 * can't, since they commit out of order.
 */
export const relationChanges = pgTable(
  "relation_changes",
  {
    id: identity(),
    xid: xid8().notNull().default(sql`pg_current_xact_id()`),
    source: text().notNull(),
    key: text().notNull(),
    notedAt: createdAt(),
  },
  (table) => [index("relation_changes_xid").on(table.xid), index("relation_changes_age").on(table.notedAt)],
);
