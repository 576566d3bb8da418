import { type SQL, sql } from "drizzle-orm";
import type { BookingTimeView, BookingView } from "../../contracts/bookings.ts";
import { type BookingState, IS_LIVE_BOOKING, IS_ORDERED_BOOKING } from "../../models/bookings.ts";
import type { BookingId, BookingTimeId, CalendarId, OrderId, RoomId, UserId } from "../../models/ids.ts";
import type { Reads } from "./read-rooms.ts";

/** A booking with what its holder and keepers are not shown of it as such. */
export interface FoundBooking {
  readonly view: Omit<BookingView, "isHolder" | "isKeeper">;
  readonly userId: UserId | null;
  readonly email: string | null;
  readonly roomId: RoomId;
  readonly calendarId: CalendarId;
  readonly orderId: OrderId | null;
  readonly slotPriceMinor: number;
}

interface Row extends Record<string, unknown> {
  id: string;
  code: string;
  state: BookingState;
  isLive: boolean;
  room: BookingView["room"];
  roomId: string;
  calendarId: string;
  purpose: string;
  holderName: string;
  note: string;
  zone: string;
  currency: string;
  orderId: string | null;
  orderReference: string | null;
  refundHours: number | null;
  agreedMinor: number | null;
  payUntil: string | null;
  isOrdered: boolean;
  slotPriceMinor: number;
  userId: string | null;
  email: string | null;
  times: readonly { id: number; startsAt: string; endsAt: string; priceMinor: number; isOff: boolean }[];
}

/** Bookings that fit; the row of bookings is called booking, that of slots slot. */
export async function readBookings(
  from: Reads,
  which: SQL,
  now: Date,
  more: SQL = sql`order by booking.id`,
): Promise<readonly FoundBooking[]> {
  const { rows } = await from.execute<Row>(sql`
    select booking.id, booking.code, booking.state, ${sql.raw(IS_LIVE_BOOKING)} as "isLive", ${sql.raw(IS_ORDERED_BOOKING)} as "isOrdered", json_build_object('name', room.name, 'slug', room.slug) as room,
      booking.room_id as "roomId", slot.calendar_id as "calendarId", booking.purpose, coalesce(nullif(booking.holder_name, ''), users.name, '') as "holderName",
      booking.note, booking.zone, slot.currency, placed.id as "orderId", placed.reference as "orderReference", slot.refund_hours as "refundHours",
      booking.agreed_minor as "agreedMinor", booking.pay_until as "payUntil", slot.price_minor as "slotPriceMinor", booking.user_id as "userId",
      coalesce(booking.email, (select email from user_emails where user_id = booking.user_id and is_primary)) as email,
      (select json_agg(json_build_object('id', its.id, 'startsAt', its.starts_at, 'endsAt', its.ends_at, 'priceMinor', its.price_minor, 'isOff', its.is_off)
        order by its.starts_at, its.id) from booking_times as its where its.booking_id = booking.id) as times
    from bookings as booking join rooms as room on room.id = booking.room_id join room_slots as slot on slot.id = booking.slot_id
    left join users on users.id = booking.user_id left join order_lines as line on line.id = booking.order_line_id
    left join orders as placed on placed.id = line.order_id
    where ${which} ${more}`);
  return rows.map((row) => foundOf(row, now));
}

function foundOf(row: Row, now: Date): FoundBooking {
  const { id, times, roomId, calendarId, orderId, slotPriceMinor, agreedMinor, payUntil, userId, email, ...view } = row;
  const isPaid = times.some(({ priceMinor }) => priceMinor > 0);
  const isDue = row.state === "requested" || row.state === "approved";
  return {
    view: {
      ...view,
      id: Number(id) as BookingId,
      isPaid,
      dueMinor: isDue ? (agreedMinor ?? 0) * times.filter(({ isOff }) => !isOff).length : 0,
      payUntil: payUntil === null ? null : new Date(payUntil),
      times: times.map((time) => timeOf(time, row, now)),
    },
    userId: userId === null ? null : (Number(userId) as UserId),
    email,
    roomId: Number(roomId) as RoomId,
    calendarId: Number(calendarId) as CalendarId,
    orderId: orderId === null ? null : (Number(orderId) as OrderId),
    slotPriceMinor,
  };
}

/** What was paid for is given back so long before as its slot says, what was not until it begins. */
function timeOf(time: Row["times"][number], { state, isLive, refundHours }: Row, now: Date): BookingTimeView {
  const startsAt = new Date(time.startsAt);
  const endsAt = new Date(time.endsAt);
  const until = time.priceMinor === 0 ? startsAt.getTime() : refundHours === null ? 0 : startsAt.getTime() - refundHours * 3_600_000;
  const stands = !time.isOff && isLive && state !== "held";
  return {
    ...{ id: time.id as BookingTimeId, startsAt, endsAt, priceMinor: time.priceMinor },
    isOff: time.isOff || state === "cancelled" || state === "declined",
    isOver: endsAt <= now,
    canGiveBack: stands && until > now.getTime(),
  };
}
