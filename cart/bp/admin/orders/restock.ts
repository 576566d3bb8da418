import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type OrderParams, orderParams } from "../../order/order.ts";
import { getOrder } from "./show.ts";

/** POST /admin/orders/:reference/stock: what a refunded order took from the shelf is there again. Pressing twice puts it back once. */
export const restockOrder: Route<{ Params: OrderParams }> = {
  method: "POST",
  url: "/admin/orders/:reference/stock",
  schema: { params: orderParams },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id, reference } = await getOrder(request);
    const { userId: by } = adminOf(request);
    await transaction(async (tx) => {
      if (!(await services.orders.restock(tx, id))) return;
      const entry = { app: "cart", by, action: "put back on the shelf", subject: `order:${id}`, reason: "" } as const;
      await services.audit.record(tx, { ...entry, before: null, after: null });
    });
    return reply.redirect(`/admin/orders/${reference}`, 303);
  },
};
