import type { FastifyPluginAsync } from "fastify";
import { showCalendarFile, showEntryFile, showOwnFile } from "./show.ts";

/** Calendars as other programs read them. */
export const files: FastifyPluginAsync = async (app) => {
  app.route(showCalendarFile);
  app.route(showEntryFile);
  app.route(showOwnFile);
};
