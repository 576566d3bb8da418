import type { FastifyPluginAsync } from "fastify";
import { placeOrder } from "./place.ts";
import { showCheckout } from "./show.ts";

/** From a cart to an order that waits for its money. */
export const checkout: FastifyPluginAsync = async (app) => {
  app.route(showCheckout);
  app.route(placeOrder);
};
