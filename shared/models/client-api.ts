import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { apDocuments } from "./fediverse.ts";
import { users } from "./identity.ts";
import type { ClientAppId, ClientTokenId, MediaId, StatusId, UserId } from "./ids.ts";
import { media } from "./media.ts";

const userId = () => reference().$type<UserId>();
const appId = () =>
  reference()
    .$type<ClientAppId>()
    .notNull()
    .references(() => clientApps.id, { onDelete: "cascade" });
const member = () =>
  userId()
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

/**
 * An app that speaks Mastodon's client API. Whoever runs it registered it, without a member: its name says nothing about who that
 * is. secretHash: SHA-256, base64url. Addresses are compared as they stand.
 */
export const clientApps = pgTable(
  "client_apps",
  {
    id: identity().$type<ClientAppId>(),
    clientId: text().notNull().unique(),
    name: text().notNull(),
    website: text(),
    redirectUris: text().array().notNull(),
    scopes: text().array().notNull(),
    secretHash: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    check("client_apps_name_length", sql`length(${table.name}) between 1 and 60`),
    check("client_apps_redirect_uris", sql`cardinality(${table.redirectUris}) between 1 and 10`),
    index("client_apps_created").on(table.createdAt),
  ],
);

/** A code under way (RFC 6749 §4.1.2). A spent one stays until it expires, so that its second use ends what the first gave. */
export const clientCodes = pgTable(
  "client_codes",
  {
    codeHash: text().primaryKey(),
    appId: appId(),
    userId: member(),
    redirectUri: text().notNull(),
    scopes: text().array().notNull(),
    codeChallenge: text(),
    expiresAt: instant().notNull(),
    spentAt: instant(),
  },
  (table) => [
    index("client_codes_app").on(table.appId),
    index("client_codes_user").on(table.userId),
    index("client_codes_expires").on(table.expiresAt),
  ],
);

/** What an app shows. userId null: it speaks for itself. codeHash: the code that it came of. usedAt: to the day. */
export const clientTokens = pgTable(
  "client_tokens",
  {
    id: identity().$type<ClientTokenId>(),
    tokenHash: text().notNull().unique(),
    appId: appId(),
    userId: userId().references(() => users.id, { onDelete: "cascade" }),
    scopes: text().array().notNull(),
    codeHash: text(),
    createdAt: createdAt(),
    usedAt: createdAt(),
  },
  (table) => [
    index("client_tokens_app").on(table.appId),
    index("client_tokens_user").on(table.userId),
    index("client_tokens_code").on(table.codeHash).where(sql`${table.codeHash} is not null`),
  ],
);

/** A picture that a member brought by an app and may put into a post, with words for who can't see it. */
export const clientUploads = pgTable(
  "client_uploads",
  {
    userId: member(),
    mediaId: reference()
      .$type<MediaId>()
      .notNull()
      .references(() => media.id, { onDelete: "cascade" }),
    description: text().notNull().default(""),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.mediaId] }),
    index("client_uploads_media").on(table.mediaId),
    index("client_uploads_created").on(table.createdAt),
  ],
);

export const MARKED_TIMELINES = ["home", "notifications"] as const;

/** How far a member has read, as their apps tell each other. */
export const clientMarkers = pgTable(
  "client_markers",
  {
    userId: member(),
    timeline: text().$type<(typeof MARKED_TIMELINES)[number]>().notNull(),
    lastReadId: text().notNull(),
    version: integer().notNull().default(1),
    updatedAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.timeline] }),
    oneOf("client_markers_timeline", table.timeline, MARKED_TIMELINES),
    check("client_markers_id_length", sql`length(${table.lastReadId}) between 1 and 64`),
  ],
);

/** What a member's app said under which Idempotency-Key: the same key again is the same post. */
export const clientPosts = pgTable(
  "client_posts",
  {
    userId: member(),
    keyHash: text().notNull(),
    statusId: reference()
      .$type<StatusId>()
      .references(() => apDocuments.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.keyHash] }),
    index("client_posts_status").on(table.statusId),
    index("client_posts_created").on(table.createdAt),
  ],
);

/** Threads that a member hears nothing of any more, by the address of their first post. */
export const mutedThreads = pgTable("muted_threads", { userId: member(), thread: text().notNull(), createdAt: createdAt() }, (table) => [
  primaryKey({ columns: [table.userId, table.thread] }),
]);
