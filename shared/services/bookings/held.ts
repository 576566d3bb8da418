import { sql } from "drizzle-orm";
import type { BookingsService, BookingsShown } from "../../contracts/bookings.ts";
import { type FoundPage, HOLDINGS_PER_PAGE, holdingPage } from "../../contracts/holdings.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { IS_LIVE_BOOKING } from "../../models/bookings.ts";
import { containing } from "../holding-words.ts";
import { readBookings } from "./views.ts";

const SHOWN: Readonly<Record<BookingsShown, { which: string; order: string }>> = {
  ahead: { which: "not is_off and is_ahead", order: "next_at, id" },
  past: { which: "not is_off and not is_ahead", order: "last_at desc, id desc" },
  off: { which: "is_off", order: "last_at desc, id desc" },
};

/** A member's bookings in pages. Times that were given back don't say when a booking is, unless all were. */
export function makeListHeld(deps: ServiceDeps): BookingsService["listHeld"] {
  const { db, clock } = deps;
  return async (userId, shown, ask) => {
    const now = clock.now();
    const at = sql`${now.toISOString()}::timestamptz`;
    const { which, order } = SHOWN[shown];
    const { rows } = await db.execute<FoundPage<number> & Record<string, unknown>>(sql`
      with mine as materialized (
        select booking.id, booking.state in ('declined', 'cancelled') or coalesce(bool_and(its.is_off), true) as is_off,
          coalesce(bool_or(not its.is_off and its.ends_at > ${at}), false) as is_ahead,
          coalesce(min(its.starts_at) filter (where not its.is_off and its.ends_at > ${at}), min(its.starts_at)) as next_at,
          max(its.ends_at) as last_at, booking.zone, room.name || ' ' || booking.purpose as words
        from bookings as booking join rooms as room on room.id = booking.room_id left join booking_times as its on its.booking_id = booking.id
        where booking.user_id = ${userId} and (booking.state <> 'held' or ${sql.raw(IS_LIVE_BOOKING)}) group by booking.id, room.name
      ), shown as (select *, extract(year from next_at at time zone zone)::int as year from mine where ${sql.raw(which)}),
      fit as (select * from shown where (${ask.year}::int is null or year = ${ask.year}) and ${containing(ask.words)})
      select (select count(*)::int from fit) as total,
        (select coalesce(json_agg(year order by year desc), '[]') from (select distinct year from shown where year is not null) as years) as years,
        (select coalesce(json_agg(id order by place), '[]') from (
          select id, row_number() over (order by ${sql.raw(order)}) as place from fit
          order by place limit ${HOLDINGS_PER_PAGE} offset ${(ask.page - 1) * HOLDINGS_PER_PAGE}) as page) as items`);
    const found = rows[0] ?? { items: [], total: 0, years: [] };
    const views =
      found.items.length === 0 ? [] : await readBookings(db, sql`booking.id = any(${sql.param([...found.items])}::bigint[])`, now);
    const byId = new Map(views.map(({ view }) => [Number(view.id), { ...view, isHolder: true, isKeeper: false }]));
    return holdingPage(ask, { ...found, items: found.items.flatMap((id) => byId.get(id) ?? []) });
  };
}
