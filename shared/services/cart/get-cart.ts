import { asc, eq } from "drizzle-orm";
import { type CartService, type CartView, cartView } from "../../contracts/cart.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { cartLines, carts } from "../../models/cart.ts";
import { products } from "../../models/market.ts";
import { media } from "../../models/media.ts";
import { productCardColumns, productCardOf } from "../market/product-cards.ts";
import { CURRENCY, ofOwner, ownerValues } from "./owner.ts";

const EMPTY: CartView = cartView.parse({ lines: [], totalMinor: 0, currency: CURRENCY, count: 0 });

/** A cart with today's prices, in the order in which things were put into it. */
export function makeGetCart({ db, publicUrl }: ServiceDeps): CartService["getCart"] {
  const linesOf = prepareLines(db);
  return async (owner) => {
    if (owner === null) return EMPTY;
    const rows = await linesOf.execute(ownerValues(owner));
    const lines = rows.map(({ lineId, quantity, ...product }) => ({
      id: lineId,
      product: productCardOf(product, publicUrl),
      quantity,
      unitPriceMinor: product.priceMinor,
      totalMinor: quantity * product.priceMinor,
      stock: product.stock,
    }));
    return cartView.parse({
      lines,
      totalMinor: lines.reduce((sum, line) => sum + line.totalMinor, 0),
      currency: lines[0]?.product.currency ?? CURRENCY,
      count: lines.reduce((sum, line) => sum + line.quantity, 0),
    });
  };
}

function prepareLines(db: ServiceDeps["db"]) {
  return db
    .select({ lineId: cartLines.id, quantity: cartLines.quantity, ...productCardColumns })
    .from(carts)
    .innerJoin(cartLines, eq(cartLines.cartId, carts.id))
    .innerJoin(products, eq(products.id, cartLines.productId))
    .leftJoin(media, eq(media.id, products.pictureId))
    .where(ofOwner)
    .orderBy(asc(cartLines.createdAt), asc(cartLines.id))
    .prepare("cart_lines");
}
