import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { errorsOf } from "../tags/fields.ts";
import { type SeriesBody, sendSeries, seriesBody } from "./list.ts";

/** POST /admin/series: a new one. */
export const createSeries: Route<{ Body: SeriesBody }> = {
  method: "POST",
  url: "/admin/series",
  schema: { body: seriesBody },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const result = await transaction((tx) => services.writing.saveSeries(tx, null, request.body));
    if (result.kind === "saved") return reply.redirect(withNotice("/admin/series", "saved"), 303);
    return sendSeries(request, reply, { id: null, values: request.body, errors: errorsOf(result) });
  },
};
