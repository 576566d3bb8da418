import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { LotId, OrderCycleId, ProductId } from "../../models/ids.ts";
import { isOpenAtLast, sells } from "./sql.ts";

/**
 * The lot of a product in a cycle, made if there is none, and locked until the transaction ends, so that whoever takes shares of it
 * takes turns. null: the cycle is not open at this moment by the database's clock, or does not sell the product. The cycle is
 * locked shared: nobody closes it by hand, or orders from a supplier, before the transaction is over.
 */
export async function lockOpenLot(tx: Tx, cycleId: OrderCycleId, productId: ProductId): Promise<LotId | null> {
  const open = await tx.execute(sql`
    select cycle.id from order_cycles as cycle, products
    where cycle.id = ${cycleId} and products.id = ${productId} and ${isOpenAtLast("cycle")} and ${sells("cycle", "products")}
    for share of cycle`);
  if (open.rows.length === 0) return null;
  const { rows } = await tx.execute<{ id: string }>(sql`
    insert into cycle_lots (cycle_id, product_id) values (${cycleId}, ${productId})
    on conflict (cycle_id, product_id) do update set product_id = excluded.product_id returning id`);
  const [lot] = rows;
  if (lot === undefined) throw new Error("an upsert returns its row");
  return Number(lot.id) as LotId;
}
