import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { IS_LIVE_BOOKING } from "../../models/bookings.ts";
import type { RoomId } from "../../models/ids.ts";

/** The rooms inside a room that have none inside them (root, leaf), itself where it has none. */
export const LEAVES = sql`
  with recursive inside as (
    select id as root, id from rooms union all select inside.root, rooms.id from rooms join inside on rooms.within_id = inside.id
  )
  select root, id as leaf from inside where not exists (select from rooms as inner_room where inner_room.within_id = inside.id)`;

/** Rooms that can't be had while a room is closed, or that keep it closed: itself, those inside it and those around it (id, lies). */
export function relatedTo(roomId: RoomId | SQL): SQL {
  return sql`
    with recursive inside as (
      select rooms.id from rooms where id = ${roomId} union select rooms.id from rooms join inside on rooms.within_id = inside.id
    ), around as (
      select id, within_id from rooms where id = ${roomId} union select rooms.id, rooms.within_id from rooms join around on rooms.id = around.within_id
    )
    select id, case when id = ${roomId} then 'itself' else 'inside' end as lies from inside
    union select id, 'around' from around where id <> ${roomId}`;
}

/** SQL: whether a row of room_claims called claim still holds, with its booking, if it has one, called booking. */
export const IS_LIVE_CLAIM = sql`(claim.expires_at is null
  or case when claim.booking_time_id is null then claim.expires_at > now() else ${sql.raw(IS_LIVE_BOOKING)} end)`;

/**
 * Takes away claims that were only held, and are no longer, where they overlap with what is wanted: a query of leaf and during. The
 * bookings are locked, and looked at again then: whoever orders one at this moment keeps it.
 */
export async function dropLapsed(tx: Tx, wanted: SQL, now: Date): Promise<void> {
  await tx.execute(sql`
    delete from room_claims using (${wanted}) as wanted
    where room_claims.room_id = wanted.leaf and room_claims.during && wanted.during
      and booking_time_id is null and expires_at <= ${now.toISOString()}::timestamptz`);
  const { rows } = await tx.execute<{ id: string }>(sql`
    select booking.id from bookings as booking where not ${sql.raw(IS_LIVE_BOOKING)} and booking.id in (
      select booking_times.booking_id from (${wanted}) as wanted
      join room_claims on room_claims.room_id = wanted.leaf and room_claims.during && wanted.during
      join booking_times on booking_times.id = room_claims.booking_time_id)
    order by booking.id for no key update`);
  if (rows.length === 0) return;
  const ids = sql.param(rows.map(({ id }) => Number(id)));
  await tx.execute(sql`
    delete from room_claims using booking_times, bookings as booking
    where booking_times.id = booking_time_id and booking.id = booking_times.booking_id and booking.id = any(${ids}::bigint[])
      and not ${sql.raw(IS_LIVE_BOOKING)}`);
}

/** Claims anew what bookings of these rooms have: their tree was changed. */
export async function reclaimBookings(tx: Tx, roomIds: readonly number[], now: Date): Promise<void> {
  const mine = sql`
    select booking_times.id, leaf, tstzrange(starts_at, ends_at) as during, booking.state
    from booking_times join bookings as booking on booking.id = booking_id join (${LEAVES}) as leaves on root = booking.room_id
    where booking.room_id = any(${sql.param([...roomIds])}::bigint[]) and not is_off and ends_at > ${now.toISOString()}::timestamptz
      and ${sql.raw(IS_LIVE_BOOKING)}`;
  await tx.execute(sql`
    delete from room_claims using booking_times, bookings
    where booking_times.id = booking_time_id and bookings.id = booking_id and bookings.room_id = any(${sql.param([...roomIds])}::bigint[])
      and ends_at > ${now.toISOString()}::timestamptz`);
  await tx.execute(sql`
    insert into room_claims (room_id, during, booking_time_id, expires_at)
    select leaf, during, id, case when state in ('held', 'approved') then now() + interval '15 minutes' end from (${mine}) as mine order by leaf, during
    on conflict do nothing`);
}
