import type { FastifyPluginAsync } from "fastify";
import { showBoard, showTimeline } from "./show.ts";

/** What the co-operative has been up to, for everybody. */
export const timeline: FastifyPluginAsync = async (app) => {
  app.route(showTimeline);
  app.route(showBoard);
};
