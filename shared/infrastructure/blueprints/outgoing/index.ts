import type { FastifyPluginAsync } from "fastify";
import { discardPending } from "./discard-pending.ts";
import { pause } from "./pause.ts";
import { release } from "./release.ts";
import { show } from "./show.ts";

/** Whether anything goes out, on every host: to see for whoever may operate the service, to decide for whoever may operate the site. */
export const outgoingAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/outgoing",
    name: "Outgoing",
    detail: "Whether the site sends what is pending, what that is, and the switch.",
    action: "operate",
  });
  app.route(show);
  app.route(pause);
  app.route(release);
  app.route(discardPending);
};
