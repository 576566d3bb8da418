import { type SQL, sql } from "drizzle-orm";
import type { CycleDeskService, CycleLine, CycleView, LotView, PickUpList } from "../../contracts/cycle-desk.ts";
import type { DeliveryRule } from "../../contracts/cycles.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { OrderCycleId, PickUpId, ProductId } from "../../models/ids.ts";
import type { CycleState, IncompleteCase } from "../../models/order-cycles.ts";
import { PAID_STATUSES } from "../../models/order-states.ts";
import { buyerName } from "../back-orders/buyers.ts";
import { HOLDING, progressOf, takenOf } from "../cycles/sql.ts";

type Reads = Pick<CycleDeskService, "listCycles" | "getCycle" | "listSuppliers" | "findProducts" | "listPickUpLists">;

const PAID = sql.raw(PAID_STATUSES.map((status) => `'${status}'`).join(", "));

/** What the cycle in this row is: by what was done with it, else by the clock. */
const state = sql`case when cycle.done_at is not null then 'done' when cycle.arrived_at is not null then 'arrived'
  when cycle.ordered_at is not null then 'ordered' when cycle.closes_at <= now() then 'closed' when cycle.opens_at <= now() then 'open' else 'planned' end`;

const line = sql`cycle.id, cycle.name, ${state} as state, cycle.zone, cycle.opens_at as "opensAt", cycle.closes_at as "closesAt", (
  select count(distinct orders.id)::int from cycle_lots as lot join order_lines on lot_id = lot.id join orders on orders.id = order_id
  where lot.cycle_id = cycle.id and orders.status in (${PAID})) as orders`;

interface LineRow extends Record<string, unknown> {
  id: string;
  name: string;
  state: CycleState;
  zone: string;
  opensAt: string;
  closesAt: string;
  orders: number;
}

interface CycleRow extends LineRow {
  note: string;
  incompleteCase: IncompleteCase;
  usesStock: boolean;
  revision: number;
  isFixed: boolean;
  supplierIds: number[];
  products: { id: ProductId; slug: string; name: string }[];
  pickUps: {
    id: PickUpId;
    place: string;
    startsAt: string;
    endsAt: string;
    capacity: number | null;
    delivery: DeliveryRule | null;
    orders: number;
  }[];
  lots: (Omit<LotView, "progress"> & { taken: number })[];
}

/** What staff read of order cycles. */
export function makeReads({ db }: ServiceDeps): Reads {
  return {
    async listCycles() {
      const { rows } = await db.execute<LineRow>(sql`select ${line} from order_cycles as cycle order by closes_at desc, id desc limit 200`);
      return rows.map(lineOf);
    },
    async getCycle(id) {
      const { rows } = await db.execute<CycleRow>(cycleQuery(id));
      const [row] = rows;
      if (!row) throw new CodedError("not-found", "There is no such order cycle.", { id });
      return viewOf(row);
    },
    async listSuppliers() {
      const { rows } = await db.execute<{ id: string; name: string }>(sql`select id, name from suppliers order by lower(name), id`);
      return rows.map(({ id, name }) => ({ id: Number(id), name }));
    },
    async findProducts(slugs) {
      if (slugs.length === 0) return [];
      const { rows } = await db.execute<{ slug: string; id: string }>(
        sql`select slug, id from products where slug = any(${sql.param([...slugs])}::text[])`,
      );
      const ids = new Map(rows.map(({ slug, id }) => [slug, Number(id) as ProductId]));
      return slugs.map((slug) => ids.get(slug) ?? null);
    },
    listPickUpLists: (id) => listPickUpLists(db, id),
  };
}

