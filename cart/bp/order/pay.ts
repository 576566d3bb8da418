import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { leadToPayment } from "../checkout/place.ts";
import { getOrder, type OrderParams, orderParams } from "./order.ts";

/** POST /orders/:reference/payment: to where it is paid; two tabs get to the same page. */
export const payOrder: Route<{ Params: OrderParams }> = {
  method: "POST",
  url: "/orders/:reference/payment",
  schema: { params: orderParams },
  async handler(request, reply) {
    const { id, reference } = await getOrder(request);
    return leadToPayment(request.server, reply, { orderId: id, reference });
  },
};
