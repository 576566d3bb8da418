import type { FastifyPluginAsync } from "fastify";
import { decideTie, listTies } from "./ties.ts";

/** Families behind the counter: where a ward can't say yes alone. */
export const familyAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/family",
    name: "Families",
    detail: "Who asks to look after a member; saying yes or no where they can’t.",
    action: "operate",
  });
  app.route(listTies);
  app.route(decideTie);
};
