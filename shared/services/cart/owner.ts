import { eq, or, sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import type { Tx } from "../../contracts/tx.ts";
import { carts } from "../../models/cart.ts";
import type { CartId } from "../../models/ids.ts";

/** What prices and totals are in while a cart holds nothing that says otherwise. */
export const CURRENCY = "GBP";

/** Picks the carts of an owner in a prepared query; ownerValues fill it. */
export const ofOwner = or(eq(carts.deviceId, sql.placeholder("deviceId")), eq(carts.userId, sql.placeholder("userId")));

/** Both names of an owner, one of them null, which equals nothing. */
export function ownerValues(owner: CartOwner) {
  return owner.kind === "device" ? { deviceId: owner.deviceId, userId: null } : { deviceId: null, userId: owner.userId };
}

/** The condition that a row of carts is this owner's. */
export function isOwnedBy(owner: CartOwner) {
  return owner.kind === "device" ? eq(carts.deviceId, owner.deviceId) : eq(carts.userId, owner.userId);
}

/** The owner's cart, made if there is none, and locked until the transaction ends, so that what changes it takes turns. */
export async function lockCart(tx: Tx, owner: CartOwner): Promise<CartId> {
  const values = ownerValues(owner);
  const target = owner.kind === "device" ? carts.deviceId : carts.userId;
  const [cart] = await tx.insert(carts).values(values).onConflictDoUpdate({ target, set: values }).returning({ id: carts.id });
  if (cart === undefined) throw new Error("an upsert returns its row");
  return cart.id;
}
