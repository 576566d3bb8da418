import type { FastifyPluginAsync } from "fastify";
import { cartLines } from "./cart-lines.ts";
import { cartMini } from "./cart-mini.ts";
import { checkoutButton } from "./checkout-button.ts";
import { orderSummary } from "./order-summary.ts";

/** What cart shows on the pages of others. */
export const fragments: FastifyPluginAsync = async (app) => {
  app.ownFragment(cartMini);
  app.ownFragment(cartLines);
  app.ownFragment(checkoutButton(app));
  app.ownFragment(orderSummary);
};
