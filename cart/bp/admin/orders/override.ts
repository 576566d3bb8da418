import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { ORDER_STATUSES, statesBefore } from "@rose-ash/shared/models/order-states.ts";
import { z } from "zod";
import { type OrderParams, orderParams } from "../../order/order.ts";
import { getOrder } from "./show.ts";
import { sendWhy } from "./why.ts";

const LONGEST = 500;
const body = z.record(z.string().max(60), z.string().max(2000).catch("")).and(z.object({ to: z.enum(ORDER_STATUSES) }));

/**
 * POST /admin/orders/:reference/override: somebody lets an order go on that something holds. That they say so is a fact in their name,
 * and it moves in the same transaction. Ways that the list does not have are none for anybody.
 */
export const overrideMove: Route<{ Params: OrderParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/orders/:reference/override",
  schema: { params: orderParams, body },
  onRequest: [adminOnly("operate"), adminOnly("assert-facts")],
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const order = await getOrder(request);
    const { userId: by } = adminOf(request);
    const { to } = request.body;
    const reason = (request.body[`reason-${to}`] ?? "")
      .replaceAll(/\p{Cc}+/gu, " ")
      .trim()
      .slice(0, LONGEST);
    if (!statesBefore(to, "staff").includes(order.status))
      throw new CodedError("order-moved", "The order stands elsewhere by now. Please open its page again.", { to });
    const said = await transaction(async (tx) => {
      const values = [`order:${order.id}`, order.status, to];
      const result = await services.relations.assertFact(tx, by, { relation: "cart.may_move", values, reason, expiresAt: null });
      if (result.kind !== "asserted") return result;
      if (to === "cancelled") await services.orders.cancel(tx, order.id, { kind: "staff", userId: by });
      else await services.orders.move(tx, order.id, to, by);
      const entry = { app: "cart", by, action: "override", subject: `order:${order.id}`, reason } as const;
      await services.audit.record(tx, { ...entry, before: { status: order.status }, after: { status: to } });
      return result;
    });
    if (said.kind === "malformed")
      return sendWhy(request, reply.code(422), order, { typed: { to, reason }, messages: { reason: said.message } });
    if (said.kind !== "asserted") throw nothingHere();
    return reply.redirect(`/admin/orders/${order.reference}`, 303);
  },
};
