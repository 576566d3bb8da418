import type { FastifyPluginAsync } from "fastify";
import { showCategory } from "./show-category.ts";
import { showProducts } from "./show-products.ts";

export const listing: FastifyPluginAsync = async (app) => {
  app.route(showProducts);
  app.route(showCategory);
};
