import type { FastifyPluginAsync } from "fastify";
import { endOthers, endSignIn, reloadEndOthers, reloadEndSignIn } from "./end.ts";
import { listSignIns } from "./list.ts";

/** The browsers that a member is signed in with. */
export const signIns: FastifyPluginAsync = async (app) => {
  app.route(listSignIns);
  app.route(reloadEndOthers);
  app.route(endOthers);
  app.route(reloadEndSignIn);
  app.route(endSignIn);
};
