import { eq, sql } from "drizzle-orm";
import { type CartService, cartSummary } from "../../contracts/cart.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { cartLines, carts } from "../../models/cart.ts";
import { products } from "../../models/market.ts";
import { cycleLots } from "../../models/order-cycles.ts";
import { CURRENCY, preparePerOwner } from "./owner.ts";

const EMPTY = cartSummary.parse({ count: 0, totalMinor: 0, currency: CURRENCY });

/** As get-cart.ts has it: members have theirs, where there is one. */
const price = sql`case when ${carts.userId} is null then ${products.priceMinor} else coalesce(${products.membersPriceMinor}, ${products.priceMinor}) end`;

/** How much is in a cart: asked for by every page. */
export function makeGetSummary({ db }: ServiceDeps, getCart: CartService["getCart"]): CartService["getSummary"] {
  const sumsOf = preparePerOwner((isOwned, kind) =>
    db
      .select({
        count: sql`coalesce(sum(${cartLines.quantity}), 0)`.mapWith(Number),
        totalMinor: sql`coalesce(sum(${cartLines.quantity}::bigint * ${price}), 0)`.mapWith(Number),
        currency: sql<string | null>`min(${products.currency})`,
        isPlain: sql<boolean>`coalesce(bool_and(${cartLines.ref} is null), true) and not exists (select from discounts where is_active)`,
      })
      .from(carts)
      .innerJoin(cartLines, eq(cartLines.cartId, carts.id))
      .leftJoin(cycleLots, eq(cycleLots.id, cartLines.lotId))
      .leftJoin(products, sql`${products.id} = coalesce(${cartLines.productId}, ${cycleLots.productId})`)
      .where(isOwned)
      .prepare(`cart_summary_of_${kind}`),
  );
  return async (owner) => {
    if (owner === null) return EMPTY;
    const [row] = await sumsOf(owner);
    if (row !== undefined && row.count > 0 && !row.isPlain) return cartSummary.parse(await getCart(owner)); // what others sell they price, and discounts have to be reckoned
    return cartSummary.parse({ ...EMPTY, ...row, currency: row?.currency ?? CURRENCY });
  };
}
