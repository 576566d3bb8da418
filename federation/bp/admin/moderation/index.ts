import type { FastifyPluginAsync } from "fastify";
import { decideComments } from "./decide-comments.ts";
import { listModeration } from "./list.ts";

/** What stewards are asked to look at. */
export const moderationAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/moderation",
    name: "Moderation",
    detail: "Comments that wait, what was reported, who is silenced or suspended, and who asks for another look.",
    action: "operate",
  });
  app.route(listModeration);
  app.route(decideComments);
};
