import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { type OrderParams, orderParams } from "../../order/order.ts";
import { getOrder } from "./show.ts";

const body = z.object({ way: z.enum(["as-it-came", "cash", "bank"]), note: z.string().max(300).catch("").default("") });

/** POST /admin/orders/:reference/owed: what came too late or twice goes back, and the order ends with it. */
export const returnOwed: Route<{ Params: OrderParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/orders/:reference/owed",
  schema: { params: orderParams, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction, paymentFlow, log } = request.server;
    const { id: orderId, reference } = await getOrder(request);
    const { userId: by } = adminOf(request);
    const { way } = request.body;
    const note = request.body.note.replaceAll("\u0000", "").trim();
    const returned = await transaction(async (tx) => {
      const result = await services.payments.returnOwed(tx, { orderId, way, note, by });
      if (result.kind === "requested") {
        const entry = { app: "cart", by, action: "give back what is owed", subject: `order:${orderId}`, reason: note } as const;
        await services.audit.record(tx, { ...entry, before: null, after: { way } });
      }
      return result;
    });
    if (returned.kind === "in-flight") throw new CodedError("order-moved", "It is on its way back already.");
    if (returned.kind === "nothing") throw new CodedError("order-moved", "Nothing is owed by this order any more.");
    paymentFlow
      .refundNow(returned.refundId)
      .catch((error: unknown) => log.warn({ err: error }, "a refund could not be sent; it is sent again"));
    return reply.redirect(`/admin/orders/${reference}`, 303);
  },
};
