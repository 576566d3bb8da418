import { boolean, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, identity, oneOf } from "./columns.ts";
import type { ThreadId } from "./ids.ts";

/** What can be commented on, by its type in the outbox. */
export const COMMENTED_TYPES = ["Post", "Product", "CalendarEntry"] as const;
export type CommentedType = (typeof COMMENTED_TYPES)[number];

/**
 * What people say about one thing of ours, here and elsewhere; made with the first comment, or when it is closed. shownCount: how
 * many everybody sees, kept by whatever changes that.
 */
export const commentThreads = pgTable(
  "comment_threads",
  {
    id: identity().$type<ThreadId>(),
    sourceType: text().$type<CommentedType>().notNull(),
    sourceId: text().notNull(),
    isClosed: boolean().notNull().default(false),
    shownCount: integer().notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [
    oneOf("comment_threads_type", table.sourceType, COMMENTED_TYPES),
    unique("comment_threads_source").on(table.sourceType, table.sourceId),
  ],
);
