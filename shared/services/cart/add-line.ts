import { type SQL, sql } from "drizzle-orm";
import type { AddResult, CartOwner } from "../../contracts/cart.ts";
import { CodedError } from "../../contracts/errors.ts";
import { cartTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { MAX_LINE_QUANTITY } from "../../models/cart.ts";
import { findWanted } from "./find-product.ts";
import { lockCart } from "./owner.ts";
import type { IsFor } from "./sold-to.ts";

/** What the product in a row of products costs this owner now. */
export function priceFor(owner: CartOwner): SQL {
  return owner.kind === "member" ? sql`coalesce(products.members_price_minor, products.price_minor)` : sql`products.price_minor`;
}

/**
 * Adds to what the line holds, up to the stock. Nothing is reserved by it: the cart shows where the stock fell afterwards.
 * The statement decides by itself; the lock is there so that `wished`, by which the answer is chosen, is the sum that counted.
 */
export const makeAddLine =
  (isFor: IsFor) =>
  async (tx: Tx, owner: CartOwner, add: { productSlug: string; quantity: number }): Promise<AddResult> => {
    const wanted = await findWanted(tx, isFor, owner, add.productSlug);
    if (wanted.kind === "not-for-you") return wanted;
    const cartId = await lockCart(tx, owner);
    purgeOnCommit(tx, [cartTag(owner)]);
    const { rows } = await tx.execute<{ wished: number; quantity: number | null }>(sql`
    with wish as (
      select products.id, products.for_sale as stock, ${priceFor(owner)} as price, coalesce(held.quantity, 0) + ${add.quantity}::int as wished
      from products
      left join cart_lines as held on held.product_id = products.id and held.cart_id = ${cartId}::bigint
      where products.id = ${wanted.productId}
    ), line as (
      insert into cart_lines (cart_id, product_id, quantity, seen_price_minor)
      select ${cartId}::bigint, wish.id, least(${add.quantity}::int, wish.stock, ${MAX_LINE_QUANTITY}::int), wish.price from wish where wish.stock > 0
      on conflict (cart_id, product_id) do update
      set quantity = least(cart_lines.quantity + ${add.quantity}::int, (select wish.stock from wish), ${MAX_LINE_QUANTITY}::int)
      returning quantity
    )
    select wish.wished, line.quantity from wish left join line on true`);
    const [line] = rows;
    if (line === undefined) throw new CodedError("product-gone", "There is no such product in the shop.", { slug: add.productSlug });
    if (line.quantity === null) return { kind: "sold-out" };
    return { kind: line.quantity === line.wished ? "added" : "capped", quantity: line.quantity };
  };
