import type { FastifyPluginAsync } from "fastify";
import { showCart } from "./show.ts";

/** The cart of whoever asks. Its commands are the shared blueprint cart-lines. */
export const cart: FastifyPluginAsync = async (app) => {
  app.route(showCart);
};
