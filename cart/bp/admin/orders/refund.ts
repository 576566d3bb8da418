import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { amountText, readAmount } from "@rose-ash/shared/models/money.ts";
import { z } from "zod";
import { type OrderParams, orderParams } from "../../order/order.ts";
import { getOrder, sendOrder } from "./show.ts";

const text = (most: number) => z.string().max(most).catch("").default("");
const body = z.object({
  requestKey: z.uuid(),
  amount: text(20),
  reason: z.enum(["asked", "shortfall", "goodwill"]),
  way: z.enum(["as-it-came", "cash", "bank"]).catch("as-it-came").default("as-it-came"),
  note: text(300),
});

/** POST /admin/orders/:reference/refunds: a part or all of it goes back, the way it came or another. Pressing twice asks once. */
export const refundOrder: Route<{ Params: OrderParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/orders/:reference/refunds",
  schema: { params: orderParams, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction, paymentFlow, log } = request.server;
    const order = await getOrder(request);
    const { requestKey, amount, reason, note, way } = request.body;
    const { userId: by } = adminOf(request);
    const again = (message: string) =>
      sendOrder(request, reply.code(422), order, { typed: { amount, reason, note, way }, messages: { amount: message } });
    const amountMinor = readAmount(amount, order.currency);
    if (amountMinor === null) return again(`Write an amount as ${amountText(420, order.currency)}.`);
    const asked = await transaction(async (tx) => {
      const wish = { orderId: order.id, amountMinor, reason, note: note.replaceAll("\u0000", "").trim(), by, requestKey, way };
      const result = await services.payments.requestRefund(tx, wish);
      if (result.kind === "requested") {
        const entry = { app: "cart", by, action: "refund", subject: `order:${order.id}`, reason: wish.note || reason } as const;
        await services.audit.record(tx, { ...entry, before: { refundedMinor: order.refundedMinor }, after: { amountMinor, way } });
      }
      return result;
    });
    if (asked.kind === "in-flight") return again("Another refund of this order is under way. Wait for its end.");
    if (asked.kind === "too-much") return again("That is more than there is to give back.");
    paymentFlow
      .refundNow(asked.refundId)
      .catch((error: unknown) => log.warn({ err: error }, "a refund could not be sent; it is sent again"));
    return reply.redirect(`/admin/orders/${order.reference}`, 303);
  },
};
