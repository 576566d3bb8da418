import type { FastifyPluginAsync } from "fastify";
import { showCategory } from "./show.ts";

export const category: FastifyPluginAsync = async (app) => {
  app.route(showCategory);
};
