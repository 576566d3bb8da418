import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { PriceRuleId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { RULE_ROUTE, type RuleBody, type RuleParams, readRule, ruleBody, ruleParams } from "./fields.ts";
import { sendRules } from "./send-rules.ts";

/** POST /admin/price-rules: a new one, behind all others. */
export const createRule: Route<{ Body: RuleBody }> = {
  method: "POST",
  url: "/admin/price-rules",
  schema: { body: ruleBody },
  onRequest: adminOnly("edit"),
  handler: (request, reply) => save(request, reply, null, request.body),
};

/** POST /admin/price-rules/:id: it holds for what changes from now on; prices that stand follow when somebody has looked. */
export const saveRule: Route<{ Params: RuleParams; Body: RuleBody }> = {
  method: "POST",
  url: RULE_ROUTE,
  schema: { params: ruleParams, body: ruleBody },
  onRequest: adminOnly("edit"),
  handler: (request, reply) => save(request, reply, request.params.id as PriceRuleId, request.body),
};

async function save(request: FastifyRequest, reply: FastifyReply, id: PriceRuleId | null, values: RuleBody): Promise<FastifyReply> {
  const { services, transaction } = request.server;
  const [{ suppliers }, shelves] = await Promise.all([services.shelf.listChoices(), services.shelves.listAll()]);
  const read = readRule(values, { suppliers, shelves });
  if (read.kind === "wrong") return sendRules(request, reply, { id, again: { values, messages: read.messages } });
  await transaction((tx) => services.priceRules.saveRule(tx, id, read.fields, adminOf(request).userId));
  return reply.redirect(withNotice("/admin/price-rules", "prices-follow"), 303);
}
