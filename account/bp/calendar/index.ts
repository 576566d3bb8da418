import type { FastifyPluginAsync } from "fastify";
import { downloadAhead, renewAddress, revokeAddress, showCalendar } from "./calendar.ts";

/** All that a member has ahead, in a calendar of their own. */
export const calendar: FastifyPluginAsync = async (app) => {
  app.route(showCalendar);
  app.route(downloadAhead);
  app.route(renewAddress);
  app.route(revokeAddress);
};
