import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { PriceRuleId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { RULE_ROUTE, type RuleParams, ruleParams } from "./fields.ts";

const body = z.object({ to: z.enum(["up", "down"]) });

/** POST /admin/price-rules/:id/order: one step up or down. */
export const moveRule: Route<{ Params: RuleParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${RULE_ROUTE}/order`,
  schema: { params: ruleParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = request.params.id as PriceRuleId;
    await transaction((tx) => services.priceRules.moveRule(tx, id, request.body.to === "up", adminOf(request).userId));
    return reply.redirect(withNotice("/admin/price-rules", "prices-follow"), 303);
  },
};
