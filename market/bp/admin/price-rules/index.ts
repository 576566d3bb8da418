import type { FastifyPluginAsync } from "fastify";
import { followRules } from "./follow.ts";
import { listRules } from "./list.ts";
import { moveRule } from "./move.ts";
import { removeRule } from "./remove.ts";
import { createRule, saveRule } from "./save.ts";
import { showRule } from "./show.ts";

/** What makes prices of costs. */
export const priceRulesAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/price-rules",
    name: "Price rules",
    detail: "What is added to what things cost us, by shelf and supplier, and how prices are rounded.",
    action: "edit",
  });
  app.route(listRules);
  app.route(createRule);
  app.route(followRules);
  app.route(showRule);
  app.route(saveRule);
  app.route(moveRule);
  app.route(removeRule);
};
