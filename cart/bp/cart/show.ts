import { cartOwnerOf } from "@rose-ash/shared/contracts/cart.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";

/** GET /: what is in the cart, at today's prices. */
export const showCart: Route = {
  method: "GET",
  url: "/",
  async handler(request, reply) {
    const cart = await request.server.services.cart.getCart(cartOwnerOf(request.viewer));
    return reply.page("cart/show.html", { cart });
  },
};
