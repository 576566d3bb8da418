import type { FastifyPluginAsync } from "fastify";
import { askForLink, showSent } from "./ask.ts";
import { redeemCode, reloadCode } from "./code.ts";
import { consent, reloadConsent } from "./consent.ts";
import { join, showAsked, showJoin } from "./join.ts";
import { redeemLink, showLink } from "./link.ts";
import type { SignInOptions } from "./options.ts";
import { passkeyOptions, reloadPasskey, signInWithPasskey } from "./passkey.ts";
import { showStart } from "./start.ts";
import { makeStartPage } from "./start-page.ts";

/** Where people prove who they are: a link by mail, the code it shows in another browser, or a passkey; and say whether an app may come in. Each page belongs to one interaction of the provider. */
export const signIn: FastifyPluginAsync<SignInOptions> = async (app, { mailer, listSuggestions }) => {
  app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "no-store"));
  const startPage = makeStartPage(listSuggestions);
  app.route(showStart(startPage));
  app.route(askForLink(mailer, startPage));
  app.route(showSent);
  app.route(reloadCode);
  app.route(redeemCode);
  app.route(showLink);
  app.route(redeemLink);
  app.route(passkeyOptions);
  app.route(reloadPasskey);
  app.route(signInWithPasskey(startPage));
  app.route(reloadConsent);
  app.route(consent);
  app.route(showJoin);
  app.route(join);
  app.route(showAsked);
};
