import { sql } from "drizzle-orm";
import { boolean, check, date, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { calendars, rooms } from "./calendars.ts";
import { orderLines } from "./cart.ts";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { BookingId, BookingTimeId, CalendarId, RoomClosureId, RoomId, RoomSlotId, UserId } from "./ids.ts";
import { PAID_STATUSES } from "./order-states.ts";
import { VAT_CLASSES, type VatClass } from "./vat.ts";

/** Of the lines of carts and orders that stand for a booking; their ref is the booking's id in twelve digits. */
export const ROOM_KIND = "room";

const roomKey = () =>
  reference()
    .$type<RoomId>()
    .notNull()
    .references(() => rooms.id);

/**
 * A time of the week at which a room is offered. weekday: 1 is Monday; startsTime: what the clocks of zone show, HH:MM; priceMinor: for each time.
 * calendarId: whose keepers look after it, and whose page's merchant is paid. isModerated: a keeper says yes first; of what costs something
 * it is paid after that, within payHours. refundHours: so long before it begins a paid time can be given back; null: never. Bookings have
 * their own times: what is changed here is for those to come.
 */
export const roomSlots = pgTable(
  "room_slots",
  {
    id: identity().$type<RoomSlotId>(),
    roomId: roomKey(),
    calendarId: reference()
      .$type<CalendarId>()
      .notNull()
      .references(() => calendars.id),
    weekday: integer().notNull(),
    startsTime: text().notNull(),
    minutes: integer().notNull(),
    zone: text().notNull(),
    priceMinor: integer().notNull().default(0),
    currency: text().notNull().default("GBP"),
    vatClass: text().$type<VatClass>().notNull().default("standard"),
    isForMembers: boolean().notNull().default(true),
    isModerated: boolean().notNull().default(false),
    payHours: integer().notNull().default(48),
    refundHours: integer().default(48),
    firstOn: date().notNull(),
    lastOn: date(),
    isClosed: boolean().notNull().default(false),
    revision: integer().notNull().default(1),
  },
  (table) => [
    check("room_slots_starts_time", sql`${table.startsTime} ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'`),
    check("room_slots_numbers", sql`${table.weekday} between 1 and 7 and ${table.minutes} between 15 and 1440`),
    check("room_slots_price", sql`${table.priceMinor} >= 0`),
    check("room_slots_pay_hours", sql`${table.payHours} between 1 and 720`),
    check("room_slots_refund", sql`${table.refundHours} between 0 and 2000`),
    check("room_slots_days", sql`${table.lastOn} >= ${table.firstOn}`),
    oneOf("room_slots_vat_class", table.vatClass, VAT_CLASSES),
    index("room_slots_room").on(table.roomId),
    index("room_slots_calendar").on(table.calendarId),
  ],
);

export const BOOKING_STATES = ["held", "requested", "approved", "confirmed", "declined", "cancelled"] as const;
export type BookingState = (typeof BOOKING_STATES)[number];

/**
 * A room for somebody, at one time or at several. held: it is in a cart or an order that waits for money; requested: a keeper decides;
 * approved: a keeper said yes, and it is to be paid until payUntil. agreedMinor: what each time costs, as it was when somebody asked; null:
 * as its slot costs. code: its address, which nobody guesses; a member's opens to that member only. note: what a keeper said as they decided.
 */
export const bookings = pgTable(
  "bookings",
  {
    id: identity().$type<BookingId>(),
    slotId: reference()
      .$type<RoomSlotId>()
      .notNull()
      .references(() => roomSlots.id),
    roomId: roomKey(),
    code: text().notNull().unique(),
    state: text().$type<BookingState>().notNull(),
    userId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "cascade" }),
    email: text(),
    holderName: text().notNull().default(""),
    purpose: text().notNull(),
    zone: text().notNull(),
    agreedMinor: integer(),
    payUntil: instant(),
    orderLineId: reference().references(() => orderLines.id, { onDelete: "set null" }),
    note: text().notNull().default(""),
    decidedById: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (table) => [
    unique("bookings_order_line").on(table.orderLineId),
    oneOf("bookings_state", table.state, BOOKING_STATES),
    check("bookings_holder", sql`${table.state} = 'held' or num_nonnulls(${table.userId}, ${table.email}) > 0`),
    check("bookings_agreed", sql`${table.agreedMinor} >= 0`),
    check("bookings_approved", sql`${table.state} <> 'approved' or num_nonnulls(${table.payUntil}, ${table.agreedMinor}) = 2`),
    index("bookings_slot").on(table.slotId),
    index("bookings_room").on(table.roomId),
    index("bookings_user").on(table.userId),
    index("bookings_decided_by").on(table.decidedById),
    index("bookings_requested").on(table.createdAt).where(sql`${table.state} = 'requested'`),
    index("bookings_approved_until").on(table.payUntil).where(sql`${table.state} = 'approved'`),
  ],
);

