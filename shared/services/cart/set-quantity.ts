import { and, eq, exists, sql } from "drizzle-orm";
import type { CartOwner, CartService, QuantityResult } from "../../contracts/cart.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { LineKind } from "../../contracts/line-kinds.ts";
import { cartTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { cartLines, carts, type LineMetadata, MAX_LINE_QUANTITY } from "../../models/cart.ts";
import type { CartLineId, LotId, OrderCycleId, ProductId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import { cycleLots } from "../../models/order-cycles.ts";
import { lockOpenLot } from "../cycles/lock-lot.ts";
import { heldFromNow, limitOf, takenOf } from "../cycles/sql.ts";
import { findKind } from "./kinds.ts";
import { isOwnedBy } from "./owner.ts";
import { heldFor } from "./put-line.ts";

interface Change {
  lineId: CartLineId;
  quantity: number;
}

interface Lot {
  id: LotId;
  cycleId: OrderCycleId;
  productId: ProductId;
}

/**
 * Sets what the line holds: from the shelf up to the stock, of what a cycle brings up to what nobody else has taken. Of what is sold
 * out, and after the cut-off, it can only become less.
 */
export function makeSetQuantity(kinds: readonly LineKind[]): CartService["setQuantity"] {
  return async (tx, owner, change) => {
    purgeOnCommit(tx, [cartTag(owner)]);
    if (change.quantity === 0) return removeLine(tx, owner, change.lineId);
    const thing = await findThing(tx, owner, change.lineId);
    if ("ref" in thing) return changeOther(tx, owner, change, { kinds, thing });
    return thing.lot === null ? changeLine(tx, owner, change) : changeShare(tx, owner, change, thing.lot);
  };
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

/** A thing of a kind with what its line has of it; else what the line is a share of; lot null: it is from the shelf. */
type Thing = { kind: string; ref: string; quantity: number; metadata: LineMetadata } | { lot: Lot | null };

async function findThing(tx: Tx, owner: CartOwner, lineId: CartLineId): Promise<Thing> {
  const { kind: ofKind, ref, quantity, metadata } = cartLines;
  const [line] = await tx
    .select({ ofKind, ref, quantity, metadata, id: cycleLots.id, cycleId: cycleLots.cycleId, productId: cycleLots.productId })
    .from(cartLines)
    .innerJoin(carts, and(eq(carts.id, cartLines.cartId), isOwnedBy(owner)))
    .leftJoin(cycleLots, eq(cycleLots.id, cartLines.lotId))
    .where(eq(cartLines.id, lineId));
  if (line === undefined) throw gone(lineId);
  const { id, cycleId, productId } = line;
  if (line.ofKind !== null && line.ref !== null)
    return { kind: line.ofKind, ref: line.ref, quantity: line.quantity, metadata: line.metadata };
  return { lot: id === null || cycleId === null || productId === null ? null : { id, cycleId, productId } };
}

/** Holds anew as many as its seller says can be had; of what can't be had at all it can only become less. */
async function changeOther(
  tx: Tx,
  owner: CartOwner,
  { lineId, quantity }: Change,
  { kinds, thing }: { kinds: readonly LineKind[]; thing: Extract<Thing, { ref: string }> },
): Promise<QuantityResult> {
  const kind = findKind(kinds, thing.kind);
  const { ref, metadata } = thing;
  const wished = Math.min(quantity, MAX_LINE_QUANTITY);
  const held = (await kind?.hold(tx, { owner, ref, metadata, quantity: wished, lineId })) ?? null;
  const isHeld = held !== null && held.quantity > 0 && held.offer.trouble === "";
  const can = isHeld ? held.quantity : Math.min(wished, thing.quantity);
  const heldUntil = isHeld && kind !== undefined ? heldFor(kind) : null;
  await tx.update(cartLines).set({ quantity: can, heldUntil }).where(eq(cartLines.id, lineId));
  return { kind: can === quantity ? "changed" : "capped", quantity: can };
}

async function changeLine(tx: Tx, owner: CartOwner, { lineId, quantity }: Change): Promise<QuantityResult> {
  const most = sql`case when ${products.forSale} > 0 then ${products.forSale} else ${cartLines.quantity} end`;
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

/** Holds what it then has anew, unless the cut-off has passed. What others took while it was not held is not given back to it. */
async function changeShare(tx: Tx, owner: CartOwner, { lineId, quantity }: Change, lot: Lot): Promise<QuantityResult> {
  const isOpen = (await lockOpenLot(tx, lot.cycleId, lot.productId)) !== null;
  const free = sql`${limitOf("lot", "products")} - ${takenOf(sql`lot.id`, sql`line.id`)}`;
  const { rows } = await tx.execute<{ quantity: number }>(sql`
    update cart_lines as line set
      quantity = case when ${isOpen} and coalesce(${free} > 0, true)
        then least(${quantity}::int, ${MAX_LINE_QUANTITY}::int, ${free}) else least(${quantity}::int, line.quantity) end,
      held_until = case when not ${isOpen} then line.held_until when coalesce(${free} > 0, true) then ${heldFromNow} end
    from cycle_lots as lot join products on products.id = lot.product_id, carts
    where line.id = ${lineId} and lot.id = line.lot_id and carts.id = line.cart_id and ${isOwnedBy(owner)}
    returning line.quantity`);
  const [line] = rows;
  if (line === undefined) throw gone(lineId);
  return { kind: line.quantity === quantity ? "changed" : "capped", quantity: line.quantity };
}

/** One error for a removed line and for a line of somebody else's cart: the difference is nobody's business. */
function gone(lineId: CartLineId): CodedError {
  return new CodedError("line-gone", "This is no longer in your cart.", { lineId });
}
