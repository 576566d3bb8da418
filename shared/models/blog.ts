import { sql } from "drizzle-orm";
import { type AnyPgColumn, check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, identity, instant, isSlug, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { MediaId, PageId, PostId, ProductId, TagId, UserId } from "./ids.ts";
import { products } from "./market.ts";
import { media } from "./media.ts";

/** An article. html has passed the sanitiser; plaintext is the same without markup. */
export const posts = pgTable(
  "posts",
  {
    id: identity().$type<PostId>(),
    slug: text().notNull().unique(),
    title: text().notNull(),
    excerpt: text().notNull().default(""),
    html: text().notNull(),
    plaintext: text().notNull(),
    status: text().$type<"draft" | "published">().notNull().default("draft"),
    pictureId: reference()
      .$type<MediaId>()
      .references(() => media.id),
    pictureAlt: text().notNull().default(""),
    publishedAt: instant(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (table) => [
    isSlug("posts_slug", table.slug),
    oneOf("posts_status", table.status, ["draft", "published"]),
    check("posts_published_has_date", sql`(${table.status} = 'published') = (${table.publishedAt} is not null)`),
    index("posts_newest").on(table.publishedAt.desc().nullsFirst(), table.id.desc().nullsFirst()).where(sql`${table.status} = 'published'`),
    index("posts_picture").on(table.pictureId),
  ],
);

/** Who wrote a post, in the order they are named. */
export const postAuthors = pgTable(
  "post_authors",
  {
    postId: reference()
      .$type<PostId>()
      .notNull()
      .references(() => posts.id, { onDelete: "cascade" }),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.postId, table.userId] }), index("post_authors_user").on(table.userId)],
);

/** A word to find posts by. */
export const tags = pgTable(
  "tags",
  { id: identity().$type<TagId>(), slug: text().notNull().unique(), name: text().notNull(), description: text().notNull().default("") },
  (table) => [isSlug("tags_slug", table.slug)],
);

/** Which post carries which tag, in the author's order. */
export const postTags = pgTable(
  "post_tags",
  {
    postId: reference()
      .$type<PostId>()
      .notNull()
      .references(() => posts.id, { onDelete: "cascade" }),
    tagId: reference()
      .$type<TagId>()
      .notNull()
      .references(() => tags.id, { onDelete: "cascade" }),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.postId, table.tagId] }), index("post_tags_tag").on(table.tagId)],
);

/** Products that a post shows as cards under its text. */
export const postProducts = pgTable(
  "post_products",
  {
    postId: reference()
      .$type<PostId>()
      .notNull()
      .references(() => posts.id, { onDelete: "cascade" }),
    productId: reference()
      .$type<ProductId>()
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.postId, table.productId] }), index("post_products_product").on(table.productId)],
);

/** A standing page in the tree. path is the whole path from the root ("about/history"), kept by whoever moves pages. */
export const pages = pgTable(
  "pages",
  {
    id: identity().$type<PageId>(),
    parentId: reference()
      .$type<PageId>()
      .references((): AnyPgColumn => pages.id),
    path: text().notNull().unique(),
    title: text().notNull(),
    summary: text().notNull().default(""),
    html: text().notNull(),
    position: integer().notNull(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (table) => [
    check("pages_path", sql`${table.path} ~ '^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$'`),
    index("pages_parent").on(table.parentId, table.position),
  ],
);

/** A link of a menu: to a page of ours, or to any address. */
export const menuItems = pgTable(
  "menu_items",
  {
    id: identity(),
    menu: text().$type<"primary" | "footer">().notNull(),
    label: text().notNull(),
    pageId: reference()
      .$type<PageId>()
      .references(() => pages.id, { onDelete: "cascade" }),
    url: text(),
    position: integer().notNull(),
  },
  (table) => [
    oneOf("menu_items_menu", table.menu, ["primary", "footer"]),
    check("menu_items_one_target", sql`num_nonnulls(${table.pageId}, ${table.url}) = 1`),
    check("menu_items_url_safe", sql`${table.url} ~ '^(https?://|/([^/]|$))'`),
    index("menu_items_order").on(table.menu, table.position),
    index("menu_items_page").on(table.pageId),
  ],
);
