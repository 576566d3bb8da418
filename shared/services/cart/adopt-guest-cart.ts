import { eq, sql } from "drizzle-orm";
import { cartTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { carts, MAX_LINE_QUANTITY } from "../../models/cart.ts";
import type { DeviceId, UserId } from "../../models/ids.ts";
import { lockCart } from "./owner.ts";

/**
 * Moves the lines of the guest's cart into the member's. Sums stay within the stock and MAX_LINE_QUANTITY, but never below
 * what either cart held: nothing that somebody chose vanishes by signing in. Of parallel adoptions the first takes all.
 */
export async function adoptGuestCart(tx: Tx, deviceId: DeviceId, userId: UserId): Promise<void> {
  const [guest] = await tx.select({ id: carts.id }).from(carts).where(eq(carts.deviceId, deviceId)).for("update");
  if (guest === undefined) return;
  purgeOnCommit(tx, [cartTag({ kind: "device", deviceId }), cartTag({ kind: "member", userId })]);
  const cartId = await lockCart(tx, { kind: "member", userId });
  await tx.execute(sql`
    with moved as (
      delete from cart_lines where cart_id = ${guest.id}::bigint returning id, product_id, quantity, created_at
    )
    insert into cart_lines (cart_id, product_id, quantity, created_at)
    select ${cartId}::bigint, product_id, quantity, created_at from moved order by created_at, id
    on conflict (cart_id, product_id) do update set quantity = least(
      cart_lines.quantity + excluded.quantity,
      ${MAX_LINE_QUANTITY}::int,
      greatest((select stock from products where products.id = excluded.product_id), cart_lines.quantity, excluded.quantity)
    )`);
  await tx.delete(carts).where(eq(carts.id, guest.id));
}
