import { sql } from "drizzle-orm";
import type { OrderToPick, PickList } from "../../contracts/orders.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { orders } from "../../models/cart.ts";
import { users } from "../../models/identity.ts";
import { buyerName } from "./reads.ts";

interface ListRow extends Record<string, unknown> {
  place: string | null;
  startsAt: string;
  endsAt: string;
  zone: string;
  orders: OrderToPick[];
}

/**
 * What is to be packed from the shelf; what other services sell is packed by nobody. An order that comes partly with a cycle is packed for its first pick-up; what of it comes by
 * order stands on the cycle's own lists.
 */
export async function listToPick(db: ServiceDeps["db"]): Promise<readonly PickList[]> {
  const { rows } = await db.execute<ListRow>(sql`
    with to_pick as (
      select ${orders.id} as id, ${orders.reference} as reference, ${orders.status} as status, ${buyerName} as name,
        (select json_agg(json_build_object('name', line.name, 'quantity', line.quantity) order by line.position)
          from order_lines as line where line.order_id = ${orders.id} and line.lot_id is null and line.kind is null) as lines,
        (select coalesce(json_agg(note.words order by note.id), '[]'::json) from order_notes as note where note.order_id = ${orders.id}) as notes,
        (select pick_ups.id from order_pick_ups join pick_ups on pick_ups.id = pick_up_id where order_id = ${orders.id}
          order by starts_at, pick_ups.id limit 1) as pick_up_id
      from ${orders} left join ${users} on ${users.id} = ${orders.userId} where ${orders.status} in ('paid', 'partly_refunded', 'preparing')
    )
    select place, starts_at as "startsAt", ends_at as "endsAt", cycle.zone, json_agg(json_build_object(
      'reference', reference, 'buyerName', to_pick.name, 'status', status, 'lines', lines, 'notes', notes) order by lower(to_pick.name), to_pick.id) as orders
    from to_pick left join pick_ups on pick_ups.id = pick_up_id left join order_cycles as cycle on cycle.id = pick_ups.cycle_id
    where lines is not null group by pick_ups.id, cycle.id order by starts_at nulls first, pick_ups.id`);
  return rows.map(({ place, startsAt, endsAt, zone, orders: its }) => ({
    pickUp: place === null ? null : { place, zone, startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
    orders: its,
  }));
}
