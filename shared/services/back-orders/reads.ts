import { sql } from "drizzle-orm";
import type { BackOrderLine, BackOrderState, BackOrdersService, BackOrderView } from "../../contracts/back-orders.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { BackOrderId, OrderCycleId } from "../../models/ids.ts";
import { type Lot, planOf, readLots } from "./read-lots.ts";

interface Head extends Record<string, unknown> {
  id: string | null;
  cycleName: string;
  zone: string;
  isClosed: boolean;
  supplierId: string;
  supplier: string;
  email: string | null;
  contact: string;
  arrivedAt: string | null;
  waiting: number;
  sendings: { number: number; sentAt: string; by: string; isMailed: boolean }[];
}

/** What staff read of back-orders. */
export function makeReads({ db }: ServiceDeps): Pick<BackOrdersService, "listBackOrders" | "getBackOrder"> {
  const list = async (cycleId: OrderCycleId, supplierId: number | null) => {
    const [heads, lots] = await Promise.all([readHeads(db, cycleId), readLots(db, cycleId, supplierId)]);
    const ordered = lots.filter(({ buyers, sentCases }) => buyers.length > 0 || sentCases !== null);
    return heads.flatMap((head) => {
      const its = ordered.filter((lot) => lot.supplierId === Number(head.supplierId));
      return its.length > 0 || head.id !== null ? [viewOf(cycleId, head, its)] : [];
    });
  };
  return {
    listBackOrders: (cycleId) => list(cycleId, null),
    async getBackOrder(cycleId, supplierId) {
      const view = (await list(cycleId, supplierId)).find(({ supplier }) => supplier.id === supplierId);
      if (!view) throw new CodedError("not-found", "Nobody has ordered anything of this supplier in the cycle.", { cycleId, supplierId });
      return view;
    },
  };
}

/** Every supplier of whom the cycle has a lot or an order. */
async function readHeads(db: ServiceDeps["db"], cycleId: OrderCycleId): Promise<Head[]> {
  const { rows } = await db.execute<Head>(sql`
    select back_orders.id, cycle.name as "cycleName", cycle.zone, cycle.closes_at <= now() as "isClosed", suppliers.id as "supplierId",
      suppliers.name as supplier, order_email as email, order_contact as contact, back_orders.arrived_at as "arrivedAt",
      (select count(distinct orders.id)::int from cycle_lots as lot join products on products.id = lot.product_id join order_lines on lot_id = lot.id
        join orders on orders.id = order_id where lot.cycle_id = cycle.id and products.supplier_id = suppliers.id and status = 'pending_payment') as waiting,
      coalesce((
        select json_agg(json_build_object('number', number, 'sentAt', sent_at, 'by', coalesce(users.name, ''), 'isMailed', told_at is not null) order by number)
        from back_order_sendings left join users on users.id = sent_by where back_order_id = back_orders.id), '[]'::json) as sendings
    from order_cycles as cycle cross join suppliers
    left join back_orders on back_orders.cycle_id = cycle.id and back_orders.supplier_id = suppliers.id
    where cycle.id = ${cycleId} and (back_orders.id is not null or exists (
      select from cycle_lots as lot join products on products.id = lot.product_id where lot.cycle_id = cycle.id and products.supplier_id = suppliers.id))
    order by lower(suppliers.name), suppliers.id`);
  return rows;
}

function viewOf(cycleId: OrderCycleId, head: Head, lots: readonly Lot[]): BackOrderView {
  const lines = lots.map((lot) => lineOf(lot, head.id !== null));
  return {
    id: head.id === null ? null : (Number(head.id) as BackOrderId),
    ...{ cycleId, cycleName: head.cycleName, zone: head.zone },
    supplier: { id: Number(head.supplierId), name: head.supplier, email: head.email, contact: head.contact },
    state: stateOf(head, lines),
    sendings: head.sendings.map(({ sentAt, ...sending }) => ({ ...sending, sentAt: new Date(sentAt) })),
    arrivedAt: head.arrivedAt === null ? null : new Date(head.arrivedAt),
    waiting: head.waiting,
    lines,
  };
}

function stateOf({ id, arrivedAt, isClosed }: Head, lines: readonly BackOrderLine[]): BackOrderState {
  if (arrivedAt !== null) return "arrived";
  if (id !== null) return lines.some(({ cases, sentCases }) => cases !== (sentCases ?? 0)) ? "changed" : "sent";
  if (!isClosed) return "collecting";
  return lines.some(({ isUndecided }) => isUndecided) ? "undecided" : "ready";
}

function lineOf(lot: Lot, isSent: boolean): BackOrderLine {
  const { productId, name, sku, gtin, pack, caseSize, sentCases, arrived, buyers } = lot;
  const { wanted, fromStock, cases, surplus, dropped, isUndecided } = planOf(lot, isSent);
  return {
    ...{ productId, name, sku, gtin, pack, caseSize, wanted, fromStock, cases, surplus, isUndecided, sentCases, arrived },
    ordered: buyers.reduce((sum, { quantity }) => sum + quantity, 0),
    buyers: buyers.map(({ orderId, reference, name: who, quantity, missing }, at) => ({
      ...{ orderId, reference, name: who, quantity, dropped: missing + (dropped[at] ?? 0) },
    })),
  };
}
