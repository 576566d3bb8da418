import { eq, type SQL, sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import type { Tx } from "../../contracts/tx.ts";
import { carts } from "../../models/cart.ts";
import type { CartId, DeviceId, UserId } from "../../models/ids.ts";

/** What prices and totals are in while a cart holds nothing that says otherwise. */
export const CURRENCY = "GBP";

/** A query of an owner's cart, prepared for each kind of owner: one that named both columns PostgreSQL would plan anew each time. */
export function preparePerOwner<Answer>(
  prepare: (isOwned: SQL, kind: CartOwner["kind"]) => { execute(values: { owner: DeviceId | UserId }): Promise<Answer> },
): (owner: CartOwner) => Promise<Answer> {
  const owned = sql.placeholder("owner");
  const ofDevice = prepare(eq(carts.deviceId, owned), "device");
  const ofMember = prepare(eq(carts.userId, owned), "member");
  return (owner) => (owner.kind === "device" ? ofDevice.execute({ owner: owner.deviceId }) : ofMember.execute({ owner: owner.userId }));
}

/** The condition that a row of carts is this owner's. */
export function isOwnedBy(owner: CartOwner) {
  return owner.kind === "device" ? eq(carts.deviceId, owner.deviceId) : eq(carts.userId, owner.userId);
}

/** The owner's cart, made if there is none, and locked until the transaction ends, so that what changes it takes turns. */
export async function lockCart(tx: Tx, owner: CartOwner): Promise<CartId> {
  const values = owner.kind === "device" ? { deviceId: owner.deviceId } : { userId: owner.userId };
  const target = owner.kind === "device" ? carts.deviceId : carts.userId;
  const [cart] = await tx.insert(carts).values(values).onConflictDoUpdate({ target, set: values }).returning({ id: carts.id });
  if (cart === undefined) throw new Error("an upsert returns its row");
  return cart.id;
}
