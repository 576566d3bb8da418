import { sql } from "drizzle-orm";
import { check, index, pgTable, text } from "drizzle-orm/pg-core";
import { orders } from "./cart.ts";
import { createdAt, identity, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { OrderId, OrderNoteId, UserId } from "./ids.ts";

/** The most letters that a note has. */
export const MAX_NOTE_LETTERS = 1000;

/** What staff write down about an order, for each other. It is added to, and never changed. */
export const orderNotes = pgTable(
  "order_notes",
  {
    id: identity().$type<OrderNoteId>(),
    orderId: reference()
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id, { onDelete: "cascade" }),
    authorId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    words: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    check("order_notes_words", sql`length(${table.words}) between 1 and ${sql.raw(String(MAX_NOTE_LETTERS))}`),
    index("order_notes_order").on(table.orderId, table.id),
    index("order_notes_author").on(table.authorId),
  ],
);
