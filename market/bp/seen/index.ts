import type { FastifyPluginAsync } from "fastify";
import { forgetSeen } from "./forget.ts";
import { showSeen } from "./show.ts";

/** What the reader looked at in the shop, and how to have it forgotten. */
export const seen: FastifyPluginAsync = async (app) => {
  app.route(showSeen);
  app.route(forgetSeen);
};
