import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyPluginAsync } from "fastify";
import { membersOnly } from "../member.ts";
import { answerLink, showLink } from "./link.ts";
import { showEmail } from "./show.ts";
import { startChange } from "./start.ts";
import { stopChange } from "./stop.ts";

/** The address that a member signs in with. */
export const email: FastifyPluginAsync<{ mailer: Mailer }> = async (app, { mailer }) => {
  app.route(showLink);
  app.route(answerLink(mailer));
  await app.register(async (own) => {
    membersOnly(own);
    own.route(showEmail);
    own.route(startChange(mailer));
    own.route(stopChange);
  });
};
