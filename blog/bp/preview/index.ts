import type { FastifyPluginAsync } from "fastify";
import { showPreview } from "./show.ts";

export const preview: FastifyPluginAsync = async (app) => {
  app.route(showPreview);
};
