import { sql } from "drizzle-orm";
import type { SlotTime } from "../../contracts/bookings.ts";
import { slotTimesSql } from "../../models/bookings.ts";
import type { CalendarId, RoomId, RoomSlotId } from "../../models/ids.ts";
import { IS_LIVE_CLAIM, LEAVES, relatedTo } from "../calendars/room-claims.ts";
import type { Reads } from "./read-rooms.ts";

/** A time of a slot. key: how the relations name it; isTaken: by what SQL counts. */
export interface ReadTime extends Omit<SlotTime, "state" | "reasons"> {
  readonly key: string;
  readonly calendarId: CalendarId;
  readonly isTaken: boolean;
}

type Row = Omit<ReadTime, "slotId" | "calendarId" | "startsAt" | "endsAt"> & {
  slotId: string;
  calendarId: string;
  startsAt: string;
  endsAt: string;
} & Record<string, unknown>;

/** Whether a text is a day, YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** The times of a room's slots from one day to another, the soonest first. Days that are none give none. */
export async function readSlotTimes(
  from: Reads,
  roomId: RoomId,
  { first, last, slotId = null }: { first: string; last: string; slotId?: RoomSlotId | null },
): Promise<readonly ReadTime[]> {
  if (!isDay(first) || !isDay(last)) return [];
  const { rows } = await from.execute<Row>(sql`
    select slot.id as "slotId", slot.calendar_id as "calendarId", to_char(on_day, 'YYYY-MM-DD') as "on", key,
      starts_at as "startsAt", ends_at as "endsAt", zone, price_minor as "priceMinor", currency, is_for_members as "isForMembers",
      is_moderated as "isModerated", pay_hours as "payHours", refund_hours as "refundHours",
      exists (
        select from (${LEAVES}) as leaves join room_claims as claim on claim.room_id = leaf and claim.during && tstzrange(slot_time.starts_at, slot_time.ends_at)
        left join booking_times on booking_times.id = claim.booking_time_id left join bookings as booking on booking.id = booking_times.booking_id
        where root = ${roomId} and ${IS_LIVE_CLAIM})
      or exists (
        select from room_closures as closure where lifted_at is null and closure.room_id in (select id from (${relatedTo(roomId)}) as related)
          and tstzrange(closure.starts_at, closure.ends_at) && tstzrange(slot_time.starts_at, slot_time.ends_at)) as "isTaken"
    from (${sql.raw(slotTimesSql(`date '${first}'`, `date '${last}'`))}) as slot_time join room_slots as slot on slot.id = slot_time.id
    where slot.room_id = ${roomId} and (${slotId}::bigint is null or slot.id = ${slotId}::bigint) order by starts_at, ends_at, slot.id`);
  return rows.map((row) => ({
    ...row,
    slotId: Number(row.slotId) as RoomSlotId,
    calendarId: Number(row.calendarId) as CalendarId,
    startsAt: new Date(row.startsAt),
    endsAt: new Date(row.endsAt),
  }));
}
