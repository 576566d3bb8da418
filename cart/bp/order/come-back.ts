import { setTimeout as sleep } from "node:timers/promises";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { letFormsEndAtSumUp } from "../forms-to-sumup.ts";
import { getOrder, type OrderParams, orderParams } from "./order.ts";

/** How long a page waits for SumUp before it is shown, and asks again by itself. */
const PATIENCE_MS = 2_500;

/**
 * GET /orders/:reference/payment: where a buyer comes back to. That they are here says nothing about money: it is looked at, and
 * the page waits, with htmx or by itself, until the order has moved.
 */
export const comeBack: Route<{ Params: OrderParams }> = {
  method: "GET",
  url: "/orders/:reference/payment",
  schema: { params: orderParams },
  async handler(request, reply) {
    const { services, paymentFlow, log } = request.server;
    const before = await getOrder(request);
    const attempt = before.status === "pending_payment" ? await services.payments.findNewest(before.id) : null;
    if (attempt !== null) {
      const looking = paymentFlow.look(attempt.id).catch((error: unknown) => log.warn({ err: error }, "a payment could not be looked at"));
      await Promise.race([looking, sleep(PATIENCE_MS, undefined, { ref: false })]);
    }
    const order = await getOrder(request);
    const isDeclined = order.payment?.lastStatus === "FAILED";
    if (order.status !== "pending_payment" || attempt === null || isDeclined || !order.isHeld)
      return reply.redirect(`/orders/${order.reference}`, 303);
    letFormsEndAtSumUp(reply); // the order's page comes into this document, under its policy
    return reply.header("cache-control", "no-store").page("order/waiting.html", { order });
  },
};
