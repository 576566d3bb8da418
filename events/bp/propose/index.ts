import type { FastifyPluginAsync } from "fastify";
import { propose, showPropose } from "./propose.ts";

/** Proposing what is on. */
export const proposing: FastifyPluginAsync = async (app) => {
  app.route(showPropose);
  app.route(propose);
};
