import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { SeriesId } from "@rose-ash/shared/models/ids.ts";
import { type SeriesParams, seriesParams } from "./list.ts";

/** POST /admin/series/:id/removal: its posts stand by themselves again. */
export const removeSeries: Route<{ Params: SeriesParams }> = {
  method: "POST",
  url: "/admin/series/:id(^[1-9]\\d{0,14}$)/removal",
  schema: { params: seriesParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    await transaction((tx) => services.writing.removeSeries(tx, request.params.id as SeriesId));
    return reply.redirect(withNotice("/admin/series", "removed-for-good"), 303);
  },
};
