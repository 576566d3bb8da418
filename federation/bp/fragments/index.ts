import type { FastifyPluginAsync } from "fastify";
import { notificationBadge } from "./notification-badge.ts";

/** What federation shows on the pages of others. */
export const fragments: FastifyPluginAsync = async (app) => {
  app.ownFragment(notificationBadge);
};
