import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { PriceRuleId } from "@rose-ash/shared/models/ids.ts";
import { RULE_ROUTE, type RuleParams, ruleParams } from "./fields.ts";
import { sendRules } from "./send-rules.ts";

/** GET /admin/price-rules/:id: one of them. */
export const showRule: Route<{ Params: RuleParams }> = {
  method: "GET",
  url: RULE_ROUTE,
  schema: { params: ruleParams },
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendRules(request, reply, { id: request.params.id as PriceRuleId, again: null }),
};
