import type { FastifyPluginAsync } from "fastify";
import { showCycles } from "./show.ts";

/** What people order together. */
export const cycles: FastifyPluginAsync = async (app) => {
  app.route(showCycles);
};
