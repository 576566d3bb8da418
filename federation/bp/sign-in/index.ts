import type { FastifyPluginAsync } from "fastify";
import { askForLink, showSent } from "./ask.ts";
import { redeemCode, reloadCode } from "./code.ts";
import { consent, reloadConsent } from "./consent.ts";
import { join, showJoin } from "./join.ts";
import { redeemLink, showLink } from "./link.ts";
import type { SignInOptions } from "./options.ts";
import { showStart } from "./start.ts";

/** Where people prove who they are: a link by mail, or the code it shows in another browser. Each page belongs to one interaction of the provider. */
export const signIn: FastifyPluginAsync<SignInOptions> = async (app, { mailer, listSuggestions }) => {
  app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "no-store"));
  app.route(showStart(listSuggestions));
  app.route(askForLink(mailer, listSuggestions));
  app.route(showSent);
  app.route(reloadCode);
  app.route(redeemCode);
  app.route(showLink);
  app.route(redeemLink);
  app.route(reloadConsent);
  app.route(consent);
  app.route(showJoin);
  app.route(join);
};
