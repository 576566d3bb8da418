import { sql } from "drizzle-orm";
import type { CartOwner, ShareResult } from "../../contracts/cart.ts";
import { cartTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { MAX_LINE_QUANTITY } from "../../models/cart.ts";
import type { OrderCycleId } from "../../models/ids.ts";
import { lockOpenLot } from "../cycles/lock-lot.ts";
import { heldFromNow, limitOf, takenOf } from "../cycles/sql.ts";
import { priceFor } from "./add-line.ts";
import { findWanted } from "./find-product.ts";
import { lockCart } from "./owner.ts";
import type { IsFor } from "./sold-to.ts";

/**
 * Adds pieces of what a cycle brings, up to what of it nobody else has taken. The lot is locked before the statement begins, so what
 * it counts is what holds until the commit: the last share is taken once.
 */
export const makeAddShare =
  (isFor: IsFor) =>
  async (
    tx: Tx,
    owner: CartOwner,
    { productSlug, quantity, cycleId }: { productSlug: string; quantity: number; cycleId: OrderCycleId },
  ): Promise<ShareResult> => {
    const wanted = await findWanted(tx, isFor, owner, productSlug);
    if (wanted.kind === "not-for-you") return wanted;
    const cartId = await lockCart(tx, owner);
    const lotId = await lockOpenLot(tx, cycleId, wanted.productId);
    if (lotId === null) return { kind: "cut-off" };
    purgeOnCommit(tx, [cartTag(owner)]);
    const { rows } = await tx.execute<{ wished: number; quantity: number | null }>(sql`
    with wish as (
      select lot.id, ${priceFor(owner)} as price, coalesce(held.quantity, 0) + ${quantity}::int as wished,
        least(coalesce(held.quantity, 0) + ${quantity}::int, ${MAX_LINE_QUANTITY}::int,
          ${limitOf("lot", "products")} - ${takenOf(sql`lot.id`, sql`coalesce(held.id, 0)`)}) as can
      from cycle_lots as lot join products on products.id = lot.product_id
      left join cart_lines as held on held.lot_id = lot.id and held.cart_id = ${cartId}::bigint
      where lot.id = ${lotId}
    ), line as (
      insert into cart_lines (cart_id, lot_id, quantity, seen_price_minor, held_until)
      select ${cartId}::bigint, id, can, price, ${heldFromNow} from wish where can > 0
      on conflict (cart_id, lot_id) do update set quantity = excluded.quantity, held_until = excluded.held_until
      returning quantity
    )
    select wish.wished, line.quantity from wish left join line on true`);
    const [line] = rows;
    if (line === undefined || line.quantity === null) return { kind: "shares-gone" };
    return { kind: line.quantity === line.wished ? "added" : "capped", quantity: line.quantity };
  };
