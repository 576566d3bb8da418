import multipart from "@fastify/multipart";
import type { FastifyPluginAsync } from "fastify";
import { addFeed, askFeed, removeFeed } from "./feeds.ts";
import { FILE_BYTES, importFile, previewFile } from "./import.ts";
import { addKeeper, removeKeeper } from "./keepers.ts";
import { createCalendar, listCalendars } from "./list.ts";
import { removeCalendar, saveCalendar, showCalendar } from "./show.ts";

/** Calendars behind the counter: what is said of them, who keeps them, what they take from elsewhere. */
export const calendarsAdmin: FastifyPluginAsync = async (app) => {
  await app.register(multipart, { limits: { fileSize: FILE_BYTES + 1, files: 1, fields: 5, fieldSize: 1_000 } });
  app.adminSections.push({
    path: "/admin/calendars",
    name: "Calendars",
    detail: "Calendars with their colours, rooms and keepers, and what they take from files and feeds.",
    action: "edit",
  });
  app.route(listCalendars);
  app.route(createCalendar);
  app.route(showCalendar);
  app.route(saveCalendar);
  app.route(removeCalendar);
  app.route(addKeeper);
  app.route(removeKeeper);
  app.route(addFeed);
  app.route(askFeed);
  app.route(removeFeed);
  app.route(previewFile);
  app.route(importFile);
};
