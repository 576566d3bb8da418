import type { FastifyPluginAsync } from "fastify";
import { showPage } from "./show.ts";

/** Takes every path that no other route took: registered last. */
export const page: FastifyPluginAsync = async (app) => {
  app.route(showPage);
};
