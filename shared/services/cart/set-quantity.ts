import { and, eq, exists, sql } from "drizzle-orm";
import type { CartOwner, QuantityResult } from "../../contracts/cart.ts";
import { CodedError } from "../../contracts/errors.ts";
import { cartTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { cartLines, carts, MAX_LINE_QUANTITY } from "../../models/cart.ts";
import type { CartLineId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import { isOwnedBy } from "./owner.ts";

/** Sets what the line holds, up to the stock; of what is sold out it can only become less. */
export async function setQuantity(tx: Tx, owner: CartOwner, change: { lineId: CartLineId; quantity: number }): Promise<QuantityResult> {
  purgeOnCommit(tx, [cartTag(owner)]);
  return change.quantity === 0 ? removeLine(tx, owner, change.lineId) : changeLine(tx, owner, change);
}

async function removeLine(tx: Tx, owner: CartOwner, lineId: CartLineId): Promise<QuantityResult> {
  const cartOfOwner = tx
    .select({ id: carts.id })
    .from(carts)
    .where(and(eq(carts.id, cartLines.cartId), isOwnedBy(owner)));
  const [removed] = await tx
    .delete(cartLines)
    .where(and(eq(cartLines.id, lineId), exists(cartOfOwner)))
    .returning({ id: cartLines.id });
  if (removed === undefined) throw gone(lineId);
  return { kind: "removed" };
}

async function changeLine(
  tx: Tx,
  owner: CartOwner,
  { lineId, quantity }: { lineId: CartLineId; quantity: number },
): Promise<QuantityResult> {
  const most = sql`case when ${products.stock} > 0 then ${products.stock} else ${cartLines.quantity} end`;
  const [line] = await tx
    .update(cartLines)
    .set({ quantity: sql`least(${quantity}::int, ${MAX_LINE_QUANTITY}::int, ${most})` })
    .from(products)
    .innerJoin(carts, isOwnedBy(owner))
    .where(and(eq(cartLines.id, lineId), eq(cartLines.cartId, carts.id), eq(cartLines.productId, products.id)))
    .returning({ quantity: cartLines.quantity });
  if (line === undefined) throw gone(lineId);
  return { kind: line.quantity === quantity ? "changed" : "capped", quantity: line.quantity };
}

/** One error for a removed line and for a line of somebody else's cart: the difference is nobody's business. */
function gone(lineId: CartLineId): CodedError {
  return new CodedError("line-gone", "This is no longer in your cart.", { lineId });
}
