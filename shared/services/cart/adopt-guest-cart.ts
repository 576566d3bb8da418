import { eq, sql } from "drizzle-orm";
import { cartTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { carts, MAX_LINE_QUANTITY } from "../../models/cart.ts";
import type { CartId, DeviceId, UserId } from "../../models/ids.ts";
import { heldFromNow, limitOf, takenOf } from "../cycles/sql.ts";
import { lockCart } from "./owner.ts";

/**
 * Moves the lines of the guest's cart into the member's. Sums stay within the stock and MAX_LINE_QUANTITY, but never below
 * what either cart held: nothing that somebody chose vanishes by signing in. Of parallel adoptions the first takes all.
 * Who has seen the price for everybody has seen what it comes to for members.
 */
export async function adoptGuestCart(tx: Tx, deviceId: DeviceId, userId: UserId): Promise<void> {
  const [guest] = await tx.select({ id: carts.id }).from(carts).where(eq(carts.deviceId, deviceId)).for("update");
  if (guest === undefined) return;
  purgeOnCommit(tx, [cartTag({ kind: "device", deviceId }), cartTag({ kind: "member", userId })]);
  const cartId = await lockCart(tx, { kind: "member", userId });
  await moveLines(tx, guest.id, cartId);
  await moveShares(tx, guest.id, cartId);
  await moveOthers(tx, guest.id, cartId);
  await tx.execute(sql`
    update carts set discount_code = guest.discount_code from carts as guest
    where carts.id = ${cartId}::bigint and guest.id = ${guest.id}::bigint and carts.discount_code is null`);
  await tx.delete(carts).where(eq(carts.id, guest.id));
}

/** Seen by a guest, in the words of a member's cart: the names of rows of cart lines and products. */
const seen = (line: string) =>
  sql.raw(
    `case when ${line}.seen_price_minor = products.price_minor then coalesce(products.members_price_minor, products.price_minor) else ${line}.seen_price_minor end`,
  );

async function moveLines(tx: Tx, guestId: CartId, cartId: CartId): Promise<void> {
  await tx.execute(sql`
    with moved as (
      delete from cart_lines where cart_id = ${guestId}::bigint and product_id is not null returning *
    )
    insert into cart_lines (cart_id, product_id, quantity, seen_price_minor, created_at)
    select ${cartId}::bigint, product_id, quantity, ${seen("moved")}, moved.created_at
    from moved join products on products.id = product_id order by moved.created_at, moved.id
    on conflict (cart_id, product_id) do update set quantity = least(
      cart_lines.quantity + excluded.quantity,
      ${MAX_LINE_QUANTITY}::int,
      greatest((select for_sale from products where products.id = excluded.product_id), cart_lines.quantity, excluded.quantity)
    )`);
}

/** What was held by either stays held, for as long as both were: together no more is taken than before. */
async function moveOthers(tx: Tx, guestId: CartId, cartId: CartId): Promise<void> {
  await tx.execute(sql`
    with moved as (
      delete from cart_lines where cart_id = ${guestId}::bigint and ref is not null returning *
    )
    insert into cart_lines (cart_id, kind, ref, metadata, quantity, seen_price_minor, held_until, created_at)
    select ${cartId}::bigint, kind, ref, metadata, quantity, seen_price_minor, held_until, created_at from moved order by created_at, id
    on conflict (cart_id, kind, ref) do update set
      quantity = least(cart_lines.quantity + excluded.quantity, ${MAX_LINE_QUANTITY}::int),
      held_until = case when num_nulls(cart_lines.held_until, excluded.held_until) = 0 then least(cart_lines.held_until, excluded.held_until) end`);
}

/** Locks the lots of both carts in their order; what comes together is held where nobody else has taken it, else it is kept without being held. */
async function moveShares(tx: Tx, guestId: CartId, cartId: CartId): Promise<void> {
  const locked = await tx.execute(sql`
    select id from cycle_lots where id in (select lot_id from cart_lines where cart_id in (${guestId}::bigint, ${cartId}::bigint))
      and exists (select from cart_lines where cart_id = ${guestId}::bigint and lot_id is not null)
    order by id for update`);
  if (locked.rows.length === 0) return;
  await tx.execute(sql`
    with moved as (
      delete from cart_lines where cart_id = ${guestId}::bigint and lot_id is not null returning *
    )
    insert into cart_lines (cart_id, lot_id, quantity, seen_price_minor, created_at)
    select ${cartId}::bigint, lot_id, quantity, ${seen("moved")}, moved.created_at
    from moved join cycle_lots on cycle_lots.id = lot_id join products on products.id = cycle_lots.product_id order by moved.created_at, moved.id
    on conflict (cart_id, lot_id) do update set quantity = least(cart_lines.quantity + excluded.quantity, ${MAX_LINE_QUANTITY}::int)`);
  await tx.execute(sql`
    update cart_lines as line set held_until = case
      when coalesce(line.quantity <= ${limitOf("lot", "products")} - ${takenOf(sql`lot.id`, sql`line.id`)}, true) then ${heldFromNow} end
    from cycle_lots as lot join products on products.id = lot.product_id
    where line.cart_id = ${cartId}::bigint and lot.id = line.lot_id`);
}
