import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { PriceRuleId } from "@rose-ash/shared/models/ids.ts";
import { RULE_ROUTE, type RuleParams, ruleParams } from "./fields.ts";

/** POST /admin/price-rules/:id/removal: prices that it made stay until something else is said of them. */
export const removeRule: Route<{ Params: RuleParams }> = {
  method: "POST",
  url: `${RULE_ROUTE}/removal`,
  schema: { params: ruleParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    await transaction((tx) => services.priceRules.removeRule(tx, request.params.id as PriceRuleId, adminOf(request).userId));
    return reply.redirect(withNotice("/admin/price-rules", "prices-follow"), 303);
  },
};
