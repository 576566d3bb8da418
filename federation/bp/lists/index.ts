import type { FastifyPluginAsync } from "fastify";
import { sendGuestsToSignIn } from "../settings/member.ts";
import { listLists, makeList } from "./list.ts";
import { addToList, removeFromList, removeList, renameList, showList } from "./people.ts";

/** A member's own lists of people they follow. */
export const lists: FastifyPluginAsync = async (app) => {
  app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "private, no-store"));
  app.addHook("onRequest", sendGuestsToSignIn);
  app.route(listLists);
  app.route(makeList);
  app.route(showList);
  app.route(renameList);
  app.route(removeList);
  app.route(addToList);
  app.route(removeFromList);
};
