import type { FastifyPluginAsync } from "fastify";
import { showProduct } from "./show.ts";

export const product: FastifyPluginAsync = async (app) => {
  app.route(showProduct);
};