/** One time of a booking. priceMinor: what was paid for it. isOff: it was given back, or called off. */
export const bookingTimes = pgTable(
  "booking_times",
  {
    id: identity().$type<BookingTimeId>(),
    bookingId: reference()
      .$type<BookingId>()
      .notNull()
      .references(() => bookings.id, { onDelete: "cascade" }),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    priceMinor: integer().notNull().default(0),
    isOff: boolean().notNull().default(false),
  },
  (table) => [
    unique("booking_times_once").on(table.bookingId, table.startsAt),
    check("booking_times_order", sql`${table.endsAt} > ${table.startsAt}`),
    index("booking_times_ends").on(table.endsAt),
  ],
);

/**
 * A room that is closed by hand, and what is in it and around it with it. endsAt null: until somebody opens it. Several may overlap: each
 * is a reason of its own, and lifting one frees what no other holds. That nobody claims a closed room is seen to by a trigger.
 */
export const roomClosures = pgTable(
  "room_closures",
  {
    id: identity().$type<RoomClosureId>(),
    roomId: roomKey(),
    startsAt: instant().notNull(),
    endsAt: instant(),
    reason: text().notNull(),
    closedById: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    liftedAt: instant(),
  },
  (table) => [
    check("room_closures_order", sql`${table.endsAt} > ${table.startsAt}`),
    check("room_closures_reason", sql`${table.reason} <> ''`),
    index("room_closures_room").on(table.roomId),
    index("room_closures_closed_by").on(table.closedById),
  ],
);

const COUNTING = [...PAID_STATUSES, "pending_payment"].map((status) => `'${status}'`).join(", ");

/** SQL: whether an order that waits for its money, or is paid, has what a row called booking has. */
export const IS_ORDERED_BOOKING = `exists (select from order_lines join orders on orders.id = order_lines.order_id
    where order_lines.kind = '${ROOM_KIND}' and order_lines.ref = lpad(booking.id::text, 12, '0') and orders.status in (${COUNTING}))`;

/**
 * SQL: whether nobody else can have what a row called booking has. What is held counts as the cart and its orders say, what is approved
 * until it was to be paid and while an order has it, so that nothing has to be swept to be right.
 */
export const IS_LIVE_BOOKING = `(booking.state in ('requested', 'confirmed') or booking.state = 'approved' and booking.pay_until > now()
  or booking.state = 'held' and exists (select from cart_lines
    where cart_lines.kind = '${ROOM_KIND}' and cart_lines.ref = lpad(booking.id::text, 12, '0') and cart_lines.held_until > now())
  or booking.state in ('held', 'approved') and ${IS_ORDERED_BOOKING})`;

/** A Monday, from which weeks are counted. */
export const WEEKS_FROM = "2001-01-01";

/** Days ahead for which rooms can be booked. */
export const BOOKABLE_DAYS = 190;

/**
 * SQL: the times of all slots that are offered on days from `first` to `last`, two expressions of dates: id, room_id, on_day, key,
 * starts_at, ends_at, week. key: how the relations name such a time; week: counted from WEEKS_FROM.
 */
export function slotTimesSql(first: string, last: string): string {
  return `select slot.id, slot.room_id, day.on_day, 'slot ' || slot.id || ' on ' || to_char(day.on_day, 'YYYY-MM-DD') as key,
      (day.on_day - date '${WEEKS_FROM}') / 7 as week,
      (day.on_day + slot.starts_time::time) at time zone slot.zone as starts_at,
      (day.on_day + slot.starts_time::time) at time zone slot.zone + make_interval(mins => slot.minutes) as ends_at
    from room_slots as slot cross join (select ${first} + n as on_day from generate_series(0, ${last} - ${first}) as n) as day
    where extract(isodow from day.on_day) = slot.weekday and not slot.is_closed and day.on_day >= slot.first_on
      and day.on_day <= coalesce(slot.last_on, day.on_day)`;
}
