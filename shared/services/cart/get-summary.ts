import { eq, sql } from "drizzle-orm";
import { type CartService, cartSummary } from "../../contracts/cart.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { cartLines, carts } from "../../models/cart.ts";
import { products } from "../../models/market.ts";
import { CURRENCY, ofOwner, ownerValues } from "./owner.ts";

const EMPTY = cartSummary.parse({ count: 0, totalMinor: 0, currency: CURRENCY });

/** How much is in a cart: asked for by every page. */
export function makeGetSummary({ db }: ServiceDeps): CartService["getSummary"] {
  const sums = db
    .select({
      count: sql`coalesce(sum(${cartLines.quantity}), 0)`.mapWith(Number),
      totalMinor: sql`coalesce(sum(${cartLines.quantity}::bigint * ${products.priceMinor}), 0)`.mapWith(Number),
      currency: sql<string | null>`min(${products.currency})`,
    })
    .from(carts)
    .innerJoin(cartLines, eq(cartLines.cartId, carts.id))
    .innerJoin(products, eq(products.id, cartLines.productId))
    .where(ofOwner)
    .prepare("cart_summary");
  return async (owner) => {
    if (owner === null) return EMPTY;
    const [row] = await sums.execute(ownerValues(owner));
    return cartSummary.parse({ ...EMPTY, ...row, currency: row?.currency ?? CURRENCY });
  };
}
