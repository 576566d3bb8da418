import type { FastifyPluginAsync } from "fastify";
import { checkKey, removeKey, setKey } from "./key.ts";
import { createMerchant, listMerchants } from "./list.ts";
import { givePage, makeDefault, takePage } from "./pages.ts";
import { saveMerchant, showMerchant } from "./show.ts";

/** Merchants behind the counter. Where money goes is changed by those alone who give rights. */
export const merchantsAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/merchants",
    name: "Merchants",
    detail: "Who is paid for what: the co-operative, and whoever sells on pages of their own; their keys and what stands on receipts.",
    action: "operate",
  });
  app.route(listMerchants);
  app.route(createMerchant);
  app.route(showMerchant);
  app.route(saveMerchant);
  app.route(makeDefault);
  app.route(setKey);
  app.route(removeKey);
  app.route(checkKey);
  app.route(givePage);
  app.route(takePage);
};
