import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { IS_LIVE_BOOKING } from "../../models/bookings.ts";
import type { BookingId } from "../../models/ids.ts";
import { placeUnplaced } from "../calendars/keep-occurrences.ts";
import { freeTimes, takeTurn } from "./claims.ts";
import { tellOfBooking } from "./tell.ts";

const AT_ONCE = 50;

/**
 * Ends what was approved and not paid for in time. Looked at again under the lock of each: whoever orders one at this moment keeps it.
 * Entries that waited for the room get it; its holder and whoever looks after it hear of it.
 */
export async function endUnpaid(tx: Tx, deps: ServiceDeps): Promise<void> {
  const isLapsed = sql`booking.state = 'approved' and booking.pay_until <= now() and not ${sql.raw(IS_LIVE_BOOKING)}`;
  const seen = await tx.execute<{ id: string }>(
    sql`select id from bookings as booking where ${isLapsed} order by pay_until, id limit ${AT_ONCE}`,
  );
  if (seen.rows.length === 0) return;
  await takeTurn(tx);
  const ids = sql.param(seen.rows.map(({ id }) => Number(id)));
  await tx.execute(sql`select id from bookings where id = any(${ids}::bigint[]) order by id for no key update`);
  const { rows } = await tx.execute<{ id: string }>(sql`
    update bookings as booking set state = 'cancelled', note = '' where id = any(${ids}::bigint[]) and ${isLapsed} returning id`);
  for (const row of rows) {
    const id = Number(row.id) as BookingId;
    await freeTimes(tx, id);
    await tellOfBooking(tx, deps, { id, by: null, type: "Delete", who: "time" });
  }
  if (rows.length === 0) return;
  await placeUnplaced(tx, deps.clock.now());
  purgeOnCommit(tx, ["calendar"]);
}
