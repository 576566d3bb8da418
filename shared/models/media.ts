import { sql } from "drizzle-orm";
import { check, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, identity, reference } from "./columns.ts";
import type { MediaId } from "./ids.ts";

/**
 * A stored file. Its bytes lie in the media store under `sha256`. A picture has width and height in pixels, and a focal point in
 * percent of them; `alt` is the text used where nobody wrote a better one.
 */
export const media = pgTable(
  "media",
  {
    id: identity().$type<MediaId>(),
    sha256: text().notNull().unique(),
    contentType: text().notNull(),
    width: integer(),
    height: integer(),
    byteLength: integer().notNull(),
    name: text().notNull().default(""),
    alt: text().notNull().default(""),
    focalX: integer().notNull().default(50),
    focalY: integer().notNull().default(50),
    createdAt: createdAt(),
  },
  (table) => [
    check("media_sha256_hex", sql`${table.sha256} ~ '^[0-9a-f]{64}$'`),
    check("media_size_positive", sql`${table.width} > 0 and ${table.height} > 0 and ${table.byteLength} > 0`),
    check("media_both_sides", sql`num_nonnulls(${table.width}, ${table.height}) <> 1`),
    check("media_focal_inside", sql`${table.focalX} between 0 and 100 and ${table.focalY} between 0 and 100`),
  ],
);

/** A picture in another size and format, made when it was uploaded. */
export const mediaVariants = pgTable(
  "media_variants",
  {
    mediaId: reference()
      .$type<MediaId>()
      .notNull()
      .references(() => media.id, { onDelete: "cascade" }),
    contentType: text().$type<"image/avif" | "image/webp" | "image/jpeg">().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    sha256: text().notNull(),
    byteLength: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.mediaId, table.contentType, table.width] })],
);
