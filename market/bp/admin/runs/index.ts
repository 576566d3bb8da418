import type { FastifyPluginAsync } from "fastify";
import { resumeRun, stopRun } from "./command.ts";
import { showRun } from "./show.ts";

/** Runs over suppliers' pages: how far each is, what it reports, and how to end it. */
export const runsAdmin: FastifyPluginAsync = async (app) => {
  app.route(showRun);
  app.route(stopRun);
  app.route(resumeRun);
};
