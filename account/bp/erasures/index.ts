import type { FastifyPluginAsync } from "fastify";
import type { AccountConfig } from "../../config/schema.ts";
import { askForSomebody } from "./ask.ts";
import { listErasures } from "./list.ts";
import { retryErasure } from "./retry.ts";
import { showErasure } from "./show.ts";

/** How erasures get on, for those who look after the site; nothing in here says who it is. */
export const erasuresAdmin: FastifyPluginAsync<Pick<AccountConfig, "ERASURE_DAYS">> = async (app, period) => {
  app.adminSections.push({
    path: "/admin/erasures",
    name: "Erasures",
    detail: "Members who asked to be forgotten: how far it is, what was done, what failed; and letters that ask for it.",
    action: "operate",
  });
  app.route(listErasures);
  app.route(showErasure);
  app.route(askForSomebody(period));
  app.route(retryErasure);
};
