import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { ORDER_STATUSES, statesBefore } from "@rose-ash/shared/models/order-states.ts";
import { z } from "zod";
import { type OrderParams, orderParams } from "../../order/order.ts";
import { getOrder } from "./show.ts";
import { mayMove } from "./why.ts";

const body = z.object({ to: z.enum(ORDER_STATUSES) });

/** POST /admin/orders/:reference/state: staff bring an order further, or call it off. What something holds is shown with what that is. */
export const moveOrder: Route<{ Params: OrderParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/orders/:reference/state",
  schema: { params: orderParams, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const order = await getOrder(request);
    const { id, reference, status } = order;
    const { userId: by } = adminOf(request);
    const { to } = request.body;
    const isWay = statesBefore(to, "staff").includes(status); // else the move itself says so
    if (isWay && !(await mayMove(request, order, to))) return reply.redirect(`/admin/orders/${reference}/why#to-${to}`, 303);
    await transaction(async (tx) => {
      if (to === "cancelled") await services.orders.cancel(tx, id, { kind: "staff", userId: by });
      else await services.orders.move(tx, id, to, by);
      const entry = { app: "cart", by, action: "move order", subject: `order:${id}`, reason: "" } as const;
      await services.audit.record(tx, { ...entry, before: { status }, after: { status: to } });
    });
    return reply.redirect(`/admin/orders/${reference}`, 303);
  },
};
