import { sql } from "drizzle-orm";
import { check, integer, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, identity } from "./columns.ts";
import type { MediaId } from "./ids.ts";

/** A stored picture. Its bytes lie in the media store under `sha256`; `alt` is the text used where nobody wrote a better one. */
export const media = pgTable(
  "media",
  {
    id: identity().$type<MediaId>(),
    sha256: text().notNull().unique(),
    contentType: text().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    byteLength: integer().notNull(),
    alt: text().notNull().default(""),
    createdAt: createdAt(),
  },
  (table) => [
    check("media_sha256_hex", sql`${table.sha256} ~ '^[0-9a-f]{64}$'`),
    check("media_size_positive", sql`${table.width} > 0 and ${table.height} > 0 and ${table.byteLength} > 0`),
  ],
);
