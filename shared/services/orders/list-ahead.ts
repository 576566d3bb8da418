import { sql } from "drizzle-orm";
import type { OrdersService, PickUpAhead } from "../../contracts/orders.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { PAID_STATUSES } from "../../models/order-states.ts";

type Row = Omit<PickUpAhead, "startsAt" | "endsAt"> & { startsAt: string; endsAt: string } & Record<string, unknown>;

/** Those in which what was bought is still to be fetched. */
const WAITING = PAID_STATUSES.filter((status) => status !== "collected" && status !== "done");

/** What a member has to fetch, or gets brought, next. */
export function makeListPickUpsAhead({ db }: Pick<ServiceDeps, "db">): OrdersService["listPickUpsAhead"] {
  const waiting = sql.raw(WAITING.map((status) => `'${status}'`).join(", "));
  return async (userId, limit) => {
    const { rows } = await db.execute<Row>(sql`
      select orders.reference, orders.status, cycle.name as cycle, pick_ups.place, pick_ups.starts_at as "startsAt", pick_ups.ends_at as "endsAt",
        cycle.zone, pick_ups.fee_minor is not null as "isBrought"
      from orders join order_pick_ups on order_pick_ups.order_id = orders.id join pick_ups on pick_ups.id = order_pick_ups.pick_up_id
      join order_cycles as cycle on cycle.id = pick_ups.cycle_id
      where orders.user_id = ${userId} and orders.status in (${waiting}) and pick_ups.ends_at > now()
      order by pick_ups.starts_at, orders.id limit ${limit}`);
    return rows.map((row) => ({ ...row, startsAt: new Date(row.startsAt), endsAt: new Date(row.endsAt) }));
  };
}
