import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { idsOf, severalOf } from "../several.ts";
import { ORDER_PATH, type OrderParams, orderParams, orderPath } from "./params.ts";

/** orders: ids of those that are to be paid back. */
const body = z.object({ orders: severalOf });

/** Whether who is behind the counter may give money back: that is the cart's. */
export function mayPayBack(request: FastifyRequest): Promise<boolean> {
  return request.server.services.relations.may(adminOf(request).userId, "operate", "cart");
}

/** POST …/refunds: what was paid for what does not come goes back the way it came, order by order; pressing twice asks once. */
export const payBackOrders: Route<{ Params: OrderParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${ORDER_PATH}/refunds`,
  schema: { params: orderParams, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id, supplier } = request.params;
    const answer = (notice: Parameters<typeof withNotice>[1]) => reply.redirect(withNotice(orderPath(request.params), notice), 303);
    if (!(await mayPayBack(request))) return answer("not-yours-to-refund");
    const wanted = idsOf(request.body.orders);
    const short = (await services.backOrders.listShortOrders(id, supplier)).filter(({ orderId }) => wanted.includes(orderId));
    const by = adminOf(request).userId;
    const results = [];
    for (const { orderId } of short) results.push(await transaction((tx) => services.backOrders.payBack(tx, { orderId, by })));
    const asked = results.filter(({ kind }) => kind === "requested").length;
    if (asked === 0) return answer(results.length === 0 ? "nothing-chosen" : "nothing-to-pay-back");
    return answer(results.some(({ kind }) => kind === "in-flight") ? "paid-back-partly" : "paid-back");
  },
};
