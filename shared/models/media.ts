import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
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
    contentType: text().$type<keyof typeof MEDIA_TYPES>().notNull(),
    width: integer(),
    height: integer(),
    byteLength: integer().notNull(),
    name: text().notNull().default(""),
    alt: text().notNull().default(""),
    focalX: integer().notNull().default(50),
    focalY: integer().notNull().default(50),
    /** Of the library, where those who edit find it; false: somebody brought it for a post of their own, which may be for few. */
    isListed: boolean().notNull().default(true),
    createdAt: createdAt(),
  },
  (table) => [
    check("media_sha256_hex", sql`${table.sha256} ~ '^[0-9a-f]{64}$'`),
    check("media_size_positive", sql`${table.width} > 0 and ${table.height} > 0 and ${table.byteLength} > 0`),
    check("media_both_sides", sql`num_nonnulls(${table.width}, ${table.height}) <> 1`),
    check("media_focal_inside", sql`${table.focalX} between 0 and 100 and ${table.focalY} between 0 and 100`),
  ],
);

/** What is taken into the store, by content type: how it is used, and how the names of such files end. */
export const MEDIA_TYPES = {
  "image/jpeg": { kind: "picture", extension: "jpg" },
  "image/png": { kind: "picture", extension: "png" },
  "image/webp": { kind: "picture", extension: "webp" },
  "image/avif": { kind: "picture", extension: "avif" },
  "image/gif": { kind: "picture", extension: "gif" },
  "image/svg+xml": { kind: "picture", extension: "svg" }, // drawings of our own: nobody can bring one
  "application/pdf": { kind: "document", extension: "pdf" },
  "audio/mpeg": { kind: "audio", extension: "mp3" },
  "audio/ogg": { kind: "audio", extension: "ogg" },
  "audio/mp4": { kind: "audio", extension: "m4a" },
  "video/mp4": { kind: "video", extension: "mp4" },
  "video/webm": { kind: "video", extension: "webm" },
} as const;

export type MediaKind = (typeof MEDIA_TYPES)[keyof typeof MEDIA_TYPES]["kind"];
export type VariantType = "image/avif" | "image/webp" | "image/jpeg";

/** The path at which every host serves a stored file. */
export function mediaPath({ sha256, contentType }: { sha256: string; contentType: keyof typeof MEDIA_TYPES }): string {
  return `/media/${sha256.slice(0, 2)}/${sha256}.${MEDIA_TYPES[contentType].extension}`;
}

/** A picture in another size and format, made when it was uploaded. */
export const mediaVariants = pgTable(
  "media_variants",
  {
    mediaId: reference()
      .$type<MediaId>()
      .notNull()
      .references(() => media.id, { onDelete: "cascade" }),
    contentType: text().$type<VariantType>().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    sha256: text().notNull(),
    byteLength: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.mediaId, table.contentType, table.width] }),
    index("media_variants_sha256").on(table.sha256), // texts name pictures by the address of any of their sizes
  ],
);
