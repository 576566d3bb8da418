import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { OrderCycleId, OrderId, ProductId } from "../../models/ids.ts";
import type { PackUnit } from "../../models/market.ts";
import type { IncompleteCase } from "../../models/order-cycles.ts";
import { PAID_STATUSES } from "../../models/order-states.ts";
import { packSizeOf } from "../market/unit-price.ts";
import { heldByOthers } from "../orders/reserve.ts";
import { buyerName } from "./buyers.ts";
import { type LotPlan, planLot } from "./plan-lot.ts";

/** A paid line of a lot, whoever paid first before the others. missing: pieces that are known not to come. */
export interface Buyer {
  orderLineId: number;
  orderId: OrderId;
  reference: string;
  name: string;
  quantity: number;
  missing: number;
}

/** What a cycle brings of a product, with what the supplier was last told of it. sentCases null: nothing was sent. */
export interface Lot {
  productId: ProductId;
  slug: string;
  supplierId: number;
  name: string;
  sku: string;
  gtin: string;
  pack: string;
  caseSize: number;
  /** Pieces that no checkout holds. */
  onShelf: number;
  usesStock: boolean;
  rule: IncompleteCase;
  sentCases: number | null;
  setAside: number;
  arrived: number | null;
  buyers: readonly Buyer[];
}

interface Row extends Record<string, unknown>, Omit<Lot, "productId" | "supplierId" | "pack"> {
  productId: string;
  supplierId: string;
  packAmount: number;
  packUnit: PackUnit;
}

const PAID = sql.raw(PAID_STATUSES.map((status) => `'${status}'`).join(", "));

/** All lots of a cycle, by name; of one supplier where one is named. */
export async function readLots(db: Db | Tx, cycleId: OrderCycleId, supplierId: number | null): Promise<Lot[]> {
  const { rows } = await db.execute<Row>(sql`
    select products.id as "productId", products.slug, products.supplier_id as "supplierId", products.name, coalesce(products.gtin, '') as gtin,
      products.pack_amount as "packAmount", products.pack_unit as "packUnit", coalesce(products.case_size, 1) as "caseSize",
      greatest(0, products.stock - ${heldByOthers(sql`products.id`, null)}) as "onShelf", cycle.uses_stock as "usesStock",
      coalesce(lot.decision, cycle.incomplete_case) as rule, sent.cases as "sentCases", coalesce(sent.from_stock, 0) as "setAside", sent.arrived,
      coalesce((select sku from product_sources where product_id = products.id and product_sources.supplier_id = products.supplier_id
        order by seen_at desc, id desc limit 1), '') as sku,
      coalesce((
        select json_agg(json_build_object('orderLineId', line.id, 'orderId', orders.id, 'reference', reference, 'name', ${buyerName}, 'quantity', quantity,
          'missing', coalesce((select sum(shortfalls.quantity)::int from shortfalls where order_line_id = line.id), 0)) order by paid_at, line.id)
        from order_lines as line join orders on orders.id = line.order_id left join users on users.id = orders.user_id
        where line.lot_id = lot.id and orders.status in (${PAID})), '[]'::json) as buyers
    from cycle_lots as lot join order_cycles as cycle on cycle.id = lot.cycle_id join products on products.id = lot.product_id
    left join back_orders on back_orders.cycle_id = cycle.id and back_orders.supplier_id = products.supplier_id
    left join lateral (select id from back_order_sendings where back_order_id = back_orders.id order by number desc limit 1) as last on true
    left join back_order_lines as sent on sent.sending_id = last.id and sent.product_id = products.id
    where lot.cycle_id = ${cycleId} and ${supplierId === null ? sql`true` : sql`products.supplier_id = ${supplierId}`}
    order by lower(products.name), products.id`);
  return rows.map(({ productId, supplierId: itsSupplier, packAmount, packUnit, ...row }) => ({
    ...row,
    productId: Number(productId) as ProductId,
    supplierId: Number(itsSupplier),
    pack: packSizeOf({ packAmount, packUnit }),
  }));
}

/** Whether the supplier has an order by now: then nobody is dropped any more, and cases are rounded up. */
export function planOf({ buyers, caseSize, onShelf, usesStock, setAside, rule }: Lot, isSent: boolean): LotPlan {
  return planLot({ lines: buyers, caseSize, stock: setAside + (usesStock ? onShelf : 0), rule: isSent ? "fill" : rule });
}
