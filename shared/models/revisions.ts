import { sql } from "drizzle-orm";
import { type AnyPgColumn, check, index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { pages, posts, tags } from "./blog.ts";
import { createdAt, identity, instant, reference } from "./columns.ts";
import type { LexicalDocument } from "./document.ts";
import { users } from "./identity.ts";
import type { PageId, PostId, RevisionId, TagId, UserId } from "./ids.ts";

/** The post or the page that a row belongs to: one of them. */
const piece = () => ({
  postId: reference()
    .$type<PostId>()
    .references(() => posts.id, { onDelete: "cascade" }),
  pageId: reference()
    .$type<PageId>()
    .references(() => pages.id, { onDelete: "cascade" }),
});
const isOne = (name: string, { postId, pageId }: { postId: AnyPgColumn; pageId: AnyPgColumn }) =>
  check(name, sql`num_nonnulls(${postId}, ${pageId}) = 1`);

/** A plain value of a piece's settings, or a list of ids. */
export type SettingValue = string | number | boolean | null | readonly (string | number)[];

/**
 * A text as it was after one save. savedBy null: a program, such as an import. settings: everything else that a save sets,
 * by the names of the columns; things are named by their ids. Empty: kept before settings were.
 */
export const revisions = pgTable(
  "revisions",
  {
    id: identity().$type<RevisionId>(),
    ...piece(),
    version: integer().notNull(),
    title: text().notNull(),
    excerpt: text().notNull(),
    document: jsonb().$type<LexicalDocument>(),
    html: text().notNull(),
    settings: jsonb().$type<Readonly<Record<string, SettingValue>>>().notNull().default({}),
    savedBy: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    savedAt: createdAt(),
    /** When the run of saves began that the editor makes by itself, and of which the latest alone is kept. Null: this one stays. */
    runBeganAt: instant(),
  },
  (table) => [
    isOne("revisions_of_one", table),
    unique("revisions_post_version").on(table.postId, table.version),
    unique("revisions_page_version").on(table.pageId, table.version),
    index("revisions_saved_by").on(table.savedBy),
  ],
);

/** Who has the secret reads the text before it is public, until it expires. */
export const previewLinks = pgTable(
  "preview_links",
  {
    tokenHash: text().primaryKey(),
    ...piece(),
    createdBy: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    expiresAt: instant().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    isOne("preview_links_of_one", table),
    index("preview_links_post").on(table.postId),
    index("preview_links_page").on(table.pageId),
    index("preview_links_created_by").on(table.createdBy),
  ],
);

/** An address that a post, a page or a tag had: "/posts/rye". It leads to the present one for ever. */
export const redirects = pgTable(
  "redirects",
  {
    fromPath: text().primaryKey(),
    ...piece(),
    tagId: reference()
      .$type<TagId>()
      .references(() => tags.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [
    check("redirects_to_one", sql`num_nonnulls(${table.postId}, ${table.pageId}, ${table.tagId}) = 1`),
    check("redirects_from_path", sql`${table.fromPath} ~ '^/[a-z0-9/-]+$'`),
    index("redirects_post").on(table.postId),
    index("redirects_page").on(table.pageId),
    index("redirects_tag").on(table.tagId),
  ],
);
