import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type OrderParams, orderParams } from "../../order/order.ts";
import { sendReceipt } from "../../order/receipt-pdf.ts";
import { getOrder } from "./show.ts";

/** GET /admin/orders/:reference/receipt.pdf: the receipt that its buyer has. */
export const downloadReceiptOf: Route<{ Params: OrderParams }> = {
  method: "GET",
  url: "/admin/orders/:reference/receipt.pdf",
  schema: { params: orderParams },
  onRequest: adminOnly("operate"),
  handler: async (request, reply) => sendReceipt(reply, await getOrder(request)),
};
