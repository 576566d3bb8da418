import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { PeopleImportId, PeopleListId, UserId } from "./ids.ts";

const member = () =>
  reference()
    .$type<UserId>()
    .references(() => users.id, { onDelete: "cascade" });

/**
 * Members who show themselves to the fediverse, and how. uri: the address of their actor. isFindable: their public posts may be found by words in them. alsoKnownAs: accounts elsewhere that may
 * move here. movedTo: where they went.
 */
export const profiles = pgTable(
  "profiles",
  {
    userId: member().primaryKey(),
    uri: text().notNull().unique(),
    isLocked: boolean().notNull().default(false),
    isFindable: boolean().notNull().default(false),
    alsoKnownAs: text().array().notNull().default([]),
    movedTo: text(),
    movedAt: instant(),
    createdAt: createdAt(),
  },
  (table) => [check("profiles_moved", sql`(${table.movedTo} is null) = (${table.movedAt} is null)`)],
);

/** What a member says of themselves in lines of a name and a value; a value may be an address. */
export const profileFields = pgTable(
  "profile_fields",
  { userId: member().notNull(), position: integer().notNull(), name: text().notNull(), value: text().notNull() },
  (table) => [
    primaryKey({ columns: [table.userId, table.position] }),
    check("profile_fields_lengths", sql`length(${table.name}) between 1 and 80 and length(${table.value}) between 1 and 300`),
  ],
);

/** Pages that an actor names as its own, here or elsewhere. verifiedAt: since when the page was seen to lead back (rel=me). */
export const profileLinks = pgTable(
  "profile_links",
  { actor: text().notNull(), href: text().notNull(), checkedAt: instant(), verifiedAt: instant() },
  (table) => [primaryKey({ columns: [table.actor, table.href] })],
);

/** A member sees nothing of somebody, who is not told; until then, or until it is taken back. */
export const mutes = pgTable(
  "mutes",
  {
    actor: text().notNull(),
    muted: text().notNull(),
    hidesNotifications: boolean().notNull().default(true),
    until: instant(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.actor, table.muted] })],
);

/** A member wants to have nothing to do with a whole host. */
export const domainBlocks = pgTable(
  "domain_blocks",
  { actor: text().notNull(), domain: text().notNull(), createdAt: createdAt() },
  (table) => [primaryKey({ columns: [table.actor, table.domain] }), index("domain_blocks_domain").on(table.domain)],
);

/** A member does not follow somebody, whatever rules would derive. */
export const followExceptions = pgTable(
  "follow_exceptions",
  { actor: text().notNull(), other: text().notNull(), createdAt: createdAt() },
  (table) => [primaryKey({ columns: [table.actor, table.other] })],
);

/** A member wants to hear of each new post of somebody whom they follow. */
export const postAlerts = pgTable("post_alerts", { actor: text().notNull(), other: text().notNull(), createdAt: createdAt() }, (table) => [
  primaryKey({ columns: [table.actor, table.other] }),
  index("post_alerts_other").on(table.other),
]);

/** A member's own list of people they follow. */
export const peopleLists = pgTable(
  "people_lists",
  { id: identity().$type<PeopleListId>(), userId: member().notNull(), name: text().notNull(), createdAt: createdAt() },
  (table) => [
    unique("people_lists_name").on(table.userId, table.name),
    check("people_lists_name_length", sql`length(${table.name}) between 1 and 80`),
  ],
);

export const peopleListMembers = pgTable(
  "people_list_members",
  {
    listId: reference()
      .$type<PeopleListId>()
      .notNull()
      .references(() => peopleLists.id, { onDelete: "cascade" }),
    person: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.listId, table.person] }), index("people_list_members_person").on(table.person)],
);

/** What a member can bring along from another server. */
export const IMPORT_KINDS = ["follows", "blocks", "mutes", "domain-blocks", "lists"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** A file that a member brought; its rows are looked at first, and done once startedAt is set. */
export const peopleImports = pgTable(
  "people_imports",
  {
    id: identity().$type<PeopleImportId>(),
    userId: member().notNull(),
    kind: text().$type<ImportKind>().notNull(),
    createdAt: createdAt(),
    startedAt: instant(),
  },
  (table) => [oneOf("people_imports_kind", table.kind, IMPORT_KINDS), index("people_imports_user").on(table.userId, table.id)],
);

export const IMPORT_STATES = ["waiting", "done", "failed"] as const;

/** One line of it: who (or which host), and of lists in which. note: what came of it, in words. */
export const peopleImportRows = pgTable(
  "people_import_rows",
  {
    importId: reference()
      .$type<PeopleImportId>()
      .notNull()
      .references(() => peopleImports.id, { onDelete: "cascade" }),
    position: integer().notNull(),
    name: text().notNull(),
    list: text().notNull().default(""),
    hidesNotifications: boolean().notNull().default(true),
    state: text().$type<(typeof IMPORT_STATES)[number]>().notNull().default("waiting"),
    note: text().notNull().default(""),
  },
  (table) => [primaryKey({ columns: [table.importId, table.position] }), oneOf("people_import_rows_state", table.state, IMPORT_STATES)],
);
