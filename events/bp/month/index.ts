import type { FastifyPluginAsync } from "fastify";
import { showMonth, showMonthOfCalendar } from "./show.ts";

/** The calendars, a month at a time. */
export const month: FastifyPluginAsync = async (app) => {
  app.route(showMonth);
  app.route(showMonthOfCalendar);
};
