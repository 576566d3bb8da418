import { sql } from "drizzle-orm";
import { check, date, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";

/**
 * Pictures of other hosts that somebody looked at here: fetched once, written anew, and kept for as long as they are looked at. host:
 * where they lie. sha256: of the copy in the media store, a WebP; null: it can't be had, for the reason, until tryAfter.
 */
export const remotePictures = pgTable(
  "remote_pictures",
  {
    url: text().primaryKey(),
    host: text().notNull(),
    sha256: text(),
    reason: text().notNull().default(""),
    width: integer(),
    height: integer(),
    fetchedAt: createdAt(),
    tryAfter: instant(),
    /** The last day on which somebody looked at it. */
    seenOn: date().notNull().default(sql`current_date`),
  },
  (table) => [
    check("remote_pictures_kept", sql`(${table.sha256} is null) = (${table.tryAfter} is not null)`),
    check("remote_pictures_sha256_hex", sql`${table.sha256} ~ '^[0-9a-f]{64}$'`),
    index("remote_pictures_host").on(table.host),
    index("remote_pictures_sha256").on(table.sha256),
    index("remote_pictures_seen").on(table.seenOn),
  ],
);
