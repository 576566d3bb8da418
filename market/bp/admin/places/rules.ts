import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { CategoryId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { PLACE_PATH, type PlaceParams, placeParams, typed } from "./fields.ts";
import { answerChange } from "./selection.ts";

const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).nullable().catch(null).default(null);
const body = z.object({ category: id, label: typed, supplier: id });

/** POST /admin/places/:id/rules: it sells what stands on a shelf, has a label, comes from a supplier; or all of these at once. */
export const addRule: Route<{ Params: PlaceParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${PLACE_PATH}/rules`,
  schema: { params: placeParams, body },
  onRequest: adminOnly("edit"),
  handler(request, reply) {
    const { category, label, supplier } = request.body;
    const rule = { categoryId: category as CategoryId | null, label: label.slice(0, 60) || null, supplierId: supplier };
    return answerChange(request, reply, { id: request.params.id, change: { kind: "rule", rule }, at: "rules" });
  },
};

const ruleParams = placeParams.extend({ rule: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

/** POST /admin/places/:id/rules/:rule/removal. */
export const removeRule: Route<{ Params: z.output<typeof ruleParams> }> = {
  method: "POST",
  url: `${PLACE_PATH}/rules/:rule(^[1-9]\\d{0,14}$)/removal`,
  schema: { params: ruleParams },
  onRequest: adminOnly("edit"),
  handler: (request, reply) =>
    answerChange(request, reply, { id: request.params.id, change: { kind: "no-rule", ruleId: request.params.rule }, at: "rules" }),
};
