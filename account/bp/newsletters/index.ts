import type { FastifyPluginAsync } from "fastify";
import { askForLists } from "./ask.ts";
import { decideOnList } from "./decide.ts";
import { showNewsletters } from "./show.ts";
import { showWhy } from "./why.ts";

/** What comes by mail: to a member their lists, to a guest those that are open. */
export const newsletters: FastifyPluginAsync = async (app) => {
  app.route(showNewsletters);
  app.route(askForLists);
  app.route(decideOnList);
  app.route(showWhy);
};
