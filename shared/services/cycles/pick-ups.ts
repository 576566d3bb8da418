import { type SQL, sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import type { CyclesService, DeliveryRule, PickUpResult } from "../../contracts/cycles.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { OrderCycleId, OrderId, PickUpId } from "../../models/ids.ts";
import { isOwnedBy } from "../cart/owner.ts";
import { HOLDING } from "./sql.ts";

/** A pick-up as pickUpsJson gives it: instants are text. */
export interface PickUpRow {
  id: number;
  place: string;
  startsAt: string;
  endsAt: string;
  left: number | null;
  delivery: DeliveryRule | null;
}

/** Purchases that are to be fetched at a pick-up; those that were called off, or paid back, leave their place. */
const chosen = (pickUp: string) =>
  sql`(select count(distinct coalesce(orders.purchase, orders.reference))::int from order_pick_ups join orders on orders.id = order_pick_ups.order_id
    where order_pick_ups.pick_up_id = ${sql.raw(pickUp)}.id and orders.status in (${HOLDING}))`;

/** The pick-ups of the cycle in this row that are not over, as json, in their order. */
export function pickUpsJson(cycle: string): SQL {
  return sql`(
    select coalesce(json_agg(json_build_object('id', pick_ups.id, 'place', place, 'startsAt', starts_at, 'endsAt', ends_at,
      'delivery', case when fee_minor is not null then json_build_object('feeMinor', fee_minor, 'freeFromMinor', free_from_minor, 'areas', areas) end,
      'left', case when capacity is not null then greatest(0, capacity - ${chosen("pick_ups")}) end) order by starts_at, pick_ups.id), '[]'::json)
    from pick_ups where pick_ups.cycle_id = ${sql.raw(cycle)}.id and ends_at > now())`;
}

/** A pick-up as contracts have it. */
export function pickUpOf({ id, startsAt, endsAt, ...row }: PickUpRow) {
  return { ...row, id: id as PickUpId, startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
}

interface CycleRow extends Record<string, unknown> {
  cycleId: string;
  name: string;
  zone: string;
  closesAt: string;
  pickUps: PickUpRow[];
}

/** The cycles in a cart with their pick-ups. */
export function makePickUpsFor({ db }: ServiceDeps): CyclesService["pickUpsFor"] {
  return async (owner: CartOwner) => {
    const { rows } = await db.execute<CycleRow>(sql`
      select cycle.id as "cycleId", cycle.name, cycle.zone, cycle.closes_at as "closesAt", ${pickUpsJson("cycle")} as "pickUps"
      from order_cycles as cycle where cycle.id in (
        select lot.cycle_id from carts join cart_lines on cart_lines.cart_id = carts.id join cycle_lots as lot on lot.id = cart_lines.lot_id
        where ${isOwnedBy(owner)})
      order by cycle.closes_at, cycle.id`);
    return rows.map(({ cycleId, closesAt, pickUps, ...row }) => ({
      ...row,
      cycleId: Number(cycleId) as OrderCycleId,
      closesAt: new Date(closesAt),
      pickUps: pickUps.map(pickUpOf),
    }));
  };
}

/** The pick-up is locked first, so that its last place is taken once; an order that has it keeps it. */
export async function choosePickUp(
  tx: Tx,
  { orderId, cycleId, pickUpId, address }: { orderId: OrderId; cycleId: OrderCycleId; pickUpId: PickUpId; address: string },
): Promise<PickUpResult> {
  const locked = await tx.execute(
    sql`select id from pick_ups where id = ${pickUpId} and cycle_id = ${cycleId} and ends_at > now() for update`,
  );
  if (locked.rows.length === 0) return "gone";
  const { rows } = await tx.execute(sql`
    insert into order_pick_ups (order_id, cycle_id, pick_up_id, address)
    select ${orderId}, ${cycleId}, pick_ups.id, ${address} from pick_ups
    where pick_ups.id = ${pickUpId} and coalesce(capacity > (
      select count(distinct coalesce(orders.purchase, orders.reference)) from order_pick_ups join orders on orders.id = order_pick_ups.order_id
      join orders as own on own.id = ${orderId}
      where order_pick_ups.pick_up_id = pick_ups.id and orders.status in (${HOLDING})
        and coalesce(orders.purchase, orders.reference) <> coalesce(own.purchase, own.reference)), true)
    on conflict (order_id, cycle_id) do update set pick_up_id = excluded.pick_up_id, address = excluded.address
    returning pick_up_id`);
  return rows.length === 0 ? "full" : "chosen";
}

/** The rule by which a choice is brought. */
export async function findDelivery(tx: Tx, pickUpId: PickUpId): Promise<(DeliveryRule & { place: string }) | null> {
  const { rows } = await tx.execute<DeliveryRule & { place: string } & Record<string, unknown>>(sql`
    select place, fee_minor as "feeMinor", free_from_minor as "freeFromMinor", areas from pick_ups where id = ${pickUpId} and fee_minor is not null`);
  return rows[0] ?? null;
}
