import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";
import { orderParams } from "../order/order.ts";
import { leadOf, STATUS_WORDS } from "../order/words.ts";
import { readerOf } from "./owner-of.ts";

/** How an order of the reader's stands, and what can be done with it now; of somebody else's, nothing. */
export const orderSummary = defineFragment({
  type: "order-summary",
  params: z.object({ reference: orderParams.shape.reference }),
  async render({ services, subject, params: { reference } }) {
    const order = await services.orders.findFor(readerOf(subject), reference);
    const around = order === null ? {} : { status: STATUS_WORDS[order.status], lead: leadOf(order) };
    return {
      template: "fragments/order-summary.html",
      context: { order, ...around },
      goodUntil: order?.isHeld ? order.holdUntil : null,
    };
  },
});
