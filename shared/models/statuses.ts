import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, identity, instant, reference } from "./columns.ts";
import { apDocuments } from "./fediverse.ts";
import { users } from "./identity.ts";
import type { MediaId, StatusId, UserId } from "./ids.ts";
import { media } from "./media.ts";

/** Statuses are the rows of ap_documents that people write: here is what hangs on them. All of it goes with the row. */
const statusId = () =>
  reference()
    .$type<StatusId>()
    .notNull()
    .references(() => apDocuments.id, { onDelete: "cascade" });

const userId = () =>
  reference()
    .$type<UserId>()
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

/** Whom a status names or is addressed to by name, by the actor's address: they may see it, whoever else may. */
export const apMentions = pgTable("ap_mentions", { statusId: statusId(), actor: text().notNull() }, (table) => [
  primaryKey({ columns: [table.statusId, table.actor] }),
  index("ap_mentions_actor").on(table.actor, table.statusId.desc().nullsFirst()),
]);

/** tag: without "#", in small letters. publishedAt: of the status, so that one index gives the newest of a tag. */
export const apHashtags = pgTable(
  "ap_hashtags",
  { statusId: statusId(), tag: text().notNull(), publishedAt: instant().notNull() },
  (table) => [
    primaryKey({ columns: [table.statusId, table.tag] }),
    index("ap_hashtags_newest").on(table.tag, table.publishedAt.desc().nullsFirst(), table.statusId.desc().nullsFirst()),
    check("ap_hashtags_tag", sql`${table.tag} = lower(${table.tag}) and length(${table.tag}) between 1 and 100`),
  ],
);

/** Pictures of a member's status, in order. Those of statuses from elsewhere stand in their documents. */
export const apPictures = pgTable(
  "ap_pictures",
  {
    statusId: statusId(),
    position: integer().notNull(),
    mediaId: reference()
      .$type<MediaId>()
      .notNull()
      .references(() => media.id),
    alt: text().notNull().default(""),
  },
  (table) => [primaryKey({ columns: [table.statusId, table.position] }), index("ap_pictures_media").on(table.mediaId)],
);

/**
 * A status that asks something. voters: how many have answered, as far as known. changedAt: since when its figures are other than others
 * were told; toldAt: when they were told last. closedAt: when whoever it concerns was told that it is over.
 */
export const apPolls = pgTable(
  "ap_polls",
  {
    statusId: statusId().primaryKey(),
    isMultiple: boolean().notNull(),
    endsAt: instant(),
    voters: integer().notNull().default(0),
    changedAt: instant(),
    toldAt: instant(),
    closedAt: instant(),
  },
  (table) => [
    index("ap_polls_changed").on(table.changedAt).where(sql`${table.changedAt} is not null`),
    index("ap_polls_open").on(table.endsAt).where(sql`${table.closedAt} is null`),
  ],
);

/** votes: counted here for members' polls, by their own server for others. */
export const apPollOptions = pgTable(
  "ap_poll_options",
  { statusId: statusId(), position: integer().notNull(), name: text().notNull(), votes: integer().notNull().default(0) },
  (table) => [primaryKey({ columns: [table.statusId, table.position] }), check("ap_poll_options_votes", sql`${table.votes} >= 0`)],
);

/** What one actor chose: everybody's in members' polls, members' in others. */
export const apPollVotes = pgTable(
  "ap_poll_votes",
  { statusId: statusId(), position: integer().notNull(), actor: text().notNull(), createdAt: createdAt() },
  (table) => [primaryKey({ columns: [table.statusId, table.actor, table.position] })],
);

/** How a status stood before it was edited, until replacedAt. */
export const apVersions = pgTable(
  "ap_versions",
  {
    id: identity(),
    statusId: statusId(),
    html: text().notNull(),
    source: text().notNull().default(""),
    warning: text().notNull().default(""),
    replacedAt: instant().notNull(),
  },
  (table) => [index("ap_versions_status").on(table.statusId, table.id)],
);

/** What a member wants to find again. Nobody else knows. */
export const apBookmarks = pgTable("ap_bookmarks", { userId: userId(), statusId: statusId(), createdAt: createdAt() }, (table) => [
  primaryKey({ columns: [table.userId, table.statusId] }),
  index("ap_bookmarks_newest").on(table.userId, table.createdAt.desc().nullsFirst(), table.statusId),
  index("ap_bookmarks_status").on(table.statusId),
]);

/** What members put on top of their profiles, of their own. */
export const apPins = pgTable("ap_pins", { userId: userId(), statusId: statusId(), createdAt: createdAt() }, (table) => [
  primaryKey({ columns: [table.userId, table.statusId] }),
  index("ap_pins_status").on(table.statusId),
]);
