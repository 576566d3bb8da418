import type { FastifyPluginAsync } from "fastify";
import { askForAnotherLook } from "./appeal.ts";
import { listVerdicts } from "./list.ts";

/** What stewards decided about a member. */
export const moderation: FastifyPluginAsync = async (app) => {
  app.route(listVerdicts);
  app.route(askForAnotherLook);
};
