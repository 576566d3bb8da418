import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { pages, posts } from "./blog.ts";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import type { GhostLinkId, MediaId, PageId, PostId } from "./ids.ts";
import { media } from "./media.ts";

/** Digests of a piece's fields, by their names. */
export type FieldDigests = Readonly<Record<string, string>>;

/**
 * A post or page in Ghost and the same here, and what is to be done about it. ghostId null: written here, and not known to be
 * there; syncKey names it there until then. agreed: how both sides were when they last agreed, null: never. ourUpdatedAt is
 * ours at that time. listed is a digest of what Ghost's lists say of it, sweep the last one that met it. wantedAt: when it is to
 * be compared, null: nothing is asked; wants counts who asked. isEnded: one side deleted it for good, nothing is done any more.
 */
export const ghostLinks = pgTable(
  "ghost_links",
  {
    id: identity().$type<GhostLinkId>(),
    kind: text().$type<"post" | "page">().notNull(),
    ghostId: text(),
    postId: reference()
      .$type<PostId>()
      .references(() => posts.id, { onDelete: "set null" }),
    pageId: reference()
      .$type<PageId>()
      .references(() => pages.id, { onDelete: "set null" }),
    syncKey: uuid().notNull().defaultRandom(),
    title: text().notNull().default(""),
    agreed: jsonb().$type<{ theirs: FieldDigests; ours: FieldDigests }>(),
    ourUpdatedAt: instant(),
    listed: text().notNull().default(""),
    sweep: integer().notNull().default(0),
    isEnded: boolean().notNull().default(false),
    note: text().notNull().default(""),
    wantedAt: instant(),
    wants: integer().notNull().default(0),
    attempts: integer().notNull().default(0),
    trouble: text(),
    comparedAt: instant(),
  },
  (table) => [
    oneOf("ghost_links_kind", table.kind, ["post", "page"]),
    unique("ghost_links_theirs").on(table.kind, table.ghostId),
    unique("ghost_links_post").on(table.postId),
    unique("ghost_links_page").on(table.pageId),
    index("ghost_links_due").on(table.wantedAt, table.id).where(sql`${table.wantedAt} is not null`),
  ],
);

/** Which webhooks came, so that each counts once; what they say is asked of Ghost. Kept for a day. */
export const ghostDeliveries = pgTable(
  "ghost_deliveries",
  { signature: text().primaryKey(), event: text().notNull(), ghostId: text(), sentAt: instant().notNull(), receivedAt: createdAt() },
  (table) => [index("ghost_deliveries_received").on(table.receivedAt)],
);

/** A file of Ghost's that lies in our library. url begins with __GHOST_URL__; path is where we serve it. */
export const ghostFiles = pgTable(
  "ghost_files",
  {
    url: text().primaryKey(),
    mediaId: reference()
      .$type<MediaId>()
      .notNull()
      .references(() => media.id, { onDelete: "cascade" }),
    path: text().notNull(),
  },
  (table) => [index("ghost_files_path").on(table.path), index("ghost_files_media").on(table.mediaId)],
);

/**
 * How the comparison with Ghost gets on: one row. startedAt null: nobody has begun it. polledUntil: the newest change of Ghost's
 * that a poll has seen. sweepWantedAt: when the next sweep is due. heldBy: the process whose turn it is, until heldUntil.
 */
export const ghostState = pgTable(
  "ghost_state",
  {
    id: integer().primaryKey().default(1),
    startedAt: instant(),
    polledUntil: instant(),
    polledAt: instant(),
    sweep: integer().notNull().default(0),
    sweptAt: instant(),
    sweepTookMs: integer(),
    sweepMet: integer().notNull().default(0),
    sweepDiffered: integer().notNull().default(0),
    sweepWantedAt: instant(),
    heldBy: uuid(),
    heldUntil: instant(),
    trouble: text(),
    troubleAt: instant(),
  },
  (table) => [check("ghost_state_one", sql`${table.id} = 1`)],
);
