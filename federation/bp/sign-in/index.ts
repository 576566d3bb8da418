import type { Person } from "@rose-ash/shared/contracts/identity.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyPluginAsync } from "fastify";
import { askForLink, showSent } from "./ask.ts";
import { redeemCode } from "./code.ts";
import { join, showJoin } from "./join.ts";
import { redeemLink, showLink } from "./link.ts";
import { showStart } from "./start.ts";

export interface SignInOptions {
  mailer: Mailer;
  /** Whom the page offers to sign in as with one click: nobody, outside of development. */
  listSuggestions(): Promise<readonly Person[]>;
}

/** Where people prove who they are: a link by mail, or the code it shows in another browser. Each page belongs to one interaction of the provider. */
export const signIn: FastifyPluginAsync<SignInOptions> = async (app, { mailer, listSuggestions }) => {
  app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "no-store"));
  app.route(showStart(listSuggestions));
  app.route(askForLink(mailer, listSuggestions));
  app.route(showSent);
  app.route(redeemCode);
  app.route(showLink);
  app.route(redeemLink);
  app.route(showJoin);
  app.route(join);
};
