import type { FastifyPluginAsync } from "fastify";
import { embedScript } from "./script.ts";
import { showEmbed } from "./show.ts";
import { embedWorker } from "./worker.ts";

/** Calendars in frames of other websites. */
export const embed: FastifyPluginAsync = async (app) => {
  app.route(showEmbed);
  app.route(embedScript);
  app.route(embedWorker);
};
