import type { FastifyPluginAsync } from "fastify";
import { showLlms } from "./llms.ts";
import { showLlmsFull } from "./llms-full.ts";
import { showRobots } from "./robots.ts";
import { showSitemapFile, showSitemapIndex } from "./show.ts";

/** What programs that wander about look for. */
export const sitemap: FastifyPluginAsync = async (app) => {
  for (const route of [showSitemapIndex, showRobots, showLlms]) app.route(route);
  app.route(showLlmsFull(app));
  app.route(showSitemapFile);
};
