import type { FastifyPluginAsync } from "fastify";
import { showEntry } from "./show.ts";

/** What people come to. */
export const entry: FastifyPluginAsync = async (app) => {
  app.route(showEntry);
};
