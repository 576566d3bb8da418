import { adminOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { z } from "zod";
import { moved } from "../moved.ts";
import { writersOnly } from "../writers-only.ts";
import { moveBody, type WidgetParams, widgetParams } from "./fields.ts";
import { answerChange } from "./show.ts";

/** POST /admin/pages/:id/widgets/:widget/place: one place up or down. */
export const moveWidget: Route<{ Params: WidgetParams; Body: z.output<typeof moveBody> }> = {
  method: "POST",
  url: "/admin/pages/:id/widgets/:widget/place",
  schema: { params: widgetParams, body: moveBody },
  onRequest: writersOnly,
  async handler(request, reply) {
    const { id, widget } = request.params;
    const { version, direction } = request.body;
    const { widgets } = await request.server.services.widgets.getWidgetsFor(adminOf(request).userId, id);
    const ids = moved(
      widgets.map((one) => one.id),
      widget,
      direction,
    );
    return answerChange(request, reply, id, { version, change: { kind: "order", ids } });
  },
};
