import type { FastifyPluginAsync } from "fastify";
import { sendGuestsToSignIn } from "../settings/member.ts";
import { listHidden } from "./list.ts";
import { blockSomebody, muteSomebody, unblockSomebody, unmuteSomebody } from "./people.ts";
import { blockServer, unblockServer } from "./servers.ts";

/** Whom a member does not want to see, or to be seen by. */
export const hidden: FastifyPluginAsync = async (app) => {
  app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "private, no-store"));
  app.addHook("onRequest", sendGuestsToSignIn);
  app.route(listHidden);
  app.route(muteSomebody);
  app.route(unmuteSomebody);
  app.route(blockSomebody);
  app.route(unblockSomebody);
  app.route(blockServer);
  app.route(unblockServer);
};
