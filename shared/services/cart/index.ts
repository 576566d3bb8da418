import { sql } from "drizzle-orm";
import type { CartService } from "../../contracts/cart.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { LineKind } from "../../contracts/line-kinds.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeIsEntitled } from "../discounts/candidates.ts";
import { makeAcceptPrice } from "./accept-price.ts";
import { makeAddLine } from "./add-line.ts";
import { makeAddShare } from "./add-share.ts";
import { adoptGuestCart } from "./adopt-guest-cart.ts";
import { makeGetCart } from "./get-cart.ts";
import { makeGetSummary } from "./get-summary.ts";
import { makeListLatestOrders, makeListOrders } from "./list-orders.ts";
import { makePutLine } from "./put-line.ts";
import { setCode } from "./set-code.ts";
import { makeSetQuantity } from "./set-quantity.ts";
import { makeIsFor, soldToJson } from "./sold-to.ts";

/** Carts and orders, in PostgreSQL. */
export function makeCartService(
  deps: ServiceDeps,
  { relations, kinds }: { relations: Pick<RelationsService, "list">; kinds: readonly LineKind[] },
): CartService {
  const isFor = makeIsFor(relations);
  const getCart = makeGetCart(deps, { isFor, isEntitled: makeIsEntitled(relations), kinds });
  return {
    getCart,
    getSummary: makeGetSummary(deps, getCart),
    listOrders: makeListOrders(deps),
    listLatestOrders: makeListLatestOrders(deps),
    addLine: makeAddLine(isFor),
    addShare: makeAddShare(isFor),
    putLine: makePutLine(kinds),
    setCode,
    acceptPrice: makeAcceptPrice(kinds),
    setQuantity: makeSetQuantity(kinds),
    adoptGuestCart,
    async whyNotFor(owner, productId) {
      const { rows } = await deps.db.execute<{ soldTo: string[] | null }>(
        sql`select ${soldToJson} as "soldTo" from products where id = ${productId}`,
      );
      const [row] = rows;
      if (row === undefined) throw new CodedError("product-gone", "There is no such product in the shop.", { productId });
      return (await isFor(owner, row.soldTo)) ? null : row.soldTo;
    },
  };
}
