import { BOOKABLE_DAYS, bookings, bookingTimes, roomClosures, roomSlots, slotTimesSql } from "@rose-ash/shared/models/bookings.ts";
import { calendars, rooms } from "@rose-ash/shared/models/calendars.ts";
import type { BookingId, RoomId, RoomSlotId, UserId } from "@rose-ash/shared/models/ids.ts";
import { newBookingCode } from "@rose-ash/shared/services/bookings/book.ts";
import { claimTimes } from "@rose-ash/shared/services/bookings/claims.ts";
import { LEAVES } from "@rose-ash/shared/services/calendars/room-claims.ts";
import { eq, sql } from "drizzle-orm";
import { ZONE } from "../content/calendar.ts";
import { BOOKINGS, CLOSED, SLOTS } from "../content/slots.ts";
import type { SeedContext } from "../context.ts";
import { type Ids, idOf, idsOf } from "../keyed.ts";

/** As slots have it by default. */
const PAY_HOURS = 48;

/** Offers rooms at times of the week, with a few bookings and one that is closed, where nobody offers any. Gives how many times. */
export async function writeSlots(context: SeedContext, people: Ids<UserId>): Promise<number> {
  const { tx } = context;
  if ((await tx.$count(roomSlots)) > 0) return 0;
  const roomIds = idsOf(await tx.select({ key: rooms.slug, id: rooms.id }).from(rooms));
  const calendarIds = idsOf(await tx.select({ key: calendars.slug, id: calendars.id }).from(calendars));
  const firstOn = context.now.toISOString().slice(0, 10);
  const slotIds = new Map<string, RoomSlotId>();
  for (const { key, room, calendar, ...slot } of SLOTS) {
    const row = { ...slot, roomId: idOf(roomIds, room), calendarId: idOf(calendarIds, calendar), zone: ZONE, firstOn };
    const [made] = await tx.insert(roomSlots).values(row).returning({ id: roomSlots.id });
    if (made) slotIds.set(key, made.id);
  }
  for (const { slot, who, ...booking } of BOOKINGS)
    await writeBooking(context, idOf(slotIds, slot), { ...booking, userId: idOf(people, who) });
  const [closed] = await freeTimes(context, idOf(slotIds, CLOSED.slot));
  if (closed)
    await tx.insert(roomClosures).values({
      ...{ roomId: closed.roomId, startsAt: closed.startsAt, endsAt: closed.endsAt, reason: CLOSED.reason },
      closedById: idOf(people, CLOSED.by),
    });
  return SLOTS.length;
}

async function writeBooking(
  context: SeedContext,
  slotId: RoomSlotId,
  { userId, purpose, weeks, isApproved = false }: { userId: UserId; purpose: string; weeks: number; isApproved?: boolean },
): Promise<void> {
  const { tx, now } = context;
  const times = (await freeTimes(context, slotId)).slice(0, weeks);
  const [first] = times;
  if (first === undefined) return;
  const [made] = await tx
    .insert(bookings)
    .values({
      ...{ slotId, roomId: first.roomId, zone: ZONE, code: newBookingCode(), userId, purpose },
      ...(first.isModerated ? { state: isApproved ? ("approved" as const) : ("requested" as const) } : { state: "confirmed" as const }),
      ...(first.isModerated && { agreedMinor: first.priceMinor }),
      ...(isApproved && { payUntil: new Date(now.getTime() + PAY_HOURS * 3_600_000) }),
    })
    .returning({ id: bookings.id });
  const id: BookingId | undefined = made?.id;
  if (id === undefined) return;
  await tx.insert(bookingTimes).values(times.map(({ startsAt, endsAt }) => ({ bookingId: id, startsAt, endsAt })));
  if (!(await claimTimes(tx, id, { isHeld: isApproved, now }))) await tx.delete(bookings).where(eq(bookings.id, id));
}

interface FreeTime {
  readonly roomId: RoomId;
  readonly isModerated: boolean;
  readonly priceMinor: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** From three days ahead, times at which nobody has the room. */
async function freeTimes({ tx, now }: SeedContext, slotId: RoomSlotId): Promise<readonly FreeTime[]> {
  const today = `date '${now.toISOString().slice(0, 10)}'`;
  const { rows } = await tx.execute<{ roomId: string; isModerated: boolean; priceMinor: number; startsAt: string; endsAt: string }>(sql`
    select slot.room_id as "roomId", is_moderated as "isModerated", price_minor as "priceMinor", starts_at as "startsAt", ends_at as "endsAt"
    from (${sql.raw(slotTimesSql(`(${today} + 3)`, `(${today} + ${BOOKABLE_DAYS})`))}) as slot_time join room_slots as slot on slot.id = slot_time.id
    where slot.id = ${slotId} and not exists (
      select from room_claims join (${LEAVES}) as leaves on leaf = room_claims.room_id and root = slot.room_id
      where during && tstzrange(starts_at, ends_at)) order by starts_at limit 10`);
  return rows.map((row) => ({
    roomId: Number(row.roomId) as RoomId,
    isModerated: row.isModerated,
    priceMinor: row.priceMinor,
    startsAt: new Date(row.startsAt),
    endsAt: new Date(row.endsAt),
  }));
}
