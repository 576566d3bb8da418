import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { SeriesId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { errorsOf } from "../tags/fields.ts";
import { type SeriesParams, sendSeries, seriesBody, seriesParams } from "./list.ts";

/** Fields of the form of a series that is there end in its id, since a page has many of them. */
const body = z.record(z.string(), z.string().catch(""));

/** POST /admin/series/:id: its title, address and words. */
export const saveSeries: Route<{ Params: SeriesParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/series/:id(^[1-9]\\d{0,14}$)",
  schema: { params: seriesParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = request.params.id as SeriesId;
    const values = seriesBody.parse(
      Object.fromEntries(["title", "slug", "description"].map((name) => [name, request.body[`${name}-${id}`]])),
    );
    const result = await transaction((tx) => services.writing.saveSeries(tx, id, values));
    if (result.kind === "saved") return reply.redirect(withNotice("/admin/series", "saved"), 303);
    return sendSeries(request, reply, { id, values, errors: errorsOf(result) });
  },
};
