import { type SQL, sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { orderLines } from "./cart.ts";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { calendarEntries } from "./events.ts";
import { users } from "./identity.ts";
import type { CalendarEntryId, TicketId, TicketTypeId, TicketWaitId, UserId } from "./ids.ts";
import { VAT_CLASSES, type VatClass } from "./vat.ts";

/**
 * Something asked of whoever takes tickets. key stands in the metadata of cart lines. options empty: any words. isForEach: asked anew
 * for each place; else once for all that are taken together.
 */
export interface TicketQuestion {
  readonly key: string;
  readonly label: string;
  readonly options: readonly string[];
  readonly isRequired: boolean;
  readonly isForEach?: boolean;
}

/** By the keys of questions. */
export type TicketAnswers = Readonly<Record<string, string>>;

const entryKey = () =>
  reference()
    .$type<CalendarEntryId>()
    .notNull()
    .references(() => calendarEntries.id, { onDelete: "cascade" });

/**
 * How the places of an entry are given out; an entry without a row is as the defaults say. capacity: of each of its times, shared by
 * all its types; null: each type's own counts alone. refundHours: so long before it begins tickets can be given back; null: never.
 * offerMinutes: for so long a place is kept for who is next on the waiting list.
 */
export const ticketBoxes = pgTable(
  "ticket_boxes",
  {
    entryId: entryKey().primaryKey(),
    capacity: integer(),
    questions: jsonb().$type<readonly TicketQuestion[]>().notNull().default([]),
    refundHours: integer().default(48),
    canTransfer: boolean().notNull().default(true),
    hasWaitingList: boolean().notNull().default(true),
    offerMinutes: integer().notNull().default(720),
  },
  (table) => [
    check("ticket_boxes_numbers", sql`${table.capacity} > 0 and ${table.refundHours} >= 0 and ${table.offerMinutes} between 5 and 10080`),
  ],
);

/** How many places there are at one time of a series, where it is not as many as at the others. */
export const ticketTimes = pgTable(
  "ticket_times",
  {
    entryId: entryKey(),
    occurrenceKey: text().notNull(),
    capacity: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.entryId, table.occurrenceKey] }),
    check("ticket_times_numbers", sql`${table.capacity} > 0 and ${table.occurrenceKey} <> ''`),
  ],
);

/**
 * A kind of place at an entry. priceMinor 0 is free; of a donation it is the least. capacity counts places: of each time where covers
 * is "time", else of the entry as a whole, which of a series is a pass for all its times; null: no limit of its own. groupName: only
 * for members of that group, and whom staff invited; null: for everybody. closesAt null: it is sold until it begins.
 * perPerson null: as many as there are. code: whoever does not know it does not see the type; empty: everybody does.
 */
export const ticketTypes = pgTable(
  "ticket_types",
  {
    id: identity().$type<TicketTypeId>(),
    entryId: entryKey(),
    name: text().notNull(),
    priceMinor: integer().notNull(),
    currency: text().notNull().default("GBP"),
    capacity: integer(),
    position: integer().notNull(),
    vatClass: text().$type<VatClass>().notNull().default("standard"),
    covers: text().$type<"whole" | "time">().notNull().default("whole"),
    opensAt: instant(),
    closesAt: instant(),
    perPerson: integer(),
    code: text().notNull().default(""),
    isForMembers: boolean().notNull().default(false),
    groupName: text(),
    isDonation: boolean().notNull().default(false),
    isClosed: boolean().notNull().default(false),
  },
  (table) => [
    unique("ticket_types_name").on(table.entryId, table.name),
    check("ticket_types_numbers", sql`${table.priceMinor} >= 0 and ${table.capacity} > 0`),
    check("ticket_types_per_person", sql`${table.perPerson} > 0`),
    oneOf("ticket_types_covers", table.covers, ["whole", "time"]),
    oneOf("ticket_types_vat_class", table.vatClass, VAT_CLASSES),
  ],
);

/**
 * One seat, whoever holds it: a member, or a guest, whom email tells. code is what is shown at the door, and nobody guesses it.
 * occurrenceKey: the time it is for; empty: the entry as a whole. used: somebody came in with it. orderLineId and seat: what it was bought with, one ticket for
 * each piece; null: it was free. batch: what was handed out together. boughtFor: when its time began as it was handed out, null: that does not matter. told: what else its holder was told of that time.
 */
