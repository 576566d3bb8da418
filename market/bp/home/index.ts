import type { FastifyPluginAsync } from "fastify";
import { showHome } from "./show.ts";

export const home: FastifyPluginAsync = async (app) => {
  app.route(showHome);
};
