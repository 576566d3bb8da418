import { sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import type { HoldResult, LineRefusal } from "../../contracts/cycles.ts";
import { HOLD_MINUTES } from "../../contracts/cycles.ts";
import { cartTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { CartLineId } from "../../models/ids.ts";
import { lockCart } from "../cart/owner.ts";
import { type IsFor, soldToJson } from "../cart/sold-to.ts";
import { heldFromNow, isOpenAtLast, limitOf, sells, takenOf } from "./sql.ts";

interface Line extends Record<string, unknown> {
  lineId: string;
  name: string;
  quantity: number;
  /** Pieces that the line can have; null: no limit. */
  left: number | null;
  soldTo: string[] | null;
}

/** Holds anew what a cart has by order, all of it or nothing: what can't be had is told line by line. */
export const makeHoldForCheckout =
  (isFor: IsFor) =>
  async (tx: Tx, owner: CartOwner): Promise<HoldResult> => {
    const cartId = await lockCart(tx, owner);
    purgeOnCommit(tx, [cartTag(owner)]);
    const byOrder = await tx.execute<{ lines: number; until: string }>(sql`
      select count(*)::int as lines, ${heldFromNow} as until from cart_lines where cart_id = ${cartId} and lot_id is not null`);
    const [first] = byOrder.rows;
    if (first?.lines === 0) return { kind: "held", until: new Date(first.until) }; // most carts: nothing to lock, hold or refuse
    const open = await lockOpenLots(tx, cartId);
    const { rows } = await tx.execute<Line>(sql`
      select line.id as "lineId", products.name, line.quantity, ${soldToJson} as "soldTo",
        ${limitOf("lot", "products")} - ${takenOf(sql`lot.id`, sql`line.id`)} as left
      from cart_lines as line join cycle_lots as lot on lot.id = line.lot_id join products on products.id = lot.product_id
      where line.cart_id = ${cartId} order by line.id`);
    const refusals = await Promise.all(rows.map((line) => refusalOf(line, open, isFor, owner)));
    const lines = refusals.filter((refusal) => refusal !== null);
    if (lines.length > 0) return { kind: "refused", lines };
    const held = await tx.execute<{ until: string }>(sql`
      with held as (
        update cart_lines set held_until = ${heldFromNow} where cart_id = ${cartId} and lot_id is not null returning held_until
      )
      select coalesce(min(held_until), ${heldFromNow}) as until from held`);
    return { kind: "held", until: new Date(held.rows[0]?.until ?? Date.now() + HOLD_MINUTES * 60_000) };
  };

/** The lines whose cycles are open at this moment and still sell them; cycles are locked before lots, and both in their order. */
async function lockOpenLots(tx: Tx, cartId: number): Promise<ReadonlySet<string>> {
  const cycles = await tx.execute<{ id: string }>(sql`
    select cycle.id from order_cycles as cycle where cycle.id in (
      select lot.cycle_id from cart_lines join cycle_lots as lot on lot.id = cart_lines.lot_id where cart_lines.cart_id = ${cartId})
      and ${isOpenAtLast("cycle")}
    order by cycle.id for share`);
  const ids = sql.param(cycles.rows.map(({ id }) => Number(id)));
  await tx.execute(sql`
    select id from cycle_lots where id in (select lot_id from cart_lines where cart_id = ${cartId}) order by id for update`);
  const { rows } = await tx.execute<{ id: string }>(sql`
    select line.id from cart_lines as line join cycle_lots as lot on lot.id = line.lot_id
    join order_cycles as cycle on cycle.id = lot.cycle_id join products on products.id = lot.product_id
    where line.cart_id = ${cartId} and cycle.id = any(${ids}::bigint[]) and ${sells("cycle", "products")}`);
  return new Set(rows.map(({ id }) => id));
}

async function refusalOf(line: Line, open: ReadonlySet<string>, isFor: IsFor, owner: CartOwner): Promise<LineRefusal | null> {
  const named = { lineId: Number(line.lineId) as CartLineId, name: line.name };
  if (!open.has(line.lineId)) return { ...named, why: { kind: "cut-off" } };
  if (line.soldTo !== null && !(await isFor(owner, line.soldTo))) return { ...named, why: { kind: "not-for-you", groups: line.soldTo } };
  if (line.left !== null && line.left < line.quantity) return { ...named, why: { kind: "shares-gone", left: Math.max(0, line.left) } };
  return null;
}
