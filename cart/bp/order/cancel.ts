import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { getOrder, type OrderParams, orderParams } from "./order.ts";

/** POST /orders/:reference/cancellation: the buyer does not want it, and has not paid. */
export const cancelOrder: Route<{ Params: OrderParams }> = {
  method: "POST",
  url: "/orders/:reference/cancellation",
  schema: { params: orderParams },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id, reference } = await getOrder(request);
    await transaction((tx) => services.orders.cancel(tx, id, { kind: "buyer" }));
    return reply.redirect(`/orders/${reference}`, 303);
  },
};
