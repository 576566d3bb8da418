import type { FastifyPluginAsync } from "fastify";
import type { Figures } from "../../cache/index.ts";
import { showCaches } from "./show.ts";

/** Live figures of what this process keeps, in every service. */
export const caches: FastifyPluginAsync<{ figures: Figures }> = async (app, { figures }) => {
  app.adminSections.push({
    path: "/admin/caches",
    name: "Caches",
    detail: "What was at hand, what was made, who is left alone.",
    action: "operate",
  });
  app.route(showCaches(figures));
};
