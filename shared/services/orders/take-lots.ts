import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { OrderId } from "../../models/ids.ts";
import { isOpenAtLast, limitOf, takenOf } from "../cycles/sql.ts";

/**
 * Whether an order that nobody counted any more can still have its pieces by order: the cycle takes orders at this moment, and
 * others have not taken all. Locks cycles and lots, so that it stays so until the order counts again.
 */
export async function areLotsFree(tx: Tx, orderId: OrderId): Promise<boolean> {
  await tx.execute(sql`
    select cycle.id from order_cycles as cycle where cycle.id in (
      select lot.cycle_id from order_lines join cycle_lots as lot on lot.id = order_lines.lot_id where order_lines.order_id = ${orderId})
    order by cycle.id for share`);
  await tx.execute(sql`
    select id from cycle_lots where id in (select lot_id from order_lines where order_id = ${orderId}) order by id for update`);
  const { rows } = await tx.execute<{ isFree: boolean }>(sql`
    select coalesce(bool_and(${isOpenAtLast("cycle")}
      and (${limitOf("lot", "products")} is null or ${takenOf(sql`lot.id`)} + line.quantity <= ${limitOf("lot", "products")})), true) as "isFree"
    from order_lines as line join cycle_lots as lot on lot.id = line.lot_id
    join order_cycles as cycle on cycle.id = lot.cycle_id join products on products.id = lot.product_id
    where line.order_id = ${orderId}`);
  return rows[0]?.isFree ?? true;
}