function cycleQuery(id: OrderCycleId): SQL {
  const ordered = sql`(select coalesce(sum(quantity), 0)::int from order_lines join orders on orders.id = order_id where lot_id = lot.id and status in (${PAID}))`;
  return sql`
    select ${line}, note, incomplete_case as "incompleteCase", uses_stock as "usesStock", revision,
      exists (select from back_orders where cycle_id = cycle.id) as "isFixed",
      (select coalesce(json_agg(supplier_id order by supplier_id), '[]'::json) from cycle_suppliers where cycle_id = cycle.id) as "supplierIds",
      (select coalesce(json_agg(json_build_object('id', products.id, 'slug', slug, 'name', name) order by lower(name), products.id), '[]'::json)
        from cycle_products join products on products.id = product_id where cycle_id = cycle.id) as products,
      (select coalesce(json_agg(json_build_object('id', pick_ups.id, 'place', place, 'startsAt', starts_at, 'endsAt', ends_at, 'capacity', capacity,
        'delivery', case when fee_minor is not null then json_build_object('feeMinor', fee_minor, 'freeFromMinor', free_from_minor, 'areas', areas) end,
        'orders', (select count(*) from order_pick_ups join orders on orders.id = order_id where pick_up_id = pick_ups.id and status in (${HOLDING})))
        order by starts_at, pick_ups.id), '[]'::json) from pick_ups where cycle_id = cycle.id) as "pickUps",
      (select coalesce(json_agg(json_build_object('productId', products.id, 'name', products.name, 'supplierId', supplier_id, 'caseSize', case_size,
        'ordered', ${ordered}, 'taken', ${takenOf(sql`lot.id`)}, 'maxCases', max_cases, 'decision', decision) order by lower(products.name), products.id), '[]'::json)
        from cycle_lots as lot join products on products.id = lot.product_id where lot.cycle_id = cycle.id) as lots
    from order_cycles as cycle where cycle.id = ${id}`;
}

function lineOf({ id, opensAt, closesAt, name, state: its, zone, orders }: LineRow): CycleLine {
  return { id: Number(id) as OrderCycleId, name, state: its, zone, orders, opensAt: new Date(opensAt), closesAt: new Date(closesAt) };
}

function viewOf(row: CycleRow): CycleView {
  const { note, incompleteCase, usesStock, revision, isFixed, supplierIds, products } = row;
  return {
    ...{ ...lineOf(row), note, incompleteCase, usesStock, revision, isFixed, supplierIds, products },
    productIds: products.map(({ id }) => id),
    pickUps: row.pickUps.map(({ startsAt, endsAt, ...one }) => ({ ...one, startsAt: new Date(startsAt), endsAt: new Date(endsAt) })),
    lots: row.lots.map(({ taken, ...lot }) => ({ ...lot, waiting: taken - lot.ordered, progress: progressOf(lot.caseSize, lot.ordered) })),
  };
}

interface PickUpRow extends Record<string, unknown> {
  place: string | null;
  startsAt: string;
  endsAt: string;
  orders: PickUpList["orders"];
}

async function listPickUpLists(db: ServiceDeps["db"], id: OrderCycleId): Promise<PickUpList[]> {
  const { rows } = await db.execute<PickUpRow>(sql`
    with bought as (
      select orders.id, orders.reference, orders.status, ${buyerName} as name, json_agg(json_build_object('name', line.name, 'pieces', line.quantity - coalesce(gone.n, 0),
        'missing', coalesce(gone.n, 0)) order by line.position) as lines
      from cycle_lots as lot join order_lines as line on line.lot_id = lot.id join orders on orders.id = line.order_id left join users on users.id = orders.user_id
      left join lateral (select sum(quantity)::int as n from shortfalls where order_line_id = line.id) as gone on true
      where lot.cycle_id = ${id} and orders.status in (${PAID}) group by orders.id, users.id
    )
    select place, starts_at as "startsAt", ends_at as "endsAt",
      json_agg(json_build_object('reference', reference, 'name', name, 'status', status, 'address', coalesce(order_pick_ups.address, ''), 'lines', lines) order by lower(name), bought.id) as orders
    from bought left join order_pick_ups on order_pick_ups.order_id = bought.id and order_pick_ups.cycle_id = ${id}
    left join pick_ups on pick_ups.id = pick_up_id group by pick_ups.id order by starts_at nulls last, pick_ups.id`);
  return rows.map(({ place, startsAt, endsAt, orders }) => ({
    pickUp: place === null ? null : { place, startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
    orders,
  }));
}
