import { boolean, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { UserId } from "./ids.ts";

/**
 * What members may be told of, and can choose about. Before "comments" they are of the fediverse; the last three come by mail alone.
 * "entries": what a member offers in a calendar; "approvals": what waits for who looks after a calendar or a room; "duties": what
 * waits for stewards.
 */
export const NOTICE_KINDS = [
  ...(["mention", "follow", "follow-request", "like", "boost", "poll", "post", "move"] as const),
  ...(["comments", "entries", "bookings", "approvals", "duties"] as const),
  ...(["invitations", "prices", "stock"] as const),
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Whether a member gets mails of a kind, where they chose otherwise than is usual for it. */
export const noticeMails = pgTable(
  "notice_mails",
  {
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text().$type<NoticeKind>().notNull(),
    isWanted: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.kind] }), oneOf("notice_mails_kind", table.kind, NOTICE_KINDS)],
);
