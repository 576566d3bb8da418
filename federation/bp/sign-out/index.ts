import type { FastifyPluginAsync } from "fastify";
import { askSignOut, askSignOutByForm } from "./ask.ts";
import { confirmSignOut, reloadConfirm, showSignedOut } from "./confirm.ts";

/** OpenID Connect RP-Initiated Logout: an app sends its person here; signing out, after a question, is for the whole site. */
export const signOut: FastifyPluginAsync = async (app) => {
  app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "no-store"));
  app.route(askSignOut);
  app.route(askSignOutByForm);
  app.route(reloadConfirm);
  app.route(confirmSignOut);
  app.route(showSignedOut);
};
