import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { pages, posts } from "./blog.ts";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { GhostImportId, GhostLinkId, MediaId, NewsletterId, PageId, PostId, SubscriberId, UserId } from "./ids.ts";
import { media } from "./media.ts";
import { newsletters, subscribers } from "./newsletters.ts";

/** Digests of a piece's fields, by their names. */
export type FieldDigests = Readonly<Record<string, string>>;

/**
 * A post or page in Ghost and the same here, and what is to be done about it. ghostId null: written here, and not known to be
 * there; syncKey names it there until then. agreed: how both sides were when they last agreed, null: never. ourUpdatedAt is
 * ours at that time, theirUpdatedAt Ghost's own date of what was seen there, null: not known. differing: the fields that said
 * something else on each side all the same. listed is a digest of what Ghost's
 * lists say of it, sweep the last one that met it. wantedAt: when it is to be compared, null: nothing is asked; wants counts who
 * asked. asked: the side that somebody wants both to be as, null: whatever was changed. isEnded: one side deleted it for good,
 * nothing is done any more.
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
    theirUpdatedAt: instant(),
    differing: jsonb().$type<readonly string[]>().notNull().default([]),
    listed: text().notNull().default(""),
    sweep: integer().notNull().default(0),
    isEnded: boolean().notNull().default(false),
    note: text().notNull().default(""),
    wantedAt: instant(),
    wants: integer().notNull().default(0),
    asked: text().$type<"theirs" | "ours">(),
    attempts: integer().notNull().default(0),
    trouble: text(),
    comparedAt: instant(),
  },
  (table) => [
    oneOf("ghost_links_kind", table.kind, ["post", "page"]),
    oneOf("ghost_links_asked", table.asked, ["theirs", "ours"]),
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

/** A newsletter of Ghost's and the list that it is here. */
export const ghostNewsletters = pgTable(
  "ghost_newsletters",
  {
    ghostId: text().primaryKey(),
    newsletterId: reference()
      .$type<NewsletterId>()
      .notNull()
      .references(() => newsletters.id, { onDelete: "cascade" }),
  },
  (table) => [index("ghost_newsletters_newsletter").on(table.newsletterId)],
);

/** A member of Ghost's and the same here. digest: of what Ghost said last; sweep: the last look that met them. */
export const ghostMembers = pgTable(
  "ghost_members",
  {
    ghostId: text().primaryKey(),
    subscriberId: reference()
      .$type<SubscriberId>()
      .notNull()
      .references(() => subscribers.id, { onDelete: "cascade" }),
    digest: text().notNull(),
    sweep: integer().notNull(),
  },
  (table) => [index("ghost_members_subscriber").on(table.subscriberId), index("ghost_members_sweep").on(table.sweep)],
);

/**
 * How the comparison with Ghost gets on: one row. startedAt null: nobody has begun it. polledUntil: the newest change of Ghost's
 * that a poll has seen. sweepWantedAt: when the next sweep is due. membersSince null: nobody asked for members; membersWantedAt:
 * when they are looked through next, membersSweep which look it was. heldBy: the process whose turn it is, until heldUntil.
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
    membersSince: instant(),
    membersWantedAt: instant(),
    membersAt: instant(),
    membersSweep: integer().notNull().default(0),
    heldBy: uuid(),
    heldUntil: instant(),
    trouble: text(),
    troubleAt: instant(),
  },
  (table) => [check("ghost_state_one", sql`${table.id} = 1`)],
);

/**
 * A file that somebody exported from a Ghost. siteUrl: where its pictures are fetched from, "" for nowhere; it has no slash at its
 * end. state: read, and it shows what would come of it; begun by somebody; done; or stopped. heldBy: the process that has it in
 * hand, until heldUntil.
 */
export const ghostImports = pgTable(
  "ghost_imports",
  {
    id: identity().$type<GhostImportId>(),
    name: text().notNull(),
    siteUrl: text().notNull().default(""),
    ghostVersion: text().notNull().default(""),
    exportedAt: instant(),
    state: text().$type<"ready" | "running" | "done" | "stopped">().notNull().default("ready"),
    trouble: text(),
    broughtBy: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    startedAt: instant(),
    endedAt: instant(),
    heldBy: uuid(),
    heldUntil: instant(),
  },
  (table) => [
    oneOf("ghost_imports_state", table.state, ["ready", "running", "done", "stopped"]),
    index("ghost_imports_brought_by").on(table.broughtBy),
  ],
);

/**
 * A post or page of such a file. plan: what would come of it, reasons why and what to know, each a sentence. piece: as the Admin
 * API gives one; null once it is done, or where nothing is to be done. note: what came of it.
 */
export const ghostImportItems = pgTable(
  "ghost_import_items",
  {
    id: identity(),
    importId: reference()
      .$type<GhostImportId>()
      .notNull()
      .references(() => ghostImports.id, { onDelete: "cascade" }),
    kind: text().$type<"post" | "page">().notNull(),
    ghostId: text().notNull(),
    title: text().notNull(),
    slug: text().notNull(),
    plan: text().$type<"make" | "change" | "same" | "skip">().notNull(),
    reasons: jsonb().$type<readonly string[]>().notNull(),
    piece: jsonb().$type<unknown>(),
    state: text().$type<"waiting" | "done" | "failed">().notNull(),
    note: text().notNull().default(""),
  },
  (table) => [
    oneOf("ghost_import_items_kind", table.kind, ["post", "page"]),
    oneOf("ghost_import_items_plan", table.plan, ["make", "change", "same", "skip"]),
    oneOf("ghost_import_items_state", table.state, ["waiting", "done", "failed"]),
    unique("ghost_import_items_once").on(table.importId, table.kind, table.ghostId),
    index("ghost_import_items_waiting").on(table.importId, table.id).where(sql`${table.state} = 'waiting'`),
  ],
);
