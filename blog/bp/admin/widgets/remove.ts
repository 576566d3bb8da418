import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { z } from "zod";
import { writersOnly } from "../writers-only.ts";
import { versionBody, type WidgetParams, widgetParams } from "./fields.ts";
import { answerChange } from "./show.ts";

/** POST /admin/pages/:id/widgets/:widget/removal: takes it off the page; what it shows stays what it is. */
export const removeWidget: Route<{ Params: WidgetParams; Body: z.output<typeof versionBody> }> = {
  method: "POST",
  url: "/admin/pages/:id/widgets/:widget/removal",
  schema: { params: widgetParams, body: versionBody },
  onRequest: writersOnly,
  handler(request, reply) {
    const { id, widget } = request.params;
    return answerChange(request, reply, id, { version: request.body.version, change: { kind: "remove", id: widget } });
  },
};
