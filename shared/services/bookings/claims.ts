import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { IS_LIVE_BOOKING } from "../../models/bookings.ts";
import type { BookingId } from "../../models/ids.ts";
import { dropLapsed, LEAVES } from "../calendars/room-claims.ts";

/** For so long nobody else gets a room that somebody puts into the cart. */
export const HOLD_MINUTES = 15;

/** Whoever books takes turns, so that two carts with two rooms never wait for each other. After the cart's or the order's row, before the booking's. */
export async function takeTurn(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('room bookings', 0))`);
}

/**
 * Claims the rooms of a booking's times that are to come, one row a leaf, all of them or none; the exclusion constraint decides.
 * isHeld: for as long as its cart or order holds it. False: somebody else has one of them, or it is closed.
 */
export async function claimTimes(tx: Tx, id: BookingId, { isHeld, now }: { isHeld: boolean; now: Date }): Promise<boolean> {
  const wanted = sql`
    select booking_times.id, leaf, tstzrange(starts_at, ends_at) as during
    from booking_times join bookings on bookings.id = booking_id join (${LEAVES}) as leaves on root = bookings.room_id
    where booking_id = ${id} and not is_off and ends_at > ${now.toISOString()}::timestamptz`;
  const until = isHeld ? sql`clock_timestamp() + make_interval(mins => ${HOLD_MINUTES}::int)` : sql`null::timestamptz`;
  const own = sql`booking_time_id in (select id from booking_times where booking_id = ${id})`;
  const { rows } = await tx.execute<{ wanted: number; kept: number }>(sql`
    with kept as (update room_claims set expires_at = ${until} where ${own} returning room_id, booking_time_id)
    select count(*)::int as wanted, count(kept.room_id)::int as kept
    from (${wanted}) as wanted left join kept on kept.booking_time_id = wanted.id and kept.room_id = wanted.leaf`);
  const [counted] = rows;
  if (counted === undefined || counted.wanted === 0) return false;
  if (counted.kept === counted.wanted) return true;
  await tx.execute(sql`delete from room_claims where ${own}`);
  await dropLapsed(tx, wanted, now);
  const made = await tx.execute(sql`
    insert into room_claims (room_id, during, booking_time_id, expires_at)
    select leaf, during, id, ${until} from (${wanted}) as wanted order by leaf, during
    on conflict do nothing returning id`);
  if (made.rows.length === counted.wanted) return true;
  await tx.execute(sql`delete from room_claims where ${own}`);
  return false;
}

/** Gives back the rooms of a booking's times that are off, or of all where none of it stands any more. What a cart holds anew stays. */
export async function freeTimes(tx: Tx, id: BookingId): Promise<void> {
  await tx.execute(sql`
    delete from room_claims using booking_times, bookings as booking
    where booking_times.id = booking_time_id and booking.id = booking_id and booking.id = ${id}
      and (is_off or not ${sql.raw(IS_LIVE_BOOKING)})`);
}
