import { sql } from "drizzle-orm";
import type { CyclesService, ShopCycle } from "../../contracts/cycles.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { OrderCycleId } from "../../models/ids.ts";
import { type PickUpRow, pickUpOf, pickUpsJson } from "./pick-ups.ts";
import { isOpen, takenOf } from "./sql.ts";

const MOST_CASES = 24;
const MOST_CYCLES = 12;

interface Row extends Record<string, unknown>, Omit<ShopCycle, "id" | "opensAt" | "closesAt" | "pickUps"> {
  id: string;
  opensAt: string;
  closesAt: string;
  pickUps: PickUpRow[];
}

/** Cycles that are open or to come, with the cases that wait for a few more shares. */
export function makeListOpenCycles({ db }: ServiceDeps): CyclesService["listOpenCycles"] {
  return async () => {
    const { rows } = await db.execute<Row>(sql`
      select cycle.id, cycle.name, cycle.note, cycle.zone, cycle.opens_at as "opensAt", cycle.closes_at as "closesAt", ${isOpen("cycle")} as "isOpen",
        ${pickUpsJson("cycle")} as "pickUps",
        (select coalesce(json_agg(json_build_object('name', suppliers.name, 'slug', slug) order by lower(suppliers.name), suppliers.id), '[]'::json)
          from cycle_suppliers join suppliers on suppliers.id = supplier_id where cycle_id = cycle.id) as suppliers,
        (select coalesce(json_agg(id order by missing, id), '[]'::json) from (
          select id, case_size - taken % case_size as missing from (
            select products.id, case_size, ${takenOf(sql`lot.id`)} as taken from cycle_lots as lot join products on products.id = lot.product_id
            where lot.cycle_id = cycle.id and case_size > 1 offset 0) as lots
          where taken % case_size > 0 order by missing, id limit ${MOST_CASES}) as begun) as begun,
        (select coalesce(json_agg(product_id order by product_id), '[]'::json) from (
          select product_id from cycle_products where cycle_id = cycle.id order by product_id limit ${MOST_CASES}) as sold) as products
      from order_cycles as cycle where cycle.closes_at > now() and cycle.done_at is null
      order by ${isOpen("cycle")} desc, case when ${isOpen("cycle")} then cycle.closes_at else cycle.opens_at end, cycle.id limit ${MOST_CYCLES}`);
    return rows.map(({ id, opensAt, closesAt, pickUps, ...row }) => ({
      ...row,
      id: Number(id) as OrderCycleId,
      opensAt: new Date(opensAt),
      closesAt: new Date(closesAt),
      pickUps: pickUps.map(pickUpOf),
      products: row.products.filter((product) => !row.begun.includes(product)),
    }));
  };
}
