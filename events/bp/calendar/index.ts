import type { FastifyPluginAsync } from "fastify";
import { keepViews } from "./kept-views.ts";
import { shareCalendar } from "./share.ts";
import { showAll, showCalendar, showRoom } from "./show.ts";

/** The calendars and rooms, by month, week, day and as an agenda. */
export const calendar: FastifyPluginAsync = async (app) => {
  keepViews(app);
  app.route(showAll);
  app.route(showCalendar);
  app.route(showRoom);
  app.route(shareCalendar);
};
