import { sql } from "drizzle-orm";
import type { AddResult, CartOwner } from "../../contracts/cart.ts";
import { CodedError } from "../../contracts/errors.ts";
import { cartTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { MAX_LINE_QUANTITY } from "../../models/cart.ts";
import { lockCart } from "./owner.ts";

/**
 * Adds to what the line holds, up to the stock. Nothing is reserved by it: the cart shows where the stock fell afterwards.
 * The statement decides by itself; the lock is there so that `wished`, by which the answer is chosen, is the sum that counted.
 */
export async function addLine(tx: Tx, owner: CartOwner, add: { productSlug: string; quantity: number }): Promise<AddResult> {
  const cartId = await lockCart(tx, owner);
  purgeOnCommit(tx, [cartTag(owner)]);
  const { rows } = await tx.execute<{ wished: number; quantity: number | null }>(sql`
    with wish as (
      select products.id, products.stock, coalesce(held.quantity, 0) + ${add.quantity}::int as wished
      from products
      left join cart_lines as held on held.product_id = products.id and held.cart_id = ${cartId}::bigint
      where products.slug = ${add.productSlug}
    ), line as (
      insert into cart_lines (cart_id, product_id, quantity)
      select ${cartId}::bigint, wish.id, least(${add.quantity}::int, wish.stock, ${MAX_LINE_QUANTITY}::int) from wish where wish.stock > 0
      on conflict (cart_id, product_id) do update
      set quantity = least(cart_lines.quantity + ${add.quantity}::int, (select wish.stock from wish), ${MAX_LINE_QUANTITY}::int)
      returning quantity
    )
    select wish.wished, line.quantity from wish left join line on true`);
  const [line] = rows;
  if (line === undefined) throw new CodedError("product-gone", "There is no such product in the shop.", { slug: add.productSlug });
  if (line.quantity === null) return { kind: "sold-out" };
  return { kind: line.quantity === line.wished ? "added" : "capped", quantity: line.quantity };
}
