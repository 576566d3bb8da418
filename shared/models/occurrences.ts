import { sql } from "drizzle-orm";
import { boolean, check, customType, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { bookingTimes } from "./bookings.ts";
import { calendars, rooms } from "./calendars.ts";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { calendarEntries, wallClock } from "./events.ts";
import { users } from "./identity.ts";
import type { BookingTimeId, CalendarEntryId, CalendarId, EntryGuestId, OccurrenceId, RoomId, UserId } from "./ids.ts";

const entryKey = () =>
  reference()
    .$type<CalendarEntryId>()
    .notNull()
    .references(() => calendarEntries.id, { onDelete: "cascade" });

/**
 * One time of a series that is otherwise (RECURRENCE-ID), or all from it on (isFollowing: RANGE=THISANDFUTURE). key: the start that the
 * series has for it, as occurrences have it; planned: the same as a calendar line writes it. What is null is as the series says;
 * isElsewhere: not in the room of the series.
 */
export const entryOverrides = pgTable(
  "entry_overrides",
  {
    id: identity(),
    entryId: entryKey(),
    key: text().notNull(),
    planned: text().notNull(),
    isFollowing: boolean().notNull().default(false),
    title: text(),
    summary: text(),
    text: text(),
    html: text(),
    place: text(),
    roomId: reference()
      .$type<RoomId>()
      .references(() => rooms.id),
    isElsewhere: boolean().notNull().default(false),
    onlineUrl: text(),
    tags: text().array(),
    startsLocal: wallClock().notNull(),
    duration: text().notNull(),
    isExact: boolean().notNull().default(true),
    zone: text().notNull(),
    isAllDay: boolean().notNull(),
    isFloating: boolean().notNull().default(false),
    isCancelled: boolean().notNull().default(false),
    isTentative: boolean().notNull().default(false),
    movedFrom: instant(),
    sequence: integer().notNull().default(0),
    extra: text().array().notNull().default(sql`'{}'`),
    stampedAt: createdAt(),
  },
  (table) => [
    unique("entry_overrides_once").on(table.entryId, table.key, table.isFollowing),
    index("entry_overrides_room").on(table.roomId),
  ],
);

/**
 * A time at which an entry takes place. Made when it is saved, up to a horizon that the timetable moves: no page expands a rule.
 * key: the start that its series has for it, "20261120T183000Z" or, of days, "20261120". calendarId and roomId are the entry's.
 * isUnplaced: when it was made, its room was taken.
 */
export const occurrences = pgTable(
  "occurrences",
  {
    id: identity().$type<OccurrenceId>(),
    entryId: entryKey(),
    key: text().notNull(),
    overrideId: reference().references(() => entryOverrides.id, { onDelete: "set null" }),
    calendarId: reference()
      .$type<CalendarId>()
      .notNull()
      .references(() => calendars.id),
    roomId: reference()
      .$type<RoomId>()
      .references(() => rooms.id),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    isCancelled: boolean().notNull().default(false),
    isUnplaced: boolean().notNull().default(false),
  },
  (table) => [
    unique("occurrences_once").on(table.entryId, table.key),
    check("occurrences_order", sql`${table.endsAt} >= ${table.startsAt}`),
    index("occurrences_start").on(table.startsAt),
    index("occurrences_calendar").on(table.calendarId, table.startsAt),
    index("occurrences_room").on(table.roomId, table.startsAt),
    index("occurrences_override").on(table.overrideId),
  ],
);

const tstzrange = customType<{ data: string }>({ dataType: () => "tstzrange" });

/**
 * A room that nobody else may have in that time: one row for each leaf of the tree of rooms. Which two can't be is decided by the
 * constraint room_claims_once, that no two claims of one room overlap. It is for an occurrence or for a time of a booking.
 * expiresAt: of one that is only held; of a booking's the cart says whether it still is (IS_LIVE_BOOKING).
 */
export const roomClaims = pgTable(
  "room_claims",
  {
    id: identity(),
    roomId: reference()
      .$type<RoomId>()
      .notNull()
      .references(() => rooms.id),
    during: tstzrange().notNull(),
    occurrenceId: reference()
      .$type<OccurrenceId>()
      .references(() => occurrences.id, { onDelete: "cascade" }),
    bookingTimeId: reference()
      .$type<BookingTimeId>()
      .references(() => bookingTimes.id, { onDelete: "cascade" }),
    expiresAt: instant(),
  },
  (table) => [
    check("room_claims_some_time", sql`not isempty(${table.during})`),
    index("room_claims_occurrence").on(table.occurrenceId),
    index("room_claims_booking_time").on(table.bookingTimeId),
  ],
);

/** Who was asked to come to an entry. sentSequence: the version they were last written of; -1: none yet. */
export const entryGuests = pgTable(
  "entry_guests",
  {
    id: identity().$type<EntryGuestId>(),
    entryId: entryKey(),
    userId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "cascade" }),
    email: text().notNull(),
    name: text().notNull().default(""),
    answer: text().$type<"waiting" | "yes" | "no" | "maybe">().notNull().default("waiting"),
    answeredAt: instant(),
    sentSequence: integer().notNull().default(-1),
    isTakenOut: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (table) => [
    unique("entry_guests_once").on(table.entryId, table.email),
    oneOf("entry_guests_answer", table.answer, ["waiting", "yes", "no", "maybe"]),
    index("entry_guests_user").on(table.userId),
  ],
);

/**
 * Whether a member comes to an entry for which no ticket is needed. key: of the time, as occurrences have it. isNamed: other members may
 * read who it is; those who look after the entry do in any case.
 */
export const entryAnswers = pgTable(
  "entry_answers",
  {
    entryId: entryKey(),
    key: text().notNull(),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    comes: boolean().notNull(),
    isNamed: boolean().notNull(),
    answeredAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.entryId, table.key, table.userId] }), index("entry_answers_user").on(table.userId)],
);
