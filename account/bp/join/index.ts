import type { FastifyPluginAsync } from "fastify";
import { showInvitation, showWays, useInvitation } from "./show.ts";

/** How one becomes a member: as everybody may, or by the link of an invitation. */
export const join: FastifyPluginAsync = async (app) => {
  app.route(showWays);
  app.route(showInvitation);
  app.route(useInvitation);
};
