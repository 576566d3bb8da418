import type { FastifyPluginAsync } from "fastify";
import { showDiscounts } from "./show.ts";

/** Why a cart costs what it costs. */
export const discounts: FastifyPluginAsync = async (app) => {
  app.route(showDiscounts);
};
