import type { FastifyPluginAsync } from "fastify";
import { sendGuestsToSignIn } from "../settings/member.ts";
import { acceptRequest, removeFromFollowers } from "./decide.ts";
import { listFollowers } from "./list.ts";

/** Who follows a member, and who asks to. */
export const followers: FastifyPluginAsync = async (app) => {
  app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "private, no-store"));
  app.addHook("onRequest", sendGuestsToSignIn);
  app.route(listFollowers);
  app.route(acceptRequest);
  app.route(removeFromFollowers);
};
