import type { OrderDetail } from "@rose-ash/shared/contracts/orders.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply } from "fastify";
import { getOrder, type OrderParams, orderParams } from "./order.ts";

/** From one address: each is drawn anew. */
const MOST_A_MINUTE = 30;

/** GET /orders/:reference/receipt.pdf: the same as a document to keep. Throws unavailable. */
export const downloadReceipt: Route<{ Params: OrderParams }> = {
  method: "GET",
  url: "/orders/:reference/receipt.pdf",
  schema: { params: orderParams },
  config: { requestsPerMinute: MOST_A_MINUTE, rateLimit: { groupId: "receipts" } },
  handler: async (request, reply) => sendReceipt(reply, await getOrder(request)),
};

export async function sendReceipt(reply: FastifyReply, order: OrderDetail): Promise<FastifyReply> {
  const { receipts } = reply.server;
  const sheet = receipts.sheetOf(order);
  if (sheet === null) throw nothingHere();
  return reply
    .header("content-disposition", `inline; filename="receipt-${sheet.number}.pdf"`)
    .header("cache-control", "private, no-store")
    .type("application/pdf")
    .send(await receipts.print(sheet));
}
