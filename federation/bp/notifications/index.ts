import { openLiveStreams } from "@rose-ash/shared/infrastructure/live/index.ts";
import type { FastifyPluginAsync } from "fastify";
import { listNotifications } from "./list.ts";
import { markRead, reloadRead } from "./mark-read.ts";
import { streamNotifications } from "./stream.ts";

/** What a member should hear of, and open pages hear at once. */
export const notifications: FastifyPluginAsync = async (app) => {
  const streams = openLiveStreams(app.runtime.listener);
  app.addHook("preClose", async () => streams.close());
  app.route(listNotifications);
  app.route(streamNotifications(streams));
  app.route(reloadRead);
  app.route(markRead);
};
