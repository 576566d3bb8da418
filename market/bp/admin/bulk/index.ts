import type { FastifyPluginAsync } from "fastify";
import { chooseChange } from "./choose.ts";
import { draftBulk } from "./draft.ts";

/** One change for many products: chosen in the list, written down and looked at before it is made. */
export const bulkAdmin: FastifyPluginAsync = async (app) => {
  app.route(chooseChange);
  app.route(draftBulk);
};
