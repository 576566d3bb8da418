import type { FastifyPluginAsync } from "fastify";
import { cartMini } from "./cart-mini.ts";

/** What cart shows on the pages of others. */
export const fragments: FastifyPluginAsync = async (app) => {
  app.ownFragment(cartMini);
};
