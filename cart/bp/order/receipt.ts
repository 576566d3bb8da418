import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { getOrder, type OrderParams, orderParams } from "./order.ts";

/** GET /orders/:reference/receipt: what was paid, to whom, with its tax; made to be printed. */
export const showReceipt: Route<{ Params: OrderParams }> = {
  method: "GET",
  url: "/orders/:reference/receipt",
  schema: { params: orderParams },
  async handler(request, reply) {
    const order = await getOrder(request);
    const sheet = request.server.receipts.sheetOf(order);
    if (sheet === null) throw nothingHere();
    return reply.header("cache-control", "no-store").page("order/receipt.html", { sheet, reference: order.reference });
  },
};
