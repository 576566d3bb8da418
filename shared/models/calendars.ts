import { sql } from "drizzle-orm";
import { type AnyPgColumn, boolean, check, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { bytea, createdAt, identity, instant, isSlug, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { CalendarFeedId, CalendarId, RoomId, UserId } from "./ids.ts";

const calendarKey = () =>
  reference()
    .$type<CalendarId>()
    .notNull()
    .references(() => calendars.id, { onDelete: "cascade" });

/**
 * A calendar. colour names a token of the look; zone is where its days begin. proposers: who may propose an entry, keepers decide; of
 * "group" those who are in proposersGroup by the relation `member`. isModerated false: what others propose stands at once. revision counts what was changed, for whoever edits.
 */
export const calendars = pgTable(
  "calendars",
  {
    id: identity().$type<CalendarId>(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    description: text().notNull().default(""),
    colour: text().$type<"rose" | "leaf" | "amber" | "ink">().notNull(),
    zone: text().notNull(),
    position: integer().notNull(),
    proposers: text().$type<"members" | "group" | "keepers">().notNull().default("members"),
    proposersGroup: text().notNull().default(""),
    isModerated: boolean().notNull().default(true),
    revision: integer().notNull().default(1),
  },
  (table) => [
    isSlug("calendars_slug", table.slug),
    oneOf("calendars_colour", table.colour, ["rose", "leaf", "amber", "ink"]),
    oneOf("calendars_proposers", table.proposers, ["members", "group", "keepers"]),
    check("calendars_proposers_group", sql`${table.proposers} <> 'group' or ${table.proposersGroup} <> ''`),
  ],
);

/** Who looks after a calendar, beside the editors of events: they approve, decline and change what is in it. */
export const calendarKeepers = pgTable(
  "calendar_keepers",
  {
    calendarId: calendarKey(),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
  },
  (table) => [primaryKey({ columns: [table.calendarId, table.userId] }), index("calendar_keepers_user").on(table.userId)],
);

/** A room, perhaps inside another one: who has the hall has the kitchen in it. capacity: people, null: nobody has said. */
export const rooms = pgTable(
  "rooms",
  {
    id: identity().$type<RoomId>(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    description: text().notNull().default(""),
    withinId: reference()
      .$type<RoomId>()
      .references((): AnyPgColumn => rooms.id),
    capacity: integer(),
    position: integer().notNull(),
  },
  (table) => [
    isSlug("rooms_slug", table.slug),
    check("rooms_within_another", sql`${table.withinId} <> ${table.id}`),
    check("rooms_capacity", sql`${table.capacity} > 0`),
    index("rooms_within").on(table.withinId),
  ],
);

/** Which rooms the entries of a calendar may take. */
export const calendarRooms = pgTable(
  "calendar_rooms",
  {
    calendarId: calendarKey(),
    roomId: reference()
      .$type<RoomId>()
      .notNull()
      .references(() => rooms.id, { onDelete: "cascade" }),
  },
  (table) => [primaryKey({ columns: [table.calendarId, table.roomId] }), index("calendar_rooms_room").on(table.roomId)],
);

/**
 * Somebody else's calendar that one of ours follows. etag, lastModified and bodyHash: of what was read last; nextAt: when it is asked
 * again; leasedUntil: a process has it in hand. trouble: why the last time brought nothing, in words; failures: times in a row.
 */
export const calendarFeeds = pgTable(
  "calendar_feeds",
  {
    id: identity().$type<CalendarFeedId>(),
    calendarId: calendarKey(),
    url: text().notNull(),
    isActive: boolean().notNull().default(true),
    etag: text(),
    lastModified: text(),
    bodyHash: text(),
    nextAt: instant().notNull().defaultNow(),
    leasedUntil: instant(),
    readAt: instant(),
    changedAt: instant(),
    trouble: text().notNull().default(""),
    notes: text().array().notNull().default(sql`'{}'`),
    failures: integer().notNull().default(0),
    addedById: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (table) => [
    unique("calendar_feeds_once").on(table.calendarId, table.url),
    index("calendar_feeds_due").on(table.nextAt).where(sql`${table.isActive}`),
    index("calendar_feeds_added_by").on(table.addedById),
  ],
);

/** The secret address under which a member's own calendar is read; tokenHash: SHA-256 of what stands in it. */
export const calendarAddresses = pgTable("calendar_addresses", {
  userId: reference()
    .$type<UserId>()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  tokenHash: text().notNull().unique(),
  createdAt: createdAt(),
  lastUsedAt: instant(),
});

/** A calendar file that somebody looks at before it is taken in, until expiresAt; tokenHash: SHA-256 of what their form sends. */
export const calendarImports = pgTable(
  "calendar_imports",
  {
    tokenHash: text().primaryKey(),
    calendarId: calendarKey(),
    name: text().notNull(),
    bytes: bytea().notNull(),
    broughtById: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    expiresAt: instant().notNull(),
  },
  (table) => [
    index("calendar_imports_calendar").on(table.calendarId),
    index("calendar_imports_brought_by").on(table.broughtById),
    index("calendar_imports_expires").on(table.expiresAt),
  ],
);
