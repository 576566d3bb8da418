import type { FastifyPluginAsync } from "fastify";
import { showDashboard } from "./show.ts";

/** A member's affairs at a glance. */
export const dashboard: FastifyPluginAsync = async (app) => {
  app.route(showDashboard);
};
