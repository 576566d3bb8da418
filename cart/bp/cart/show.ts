import { cartOwnerOf } from "@rose-ash/shared/contracts/cart.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { sellersOf } from "../checkout/payable.ts";

/** GET /: what is in the cart, at today's prices, and who is paid for it. */
export const showCart: Route = {
  method: "GET",
  url: "/",
  async handler(request, reply) {
    const { server } = request;
    const owner = cartOwnerOf(request.viewer);
    const cart = await server.services.cart.getCart(owner);
    const isByOrder = cart.lines.some(({ cycle }) => cycle !== null);
    const cycles = owner !== null && isByOrder ? await server.services.cycles.pickUpsFor(owner) : [];
    const sellers = await sellersOf(server, cart);
    const unpaid = [...cart.lines, ...cart.others].filter(
      ({ merchantId }) => !sellers.some((one) => one.id === merchantId && one.isPayable),
    );
    const { viewer } = request;
    const products = cart.lines.map(({ productId }) => productId);
    const warnings = viewer.kind === "member" ? await server.services.members.listFoodWarnings(viewer.userId, products) : new Map();
    return reply.page("cart/show.html", {
      cart: { ...cart, lines: cart.lines.map((line) => ({ ...line, warnings: warnings.get(line.productId) ?? [] })), sellers },
      cycles,
      canSell: sellers.some(({ isPayable }) => isPayable),
      unpaid: unpaid.map(({ id }) => id),
    });
  },
};
