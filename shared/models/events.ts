import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, identity, instant, isSlug, oneOf, reference, searchOf } from "./columns.ts";
import { users } from "./identity.ts";
import type { CalendarEntryId, CalendarId, MediaId, TicketId, UserId } from "./ids.ts";
import { media } from "./media.ts";

/** A calendar. colour names a token of the look; zone is where its days begin. */
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
  },
  (table) => [isSlug("calendars_slug", table.slug), oneOf("calendars_colour", table.colour, ["rose", "leaf", "amber", "ink"])],
);

/**
 * Something people come to. Instants are absolute; zone is the IANA zone in which they are shown and were meant.
 * All-day: startsAt and endsAt are midnights of that zone, endsAt exclusive. html has passed the sanitiser.
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
    title: text().notNull(),
    summary: text().notNull().default(""),
    html: text().notNull().default(""),
    place: text().notNull().default(""),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    zone: text().notNull(),
    isAllDay: boolean().notNull().default(false),
    status: text().$type<"proposed" | "confirmed" | "cancelled">().notNull().default("proposed"),
    organiserId: reference()
      .$type<UserId>()
      .references(() => users.id),
    pictureId: reference()
      .$type<MediaId>()
      .references(() => media.id),
    createdAt: createdAt(),
    updatedAt: createdAt(),
    search: searchOf({ A: "title", B: "summary || ' ' || place", C: "html" }),
  },
  (table) => [
    isSlug("calendar_entries_slug", table.slug),
    index("calendar_entries_search").using("gin", table.search),
    index("calendar_entries_title_trigrams").using("gin", table.title.op("gin_trgm_ops")),
    oneOf("calendar_entries_status", table.status, ["proposed", "confirmed", "cancelled"]),
    check("calendar_entries_order", sql`${table.endsAt} > ${table.startsAt}`),
    index("calendar_entries_by_start").on(table.calendarId, table.startsAt),
    index("calendar_entries_start").on(table.startsAt),
    index("calendar_entries_organiser").on(table.organiserId),
    index("calendar_entries_picture").on(table.pictureId),
  ],
);

/** A kind of place at an entry. priceMinor 0 is free; capacity counts places. */
export const ticketTypes = pgTable(
  "ticket_types",
  {
    id: identity(),
    entryId: reference()
      .$type<CalendarEntryId>()
      .notNull()
      .references(() => calendarEntries.id, { onDelete: "cascade" }),
    name: text().notNull(),
    priceMinor: integer().notNull(),
    currency: text().notNull().default("GBP"),
    capacity: integer().notNull(),
    position: integer().notNull(),
  },
  (table) => [
    unique("ticket_types_name").on(table.entryId, table.name),
    check("ticket_types_numbers", sql`${table.priceMinor} >= 0 and ${table.capacity} > 0`),
  ],
);

/** One place that a member holds. code is what is shown at the door. */
export const tickets = pgTable(
  "tickets",
  {
    id: identity().$type<TicketId>(),
    ticketTypeId: reference()
      .notNull()
      .references(() => ticketTypes.id),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    code: text().notNull().unique(),
    status: text().$type<"valid" | "used" | "cancelled">().notNull().default("valid"),
    createdAt: createdAt(),
  },
  (table) => [
    oneOf("tickets_status", table.status, ["valid", "used", "cancelled"]),
    index("tickets_user").on(table.userId),
    index("tickets_type").on(table.ticketTypeId),
  ],
);
