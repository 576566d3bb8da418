import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { readLocal, writeLocal } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import { z } from "zod";
import { type OrderParams, orderParams } from "../../order/order.ts";
import { getOrder, sendOrder } from "./show.ts";

const body = z.object({ kind: z.enum(["cash", "bank"]), paidOn: z.string().max(20).catch("").default("") });

/** POST /admin/orders/:reference/payments: somebody has the money, in the till or at the bank. */
export const payOrderByHand: Route<{ Params: OrderParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/orders/:reference/payments",
  schema: { params: orderParams, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction, runtime } = request.server;
    const order = await getOrder(request);
    const { kind, paidOn } = request.body;
    const now = runtime.clock.now();
    const { timeZone } = runtime.site;
    const isToday = paidOn === "" || paidOn === writeLocal(now, timeZone).slice(0, 10);
    const paidAt = isToday ? now : readLocal(`${paidOn}T12:00`, timeZone);
    if (paidAt === null || paidAt > now) {
      return sendOrder(request, reply.code(422), order, { typed: { kind, paidOn }, messages: { paidOn: "That is no day up to today." } });
    }
    const { userId: by } = adminOf(request);
    await transaction(async (tx) => {
      await services.payments.payByHand(tx, { orderId: order.id, kind, by, paidAt });
      const entry = { app: "cart", by, action: "take payment by hand", subject: `order:${order.id}`, reason: "" } as const;
      await services.audit.record(tx, { ...entry, before: null, after: { kind, amountMinor: order.totalMinor, currency: order.currency } });
    });
    return reply.redirect(`/admin/orders/${order.reference}`, 303);
  },
};
