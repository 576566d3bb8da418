import { type SQL, sql } from "drizzle-orm";
import { HOLD_MINUTES } from "../../contracts/cycles.ts";
import type { CaseProgress } from "../../contracts/product-card.ts";
import { PAID_STATUSES } from "../../models/order-states.ts";

/** Statuses of orders whose pieces and pick-ups nobody else can have: paid, or about to be. */
export const HOLDING = sql.raw([...PAID_STATUSES, "pending_payment"].map((status) => `'${status}'`).join(", "));

/** Until when what is taken now is held. */
export const heldFromNow = sql.raw(`clock_timestamp() + interval '${HOLD_MINUTES} minutes'`);

/** Whether the cycle in this row can be ordered from. For reads: the transaction's beginning counts. */
export function isOpen(cycle: string): SQL {
  return sql.raw(`(${cycle}.opens_at <= now() and now() < ${cycle}.closes_at and ${cycle}.done_at is null)`);
}

/** The same for whoever locks the row: the clock of this moment, as the transaction may have waited for something else before. */
export function isOpenAtLast(cycle: string): SQL {
  return sql.raw(`(${cycle}.opens_at <= clock_timestamp() and clock_timestamp() < ${cycle}.closes_at and ${cycle}.done_at is null)`);
}

/** Whether the cycle sells the product: by itself, or all of its supplier's. Names of rows of order_cycles and products. */
export function sells(cycle: string, product: string): SQL {
  return sql.raw(`(${product}.is_on_sale and (exists (select from cycle_suppliers where cycle_id = ${cycle}.id and supplier_id = ${product}.supplier_id)
    or exists (select from cycle_products where cycle_id = ${cycle}.id and product_id = ${product}.id)))`);
}

/**
 * Pieces of a lot that nobody else can have: in orders, and in carts that still hold them, but for one line. lot and exceptLine name
 * rows of the statement around, which none may call ordered, its_order or in_cart.
 */
export function takenOf(lot: SQL, exceptLine: SQL = sql`0`): SQL {
  return sql`((select coalesce(sum(ordered.quantity), 0)::int from order_lines as ordered join orders as its_order on its_order.id = ordered.order_id
      where ordered.lot_id = ${lot} and its_order.status in (${HOLDING}))
    + (select coalesce(sum(in_cart.quantity), 0)::int from cart_lines as in_cart
      where in_cart.lot_id = ${lot} and in_cart.held_until > now() and in_cart.id <> ${exceptLine}))`;
}

/** Pieces of which a lot has no more; null: no limit. Names of rows of cycle_lots and products. */
export function limitOf(lot: string, product: string): SQL {
  return sql.raw(`(${lot}.max_cases * coalesce(${product}.case_size, 1))`);
}

/**
 * How the product in this row can be had by order, as json for offerOf; null: in no cycle that is open or to come. An open one
 * goes before one to come, the earlier before the later. more: further members of the object, each with a comma before it.
 */
export function offerJson(product: string, more: SQL = sql``): SQL<OfferRow | null> {
  return sql`(
    select json_build_object('cycleId', cycle.id, 'name', cycle.name, 'zone', cycle.zone, 'opensAt', cycle.opens_at, 'closesAt', cycle.closes_at,
      'isOpen', ${isOpen("cycle")}, 'caseSize', ${sql.raw(product)}.case_size, 'taken', coalesce(${takenOf(sql`lot.id`)}, 0),
      'limit', ${limitOf("lot", product)}${more})
    from order_cycles as cycle left join cycle_lots as lot on lot.cycle_id = cycle.id and lot.product_id = ${sql.raw(product)}.id
    where cycle.closes_at > now() and cycle.done_at is null and ${sells("cycle", product)}
    order by ${isOpen("cycle")} desc, case when ${isOpen("cycle")} then cycle.closes_at else cycle.opens_at end, cycle.id limit 1)`;
}

/** An offer as offerJson gives it: instants are text. taken and limit in pieces. */
export interface OfferRow {
  cycleId: number;
  name: string;
  zone: string;
  opensAt: string;
  closesAt: string;
  isOpen: boolean;
  caseSize: number | null;
  taken: number;
  limit: number | null;
}

/** An offer as contracts have it, before their schema has read it. */
export function offerOf({ caseSize, taken, limit, opensAt, closesAt, ...row }: OfferRow) {
  return {
    ...row,
    opensAt: new Date(opensAt),
    closesAt: new Date(closesAt),
    shares: progressOf(caseSize, taken),
    left: limit === null ? null : Math.max(0, limit - taken),
  };
}

/** How far cases are taken; null: it comes singly. */
export function progressOf(caseSize: number | null, taken: number): CaseProgress | null {
  if (caseSize === null || caseSize < 2) return null;
  const inCase = taken % caseSize;
  return { size: caseSize, full: Math.floor(taken / caseSize), inCase, missing: caseSize - inCase };
}
