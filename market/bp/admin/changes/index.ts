import type { FastifyPluginAsync } from "fastify";
import { applySet } from "./apply.ts";
import { discardSet } from "./discard.ts";
import { listSets } from "./list.ts";
import { draftRest } from "./rest.ts";
import { showSet } from "./show.ts";

/** Changes of many products: what each would change, and what came of it. */
export const changesAdmin: FastifyPluginAsync = async (app) => {
  app.route(listSets);
  app.route(showSet);
  app.route(applySet);
  app.route(discardSet);
  app.route(draftRest);
};
