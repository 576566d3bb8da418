import type { FastifyPluginAsync } from "fastify";
import { addChild, answerGuardian, askMember, endTie } from "./change.ts";
import { showFamily } from "./show.ts";

/** Who looks after whom, as both ends see it. */
export const family: FastifyPluginAsync = async (app) => {
  app.route(showFamily);
  app.route(addChild);
  app.route(askMember);
  app.route(answerGuardian);
  app.route(endTie);
};
