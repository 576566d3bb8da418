import { type SQL, sql } from "drizzle-orm";
import type { ShelfShort } from "../../contracts/orders.ts";
import { GRACE_MINUTES } from "../../contracts/payments.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { OrderId, ProductId } from "../../models/ids.ts";

interface Wish extends Record<string, unknown> {
  productId: string;
  slug: string;
  name: string;
  quantity: number;
  left: number;
  isOnSale: boolean;
}

/**
 * Of what is wished for from the shelf, what of each product is free: the stock less what other orders hold at this moment. Locks the
 * products against each other alone, not against lines that were written of them before. wishes: a query of product_id and quantity, one
 * row for each product.
 */
async function lockWishes(tx: Tx, wishes: SQL, orderId: OrderId | null): Promise<readonly Wish[]> {
  await tx.execute(
    sql`with wish as (${wishes}) select id from products where id in (select product_id from wish) order by id for no key update`,
  );
  const { rows } = await tx.execute<Wish>(sql`
    with wish as (${wishes})
    select wish.product_id as "productId", products.slug, products.name, wish.quantity, products.is_on_sale as "isOnSale",
      products.stock - ${heldByOthers(sql`wish.product_id`, orderId)} as left
    from wish join products on products.id = wish.product_id order by wish.product_id`);
  return rows;
}

/** which: a condition on lines of orders. */
const inOrders = (which: SQL) => sql`
  select product_id, sum(quantity)::int as quantity from order_lines
  where ${which} and lot_id is null and product_id is not null group by product_id`;

/** Pieces of a product that checkouts hold at this moment; orderId: but for one. */
export function heldByOthers(productId: SQL, orderId: OrderId | null): SQL {
  return sql`(select coalesce(sum(held.quantity), 0)::int from stock_reservations as held
    where held.product_id = ${productId} and held.state = 'held' and held.expires_at > clock_timestamp() and held.order_id is distinct from ${orderId}::bigint)`;
}

function shortOf(wishes: readonly Wish[]): readonly ShelfShort[] {
  return wishes
    .filter(({ quantity, left }) => left < quantity)
    .map(({ productId, name, left }) => ({ productId: Number(productId) as ProductId, name, left: Math.max(0, left) }));
}

/**
 * Keeps what new orders have from the shelf until some minutes after each one's time is over. Gives what of it there is not enough of, or
 * is not for sale any more, so that nothing of it is left; then nothing is kept. Locks the products until the transaction ends.
 */
export async function reserve(tx: Tx, placed: readonly { orderId: OrderId; holdUntil: Date }[]): Promise<readonly ShelfShort[]> {
  const ids = sql.param(placed.map(({ orderId }) => orderId));
  const wishes = await lockWishes(tx, inOrders(sql`order_id = any(${ids}::bigint[])`), null);
  const short = shortOf(wishes.map((wish) => (wish.isOnSale ? wish : { ...wish, left: 0 })));
  if (short.length > 0) return short;
  const until = sql.param(placed.map(({ holdUntil }) => holdUntil.toISOString()));
  await tx.execute(sql`
    insert into stock_reservations (order_id, product_id, quantity, expires_at)
    select line.order_id, product_id, sum(quantity), min(placed.until) + interval '${sql.raw(String(GRACE_MINUTES))} minutes'
    from unnest(${ids}::bigint[], ${until}::timestamptz[]) as placed (order_id, until) join order_lines as line on line.order_id = placed.order_id
    where lot_id is null and product_id is not null group by line.order_id, product_id order by product_id`);
  return [];
}

/**
 * Takes what a paid order has from the shelf off the stock, once; its own hold may be over, as long as nobody else has the pieces.
 * False: it can't be had any more, and nothing was taken.
 */
export async function takeStock(tx: Tx, orderId: OrderId): Promise<boolean> {
  const wishes = await lockWishes(tx, inOrders(sql`order_id = ${orderId}`), orderId);
  if (shortOf(wishes).length > 0) return false;
  for (const { slug } of wishes) purgeOnCommit(tx, [`product:${slug}`]);
  await tx.execute(sql`
    with taken as (
      update stock_reservations set state = 'taken' where order_id = ${orderId} and state <> 'taken' returning product_id, quantity
    )
    update products set stock = products.stock - taken.quantity from taken where products.id = taken.product_id`);
  return true;
}

/** Puts back on the shelf, once, what an order took whose money all went back. False: there is nothing to put back. */
export async function restock(tx: Tx, orderId: OrderId): Promise<boolean> {
  const { rows } = await tx.execute<{ slug: string }>(sql`
    with back as (
      update stock_reservations set state = 'released' from orders
      where orders.id = order_id and order_id = ${orderId} and orders.status = 'refunded' and state = 'taken' returning product_id, quantity
    )
    update products set stock = products.stock + back.quantity from back where products.id = back.product_id returning products.slug`);
  for (const { slug } of rows) purgeOnCommit(tx, [`product:${slug}`]);
  return rows.length > 0;
}

/** Others may have what the order kept. */
export async function release(tx: Tx, orderId: OrderId): Promise<void> {
  await tx.execute(sql`update stock_reservations set state = 'released' where order_id = ${orderId} and state = 'held'`);
}
