import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { MatterId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const body = z.object({ decision: z.enum(["again", "done", "not-done"]), note: z.string().max(500).catch("").default("") });

/** POST /admin/matters/:id/refund: somebody knows what became of a refund, or has it sent again. */
export const decideRefund: Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/matters/:id/refund",
  schema: { params, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction, paymentFlow, log } = request.server;
    const id = request.params.id as MatterId;
    const { userId: by } = adminOf(request);
    const { decision } = request.body;
    const note = request.body.note.replaceAll("\u0000", "").trim();
    const decided = await transaction(async (tx) => {
      const result = await services.payments.decideRefund(tx, id, { decision, by, note });
      if (result.kind === "decided") {
        const entry = { app: "cart", by, action: "decide refund", subject: `matter:${id}`, reason: note } as const;
        await services.audit.record(tx, { ...entry, before: null, after: { decision } });
      }
      return result;
    });
    if (decided.kind === "in-flight") throw new CodedError("order-moved", "Another refund of this order is under way. Wait for its end.");
    if (decided.kind === "too-much")
      throw new CodedError("order-moved", "Others have gone back meanwhile: that is more than there is left.");
    if (decided.kind === "decided" && decision === "again") {
      paymentFlow
        .refundNow(decided.refundId)
        .catch((error: unknown) => log.warn({ err: error }, "a refund could not be sent; it is sent again"));
    }
    return reply.redirect("/admin/orders", 303);
  },
};
