import type { FastifyPluginAsync } from "fastify";
import { discard } from "./discard.ts";
import { list } from "./list.ts";
import { retry } from "./retry.ts";

/** What waits to be handled, on every host: for whoever may operate the service. */
export const activitiesAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/activities",
    name: "Activities",
    detail: "What is still to be handled, what keeps failing and why, and what was given up.",
    action: "operate",
  });
  app.route(list);
  for (const route of [retry, discard]) app.route(route);
};
