import { sql } from "drizzle-orm";
import { type AnyPgColumn, boolean, check, index, integer, jsonb, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { calendars } from "./calendars.ts";
import { createdAt, identity, instant, isSlug, oneOf, reference, searchOf } from "./columns.ts";
import type { LexicalDocument } from "./document.ts";
import { calendarEntries } from "./events.ts";
import { users } from "./identity.ts";
import type { CalendarEntryId, CalendarId, MarketPlaceId, MediaId, PageId, PostId, ProductId, SeriesId, TagId, UserId } from "./ids.ts";
import { products } from "./market.ts";
import { media } from "./media.ts";
import { marketPlaces } from "./places.ts";

/** Posts that are read one after the other. */
export const series = pgTable(
  "series",
  { id: identity().$type<SeriesId>(), slug: text().notNull().unique(), title: text().notNull(), description: text().notNull().default("") },
  (table) => [isSlug("series_slug", table.slug)],
);

const pictureId = () =>
  reference()
    .$type<MediaId>()
    .references(() => media.id);

/**
 * What a post and a page have in common: a text in work. document is what the editor writes, null for a text that came as HTML;
 * html is made of it at each save and has passed the sanitiser; plaintext is the same without markup. version counts the saves:
 * who saves shows the one they began with. audience is the group that may read it, null for everybody. What lies in the bin
 * has deletedAt and is a draft. meta is for search engines, og and twitter for what shows a link to it: "" and null are what
 * the piece has anyway.
 */
const writing = () => ({
  title: text().notNull(),
  document: jsonb().$type<LexicalDocument>(),
  html: text().notNull(),
  version: integer().notNull().default(1),
  audience: text(),
  pictureId: pictureId(),
  pictureAlt: text().notNull().default(""),
  pictureCaption: text().notNull().default(""),
  metaTitle: text().notNull().default(""),
  metaDescription: text().notNull().default(""),
  ogTitle: text().notNull().default(""),
  ogDescription: text().notNull().default(""),
  ogPictureId: pictureId(),
  twitterTitle: text().notNull().default(""),
  twitterDescription: text().notNull().default(""),
  twitterPictureId: pictureId(),
  deletedAt: instant(),
  createdAt: createdAt(),
  updatedAt: createdAt(),
});

/**
 * An article. publishedAt of a scheduled one lies ahead; of a draft it is when it was public before. language is a BCP 47 tag;
 * translationOf is the post it was translated from. canonicalUrl is set where the text appeared elsewhere first.
 */
export const posts = pgTable(
  "posts",
  {
    id: identity().$type<PostId>(),
    slug: text().notNull().unique(),
    excerpt: text().notNull().default(""),
    plaintext: text().notNull(),
    status: text().$type<"draft" | "scheduled" | "published">().notNull().default("draft"),
    publishedAt: instant(),
    isFeatured: boolean().notNull().default(false),
    language: text().notNull().default("en"),
    translationOf: reference()
      .$type<PostId>()
      .references((): AnyPgColumn => posts.id, { onDelete: "set null" }),
    canonicalUrl: text(),
    seriesId: reference()
      .$type<SeriesId>()
      .references(() => series.id, { onDelete: "set null" }),
    seriesPosition: integer().notNull().default(0),
    ...writing(),
    search: searchOf({ A: "title", B: "excerpt", C: "plaintext" }),
  },
  (table) => [
    isSlug("posts_slug", table.slug),
    oneOf("posts_status", table.status, ["draft", "scheduled", "published"]),
    check("posts_shown_has_date", sql`${table.status} = 'draft' or ${table.publishedAt} is not null`),
    check("posts_binned_is_draft", sql`${table.deletedAt} is null or ${table.status} = 'draft'`),
    check("posts_language", sql`${table.language} ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'`),
    check("posts_canonical_url_safe", sql`${table.canonicalUrl} ~ '^https?://'`),
    check("posts_translation_of_another", sql`${table.translationOf} <> ${table.id}`),
    unique("posts_one_translation").on(table.translationOf, table.language),
    index("posts_newest").on(table.publishedAt.desc().nullsFirst(), table.id.desc().nullsFirst()).where(sql`${table.status} = 'published'`),
    index("posts_due").on(table.publishedAt).where(sql`${table.status} = 'scheduled'`),
    index("posts_search").using("gin", table.search),
    index("posts_title_trigrams").using("gin", table.title.op("gin_trgm_ops")),
    index("posts_series").on(table.seriesId, table.seriesPosition),
    index("posts_picture").on(table.pictureId),
    index("posts_og_picture").on(table.ogPictureId),
    index("posts_twitter_picture").on(table.twitterPictureId),
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

/** A word to find posts by. An internal one is for editors alone; heading gathers tags in lists, empty for none. */
export const tags = pgTable(
  "tags",
  {
    id: identity().$type<TagId>(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    description: text().notNull().default(""),
    isInternal: boolean().notNull().default(false),
    heading: text().notNull().default(""),
  },
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
    summary: text().notNull().default(""),
    status: text().$type<"draft" | "published">().notNull().default("published"),
    position: integer().notNull(),
    ...writing(),
    search: searchOf({ A: "title", B: "summary", C: "html" }),
  },
  (table) => [
    oneOf("pages_status", table.status, ["draft", "published"]),
    check("pages_binned_is_draft", sql`${table.deletedAt} is null or ${table.status} = 'draft'`),
    index("pages_picture").on(table.pictureId),
    index("pages_og_picture").on(table.ogPictureId),
    index("pages_twitter_picture").on(table.twitterPictureId),
    index("pages_search").using("gin", table.search),
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

/** Which page shows which calendar, market place or entry with its tickets, in the editor's order. */
export const containments = pgTable(
  "containments",
  {
    id: identity(),
    pageId: reference()
      .$type<PageId>()
      .notNull()
      .references(() => pages.id, { onDelete: "cascade" }),
    calendarId: reference()
      .$type<CalendarId>()
      .references(() => calendars.id, { onDelete: "cascade" }),
    marketPlaceId: reference()
      .$type<MarketPlaceId>()
      .references(() => marketPlaces.id, { onDelete: "cascade" }),
    entryId: reference()
      .$type<CalendarEntryId>()
      .references(() => calendarEntries.id, { onDelete: "cascade" }),
    position: integer().notNull(),
  },
  (table) => [
    check("containments_one_thing", sql`num_nonnulls(${table.calendarId}, ${table.marketPlaceId}, ${table.entryId}) = 1`),
    unique("containments_once").on(table.pageId, table.calendarId),
    unique("containments_once_a_place").on(table.pageId, table.marketPlaceId),
    unique("containments_once_an_entry").on(table.pageId, table.entryId),
    index("containments_calendar").on(table.calendarId),
    index("containments_market_place").on(table.marketPlaceId),
    index("containments_entry").on(table.entryId),
  ],
);
