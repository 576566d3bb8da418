import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { z } from "zod";
import { changeMenu } from "./change.ts";
import { type MenuParams, menuParams, orderBody } from "./fields.ts";
import { answerChange } from "./show.ts";

/** POST /admin/navigation/:menu/order: all items in a new order, as dragging leaves them: "3,1,2". */
export const orderItems: Route<{ Params: MenuParams; Body: z.output<typeof orderBody> }> = {
  method: "POST",
  url: "/admin/navigation/:menu/order",
  schema: { params: menuParams, body: orderBody },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { params, body } = request;
    const ids = body.order.split(",").map(Number);
    if (!ids.every(Number.isSafeInteger)) return answerChange(request, reply, { kind: "gone" });
    return answerChange(request, reply, await changeMenu(request, params.menu, body.version, { kind: "order", ids }));
  },
};
