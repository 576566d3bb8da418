import type { FastifyPluginAsync } from "fastify";
import { showPost } from "./show.ts";

export const post: FastifyPluginAsync = async (app) => {
  app.route(showPost);
};