export const tickets = pgTable(
  "tickets",
  {
    id: identity().$type<TicketId>(),
    ticketTypeId: reference()
      .$type<TicketTypeId>()
      .notNull()
      .references(() => ticketTypes.id),
    userId: reference()
      .$type<UserId>()
      .references(() => users.id),
    code: text().notNull().unique(),
    status: text().$type<"valid" | "used" | "cancelled">().notNull().default("valid"),
    occurrenceKey: text().notNull().default(""),
    email: text(),
    holderName: text().notNull().default(""),
    orderLineId: reference().references(() => orderLines.id, { onDelete: "cascade" }),
    seat: integer(),
    batch: text().notNull().default(""),
    priceMinor: integer().notNull().default(0),
    answers: jsonb().$type<TicketAnswers>().notNull().default({}),
    boughtFor: instant(),
    told: text().notNull().default(""),
    transferredAt: instant(),
    cancelledAt: instant(),
    createdAt: createdAt(),
  },
  (table) => [
    oneOf("tickets_status", table.status, ["valid", "used", "cancelled"]),
    check("tickets_holder", sql`num_nonnulls(${table.userId}, ${table.email}) > 0`),
    check("tickets_line", sql`(${table.orderLineId} is null) = (${table.seat} is null)`),
    uniqueIndex("tickets_seat").on(table.orderLineId, table.seat),
    index("tickets_user").on(table.userId),
    index("tickets_type").on(table.ticketTypeId),
    index("tickets_batch").on(table.batch),
  ],
);

/**
 * A pass that is not good any more at a series that the one it was handed out for was parted into; it is at the others. priceMinor: what
 * went back for that.
 */
export const ticketPartsOff = pgTable(
  "ticket_parts_off",
  {
    ticketId: reference()
      .$type<TicketId>()
      .notNull()
      .references(() => tickets.id, { onDelete: "cascade" }),
    entryId: entryKey(),
    priceMinor: integer().notNull(),
    at: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.ticketId, table.entryId] }),
    check("ticket_parts_off_price", sql`${table.priceMinor} >= 0`),
    index("ticket_parts_off_entry").on(table.entryId),
  ],
);

/** Whether a row of tickets, by the name that it has in the query, was given back for a series. */
export function isPartOff(ticket: string, entryId: SQL | CalendarEntryId): SQL {
  return sql`exists (select from ticket_parts_off as part_off where part_off.ticket_id = ${sql.raw(ticket)}.id and part_off.entry_id = ${entryId})`;
}

/** A ticket that went to somebody else: oldCode opens no door any more. */
export const ticketTransfers = pgTable(
  "ticket_transfers",
  {
    id: identity(),
    ticketId: reference()
      .$type<TicketId>()
      .notNull()
      .references(() => tickets.id, { onDelete: "cascade" }),
    oldCode: text().notNull().unique(),
    fromUserId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    at: createdAt(),
  },
  (table) => [index("ticket_transfers_ticket").on(table.ticketId), index("ticket_transfers_from").on(table.fromUserId)],
);

/** Somebody came in. occurrenceKey: to which time; each ticket opens each door once. wasOffline: the door told of it afterwards. */
export const checkIns = pgTable(
  "check_ins",
  {
    id: identity(),
    ticketId: reference()
      .$type<TicketId>()
      .notNull()
      .references(() => tickets.id, { onDelete: "cascade" }),
    occurrenceKey: text().notNull(),
    at: createdAt(),
    byId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    wasOffline: boolean().notNull().default(false),
  },
  (table) => [unique("check_ins_once").on(table.ticketId, table.occurrenceKey), index("check_ins_by").on(table.byId)],
);

/**
 * Who waits for places, in the order of their ids: they are given under the lock of the entry. offered: quantity places are theirs
 * until offeredUntil; taken: they are in a cart, or were free. token: their own address of it.
 */
export const ticketWaits = pgTable(
  "ticket_waits",
  {
    id: identity().$type<TicketWaitId>(),
    ticketTypeId: reference()
      .$type<TicketTypeId>()
      .notNull()
      .references(() => ticketTypes.id, { onDelete: "cascade" }),
    occurrenceKey: text().notNull().default(""),
    userId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "cascade" }),
    email: text(),
    name: text().notNull().default(""),
    quantity: integer().notNull(),
    token: text().notNull().unique(),
    state: text().$type<"waiting" | "offered" | "taken" | "lapsed" | "left">().notNull().default("waiting"),
    offeredUntil: instant(),
    createdAt: createdAt(),
  },
  (table) => [
    oneOf("ticket_waits_state", table.state, ["waiting", "offered", "taken", "lapsed", "left"]),
    check("ticket_waits_holder", sql`num_nonnulls(${table.userId}, ${table.email}) = 1`),
    check("ticket_waits_quantity", sql`${table.quantity} between 1 and 99`),
    check("ticket_waits_offer", sql`(${table.state} <> 'offered') or ${table.offeredUntil} is not null`),
    index("ticket_waits_type").on(table.ticketTypeId, table.occurrenceKey, table.id),
    index("ticket_waits_of_user").on(table.userId),
    uniqueIndex("ticket_waits_user")
      .on(table.userId, table.ticketTypeId, table.occurrenceKey)
      .where(sql`${table.state} in ('waiting', 'offered')`),
    uniqueIndex("ticket_waits_email")
      .on(table.email, table.ticketTypeId, table.occurrenceKey)
      .where(sql`${table.state} in ('waiting', 'offered')`),
  ],
);
