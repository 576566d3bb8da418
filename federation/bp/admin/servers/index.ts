import type { FastifyPluginAsync } from "fastify";
import { decideServer } from "./decide.ts";
import { importBlocks, previewImport, showImport } from "./import.ts";
import { listServers } from "./list.ts";
import { discardDelivery, retryDelivery } from "./verdicts.ts";

/** Other servers of the fediverse, behind the counter: what does not get there, and who is shut out. */
export const serversAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/servers",
    name: "Other servers",
    detail: "What was said to the fediverse and does not get there, why, and which servers are shut out.",
    action: "operate",
  });
  app.route(listServers);
  for (const route of [retryDelivery, discardDelivery]) app.route(route);
  app.route(decideServer);
  app.route(showImport);
  app.route(previewImport);
  app.route(importBlocks);
};
