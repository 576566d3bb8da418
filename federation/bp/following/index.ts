import type { FastifyPluginAsync } from "fastify";
import { sendGuestsToSignIn } from "../settings/member.ts";
import { endAlerts, wantAlerts } from "./alerts.ts";
import { endException, exceptSomebody } from "./except.ts";
import { followSomebody } from "./follow.ts";
import { listFollowed } from "./list.ts";
import { unfollowSomebody } from "./unfollow.ts";

/** Whom a member follows anywhere in the fediverse. */
export const following: FastifyPluginAsync = async (app) => {
  app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "private, no-store"));
  app.addHook("onRequest", sendGuestsToSignIn);
  app.route(listFollowed);
  app.route(followSomebody);
  app.route(unfollowSomebody);
  app.route(exceptSomebody);
  app.route(endException);
  app.route(wantAlerts);
  app.route(endAlerts);
};
