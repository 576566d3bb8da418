import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { CartOwner, CartService } from "../../contracts/cart.ts";
import type { LineKind } from "../../contracts/line-kinds.ts";
import { cartTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { cartLines, carts } from "../../models/cart.ts";
import type { CartLineId } from "../../models/ids.ts";
import { priceFor } from "./add-line.ts";
import { findKind } from "./kinds.ts";
import { isOwnedBy } from "./owner.ts";

/** Notes that the owner has seen what a line costs now. It may cost something else by now: then that is still to be seen. */
export function makeAcceptPrice(kinds: readonly LineKind[]): CartService["acceptPrice"] {
  return async (tx, owner, seen) => {
    purgeOnCommit(tx, [cartTag(owner)]);
    await acceptOfProduct(tx, owner, seen);
    await acceptOfKind(tx, kinds, owner, seen);
  };
}

/** Its seller is asked, as it is when the cart is shown. */
async function acceptOfKind(
  tx: Tx,
  kinds: readonly LineKind[],
  owner: CartOwner,
  { lineId, priceMinor }: { lineId: CartLineId; priceMinor: number },
): Promise<void> {
  const { kind: ofKind, ref, quantity, metadata } = cartLines;
  const own = tx.select({ ofKind, ref, quantity, metadata }).from(cartLines).innerJoin(carts, eq(carts.id, cartLines.cartId));
  const [line] = await own.where(and(eq(cartLines.id, lineId), isNotNull(ref), isOwnedBy(owner)));
  if (line === undefined || line.ofKind === null || line.ref === null) return;
  const wish = { owner, ref: line.ref, metadata: line.metadata, quantity: line.quantity, lineId };
  const held = await findKind(kinds, line.ofKind)?.hold(tx, wish);
  if (held?.offer.unitPriceMinor !== priceMinor) return;
  await tx.update(cartLines).set({ seenPriceMinor: priceMinor }).where(eq(cartLines.id, lineId));
}

async function acceptOfProduct(tx: Tx, owner: CartOwner, seen: { lineId: CartLineId; priceMinor: number }): Promise<void> {
  await tx.execute(sql`
    update cart_lines as line set seen_price_minor = ${seen.priceMinor}::int
    from carts, products
    where line.id = ${seen.lineId} and carts.id = line.cart_id and ${isOwnedBy(owner)} and ${priceFor(owner)} = ${seen.priceMinor}::int
      and products.id = coalesce(line.product_id, (select product_id from cycle_lots where cycle_lots.id = line.lot_id))`);
}
