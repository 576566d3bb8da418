import type { FastifyPluginAsync } from "fastify";
import { listAllTags } from "./list.ts";
import { showTag } from "./show.ts";

export const tag: FastifyPluginAsync = async (app) => {
  app.route(listAllTags);
  app.route(showTag);
};
