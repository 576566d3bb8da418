import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { CYCLE_PATH, type LotParams, lotParams } from "./params.ts";

const body = z.object({
  maxCases: z.preprocess((typed) => (typed === "" ? null : typed), z.coerce.number().int().min(1).max(10_000).nullable()),
  decision: z.enum(["drop", "fill"]).nullable().catch(null),
});

/** POST /admin/cycles/:id/lots/:product: how many cases there are at most, and what becomes of one that is not full. */
export const settleLot: Route<{ Params: LotParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${CYCLE_PATH}/lots/:product(^[1-9]\\d{0,14}$)`,
  schema: { params: lotParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id, product } = request.params;
    const lot = { cycleId: id, productId: product, ...request.body, by: adminOf(request).userId };
    const isKept = await transaction((tx) => services.cycleDesk.settleLot(tx, lot));
    return reply.redirect(withNotice(`/admin/cycles/${id}`, isKept ? "saved" : "not-there-now"), 303);
  },
};
