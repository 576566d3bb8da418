import type { FastifyPluginAsync } from "fastify";
import { comments } from "./comments.ts";
import { notificationBadge } from "./notification-badge.ts";
import { ownComments } from "./own-comments.ts";

/** What federation shows on the pages of others. */
export const fragments: FastifyPluginAsync = async (app) => {
  for (const fragment of [notificationBadge, comments, ownComments]) app.ownFragment(fragment);
};
