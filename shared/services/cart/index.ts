import type { CartService } from "../../contracts/cart.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { addLine } from "./add-line.ts";
import { adoptGuestCart } from "./adopt-guest-cart.ts";
import { makeGetCart } from "./get-cart.ts";
import { makeGetSummary } from "./get-summary.ts";
import { makeListOrders } from "./list-orders.ts";
import { setQuantity } from "./set-quantity.ts";

/** Carts and orders, in PostgreSQL. */
export function makeCartService(deps: ServiceDeps): CartService {
  return {
    getCart: makeGetCart(deps),
    getSummary: makeGetSummary(deps),
    listOrders: makeListOrders(deps),
    addLine,
    setQuantity,
    adoptGuestCart,
  };
}
