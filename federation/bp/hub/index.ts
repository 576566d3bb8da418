import type { FastifyPluginAsync } from "fastify";
import { sendGuestsToSignIn } from "../settings/member.ts";
import { showFound } from "./found.ts";
import { showListTimeline } from "./list.ts";
import { showLocal } from "./local.ts";
import { showTag } from "./tag.ts";
import { ownViews } from "./views.ts";

/** Timelines: what is said, in several views. */
export const hub: FastifyPluginAsync = async (app) => {
  app.route(showLocal);
  app.route(showTag);
  app.route(showFound);
  await app.register(async (own) => {
    own.addHook("onRequest", sendGuestsToSignIn);
    own.route(showListTimeline);
    for (const route of ownViews) own.route(route);
  });
};
