import type { FastifyPluginAsync } from "fastify";
import { listArchive, showArchived, showArchivedText } from "./archive.ts";
import { confirmLists, showConfirm } from "./confirm.ts";
import { oneClick } from "./leave.ts";
import { savePreferences, showPreferences } from "./preferences.ts";
import { takeReports } from "./reports.ts";

/** What letters link to, and what was sent. */
export const letters: FastifyPluginAsync = async (app) => {
  app.route(showConfirm);
  app.route(confirmLists);
  app.route(showPreferences);
  app.route(savePreferences);
  await app.register(oneClick);
  await app.register(takeReports);
  app.route(listArchive);
  app.route(showArchived);
  app.route(showArchivedText);
};
