import type { FastifyPluginAsync } from "fastify";
import { showSearch } from "./show.ts";

export const search: FastifyPluginAsync = async (app) => {
  app.route(showSearch);
};
