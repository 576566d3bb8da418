import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { letFormsEndAtSumUp } from "../forms-to-sumup.ts";
import { getOrder, type OrderParams, orderParams } from "./order.ts";
import { leadOf, REFUND_WORDS, STATUS_WORDS } from "./words.ts";

const query = z.object({ away: z.enum(["1", "2"]).optional().catch(undefined) });

/** GET /orders/:reference: an order as its buyer sees it. away: SumUp did not answer when they wanted to pay (1), or there is no key of the merchant (2). */
export const showOrder: Route<{ Params: OrderParams; Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: "/orders/:reference",
  schema: { params: orderParams, querystring: query },
  async handler(request, reply) {
    const order = await getOrder(request);
    letFormsEndAtSumUp(reply);
    return reply.header("cache-control", "no-store").page("order/show.html", {
      ...{ order, missing: await request.server.services.cycles.listShortfalls(order.id) },
      status: STATUS_WORDS[order.status],
      lead: leadOf(order),
      refunds: order.refunds.map((refund) => ({ ...refund, words: REFUND_WORDS[refund.state] })),
      words: STATUS_WORDS,
      next: order.parts.find(({ reference, isHeld }) => isHeld && reference !== order.reference) ?? null,
      canRepeat: order.status === "expired" || order.status === "cancelled",
      away: order.status === "pending_payment" ? (request.query.away ?? "") : "",
    });
  },
};
