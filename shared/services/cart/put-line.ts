import { and, eq, sql } from "drizzle-orm";
import type { CartService, PutResult } from "../../contracts/cart.ts";
import type { LineKind } from "../../contracts/line-kinds.ts";
import { cartTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { cartLines, MAX_LINE_QUANTITY } from "../../models/cart.ts";
import type { CartId } from "../../models/ids.ts";
import { findKind } from "./kinds.ts";
import { lockCart } from "./owner.ts";

/** Until when what is held now of a kind is held. */
export const heldFor = (kind: LineKind) => sql`clock_timestamp() + make_interval(mins => ${kind.holdMinutes}::int)`;

/** Adds a thing of a kind, up to what its seller says can be had; the seller's lock holds until the commit. */
export function makePutLine(kinds: readonly LineKind[]): CartService["putLine"] {
  return async (tx, owner, put): Promise<PutResult> => {
    const kind = findKind(kinds, put.kind);
    if (kind === undefined) throw new Error(`nobody sells things of the kind "${put.kind}"`);
    if (!Number.isSafeInteger(put.quantity) || put.quantity < 1) throw new RangeError("a quantity is a whole number from 1");
    const cartId = await lockCart(tx, owner);
    purgeOnCommit(tx, [cartTag(owner)]);
    const line = await findLine(tx, cartId, put);
    const before = line?.quantity ?? 0;
    const wished = Math.min(before + put.quantity, MAX_LINE_QUANTITY);
    const { ref, metadata } = put;
    const held = await kind.hold(tx, { owner, ref, metadata, quantity: wished, lineId: line?.id ?? null });
    if (held === null) return { kind: "gone" };
    const { offer, quantity } = held;
    if (offer.trouble !== "" || quantity < 1) return { kind: "refused", trouble: offer.trouble || "Nothing of it is left." };
    await writeLine(tx, { cartId, kind, put, quantity, priceMinor: offer.unitPriceMinor });
    return { kind: quantity === before + put.quantity ? "added" : "capped", quantity };
  };
}

async function findLine(tx: Tx, cartId: CartId, { kind, ref }: { kind: string; ref: string }) {
  const { id, quantity } = cartLines;
  const ofThing = and(eq(cartLines.cartId, cartId), eq(cartLines.kind, kind), eq(cartLines.ref, ref));
  return (await tx.select({ id, quantity }).from(cartLines).where(ofThing))[0];
}

interface Written {
  cartId: CartId;
  kind: LineKind;
  put: Parameters<CartService["putLine"]>[2];
  quantity: number;
  priceMinor: number;
}

async function writeLine(tx: Tx, { cartId, kind, put, quantity, priceMinor }: Written): Promise<void> {
  const { ref, metadata } = put;
  const heldUntil = heldFor(kind);
  await tx
    .insert(cartLines)
    .values({ cartId, kind: kind.kind, ref, metadata, quantity, seenPriceMinor: priceMinor, heldUntil })
    .onConflictDoUpdate({ target: [cartLines.cartId, cartLines.kind, cartLines.ref], set: { quantity, metadata, heldUntil } });
}
