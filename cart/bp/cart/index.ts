import type { FastifyPluginAsync } from "fastify";
import { setCode } from "./code.ts";
import { showCart } from "./show.ts";

/** The cart of whoever asks. Its commands are the shared blueprint cart-lines. */
export const cart: FastifyPluginAsync = async (app) => {
  app.route(showCart);
  app.route(setCode);
};
