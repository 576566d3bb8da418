import type { FastifyPluginAsync } from "fastify";
import { showTag } from "./show.ts";

export const tag: FastifyPluginAsync = async (app) => {
  app.route(showTag);
};
