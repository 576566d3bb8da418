import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, timestamp, unique } from "drizzle-orm/pg-core";
import { calendarFeeds, calendars, rooms } from "./calendars.ts";
import { createdAt, identity, instant, isSlug, oneOf, reference, searchOf } from "./columns.ts";
import { users } from "./identity.ts";
import type { CalendarEntryId, CalendarFeedId, CalendarId, MediaId, RoomId, UserId } from "./ids.ts";
import { media } from "./media.ts";

/** A reading of a clock on the wall, without a zone: "2026-11-20 18:30:00". */
export const wallClock = () => timestamp({ mode: "string" });

/**
 * Something people come to, once or in a series. startsAt and endsAt: of the first time; when it takes place otherwise stands in
 * occurrences. zone is the IANA zone in which it is shown and was meant. All-day: midnights of that zone, endsAt exclusive.
 * startsLocal with duration (ISO 8601) is what was said, and what instants are made of when a zone changes its rules; isExact: the
 * same time passes whatever the clocks do. Null: by startsAt and endsAt. isFloating: it was said without a zone.
 * recurrence: lines of RRULE, RDATE, EXDATE and EXRULE. extra: lines of the calendar it came from that we don't know.
 * text is as it was typed, html is made of it and has passed the sanitiser. sequence: RFC 5545, 3.8.7.4; revision counts for editors.
 * importDigest: of what a file or feed said of it, as long as nothing else was changed since.
 * continues: the series that it was a part of before "this and all that follow" made it one of its own, the first one first: their
 * passes are good here, too. movedFrom: when it was first said to start. expandedTo: how far its occurrences reach, null: they are not made yet; expandedWith:
 * the version of the rules of zones that they were made with.
 */
export const calendarEntries = pgTable(
  "calendar_entries",
  {
    id: identity().$type<CalendarEntryId>(),
    calendarId: reference()
      .$type<CalendarId>()
      .notNull()
      .references(() => calendars.id),
    slug: text().notNull().unique(),
    uid: text().notNull().default(sql`gen_random_uuid()::text`),
    sequence: integer().notNull().default(0),
    revision: integer().notNull().default(1),
    title: text().notNull(),
    summary: text().notNull().default(""),
    text: text().notNull().default(""),
    html: text().notNull().default(""),
    place: text().notNull().default(""),
    roomId: reference()
      .$type<RoomId>()
      .references(() => rooms.id),
    onlineUrl: text().notNull().default(""),
    tags: text().array().notNull().default(sql`'{}'`),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    zone: text().notNull(),
    isAllDay: boolean().notNull().default(false),
    isFloating: boolean().notNull().default(false),
    startsLocal: wallClock(),
    duration: text(),
    isExact: boolean().notNull().default(true),
    recurrence: text().array().notNull().default(sql`'{}'`),
    extra: text().array().notNull().default(sql`'{}'`),
    status: text().$type<"proposed" | "confirmed" | "declined" | "cancelled">().notNull().default("proposed"),
    isTentative: boolean().notNull().default(false),
    movedFrom: instant(),
    continues: reference().$type<CalendarEntryId>().array().notNull().default(sql`'{}'`),
    organiserId: reference()
      .$type<UserId>()
      .references(() => users.id),
    organiserName: text().notNull().default(""),
    organiserAddress: text().notNull().default(""),
    decidedById: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    decidedAt: instant(),
    decisionNote: text().notNull().default(""),
    pictureId: reference()
      .$type<MediaId>()
      .references(() => media.id),
    feedId: reference()
      .$type<CalendarFeedId>()
      .references(() => calendarFeeds.id, { onDelete: "set null" }),
    importDigest: text(),
    expandedTo: instant(),
    expandedWith: text(),
    stampedAt: createdAt(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
    search: searchOf({ A: "title", B: "summary || ' ' || place", C: "html" }),
  },
  (table) => [
    isSlug("calendar_entries_slug", table.slug),
    index("calendar_entries_search").using("gin", table.search),
    index("calendar_entries_title_trigrams").using("gin", table.title.op("gin_trgm_ops")),
    oneOf("calendar_entries_status", table.status, ["proposed", "confirmed", "declined", "cancelled"]),
    check("calendar_entries_order", sql`${table.endsAt} >= ${table.startsAt}`),
    unique("calendar_entries_uid").on(table.calendarId, table.uid),
    index("calendar_entries_by_start").on(table.calendarId, table.startsAt),
    index("calendar_entries_start").on(table.startsAt),
    index("calendar_entries_organiser").on(table.organiserId),
    index("calendar_entries_picture").on(table.pictureId),
    index("calendar_entries_continues").using("gin", table.continues),
    index("calendar_entries_feed").on(table.feedId),
    index("calendar_entries_room").on(table.roomId),
    index("calendar_entries_decided_by").on(table.decidedById),
    index("calendar_entries_waiting").on(table.createdAt).where(sql`${table.status} = 'proposed'`),
    index("calendar_entries_expanded").on(table.expandedTo),
  ],
);
