import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { z } from "zod";
import { writersOnly } from "../writers-only.ts";
import { orderBody, type PageParams, pageParams } from "./fields.ts";
import { answerChange } from "./show.ts";

/** POST /admin/pages/:id/widgets/order: all of them in a new order, as dragging leaves them: "3,1,2". */
export const orderWidgets: Route<{ Params: PageParams; Body: z.output<typeof orderBody> }> = {
  method: "POST",
  url: "/admin/pages/:id/widgets/order",
  schema: { params: pageParams, body: orderBody },
  onRequest: writersOnly,
  handler(request, reply) {
    const { version, order } = request.body;
    const ids = order.split(",").map(Number);
    const change = ids.every(Number.isSafeInteger) ? { kind: "order" as const, ids } : null;
    return answerChange(request, reply, request.params.id, { version, change });
  },
};
