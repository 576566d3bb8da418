import { eq, sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import { cartTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { carts } from "../../models/cart.ts";
import { discounts } from "../../models/discounts.ts";
import { isRunning } from "../discounts/candidates.ts";
import { isOwnedBy, lockCart } from "./owner.ts";

/** A code counts with whatever case and spaces it was typed; one that opens nothing now is not kept. */
export async function setCode(tx: Tx, owner: CartOwner, code: string | null): Promise<boolean> {
  purgeOnCommit(tx, [cartTag(owner)]);
  if (code === null) {
    await tx.update(carts).set({ discountCode: null }).where(isOwnedBy(owner));
    return true;
  }
  const wanted = code.toUpperCase().replaceAll(/\s/g, "");
  const known = await tx.$count(discounts, sql`${discounts.code} = ${wanted} and ${isRunning("discounts")}`);
  if (known === 0) return false;
  const cartId = await lockCart(tx, owner);
  await tx.update(carts).set({ discountCode: wanted }).where(eq(carts.id, cartId));
  return true;
}
