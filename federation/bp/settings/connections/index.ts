import type { FastifyPluginAsync } from "fastify";
import { disconnect, reloadDisconnect } from "./disconnect.ts";
import { listConnections } from "./list.ts";

/** The apps of third parties that a member let in. */
export const connections: FastifyPluginAsync = async (app) => {
  app.route(listConnections);
  app.route(reloadDisconnect);
  app.route(disconnect);
};
