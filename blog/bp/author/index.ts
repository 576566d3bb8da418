import type { FastifyPluginAsync } from "fastify";
import { showAuthor } from "./show.ts";

export const author: FastifyPluginAsync = async (app) => {
  app.route(showAuthor);
};
