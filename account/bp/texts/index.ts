import { SITE_TEXTS } from "@rose-ash/shared/models/site.ts";
import type { FastifyPluginAsync } from "fastify";
import { agree, showAgreements } from "./agree.ts";
import { showText, showVersion } from "./show.ts";

/** What the house has to say in writing, and who agreed to it. */
export const texts: FastifyPluginAsync = async (app) => {
  for (const kind of SITE_TEXTS) {
    app.route(showText(kind));
    app.route(showVersion(kind));
  }
  app.route(showAgreements);
  app.route(agree);
};
