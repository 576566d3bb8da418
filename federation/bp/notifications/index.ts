import type { FastifyPluginAsync } from "fastify";
import { listNotifications } from "./list.ts";
import { markRead, reloadRead } from "./mark-read.ts";

/** What a member should hear of. */
export const notifications: FastifyPluginAsync = async (app) => {
  app.route(listNotifications);
  app.route(reloadRead);
  app.route(markRead);
};
