import type { FastifyPluginAsync } from "fastify";
import { sendReport } from "./send.ts";
import { showSent } from "./sent.ts";
import { showReportForm } from "./show.ts";

/** Whoever is bothered by something says so. */
export const report: FastifyPluginAsync = async (app) => {
  app.route(showReportForm);
  app.route(sendReport);
  app.route(showSent);
};
