import { menuOf, wholeSiteOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import type { ErasureId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { standing } from "./list.ts";

export const erasureParams = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });

/** GET /admin/erasures/:id: what each service did, with the receipts; what failed and why. */
export const showErasure: Route<{ Params: z.output<typeof erasureParams> }> = {
  method: "GET",
  url: "/admin/erasures/:id",
  schema: { params: erasureParams },
  onRequest: wholeSiteOnly("operate"),
  async handler(request, reply) {
    const { erasures } = request.server.services;
    const id = request.params.id as ErasureId;
    const [erasure, receipts] = await Promise.all([erasures.findRow(id), erasures.listReceipts(id)]);
    if (erasure === null) throw nothingHere();
    const services = APPS.map((app) => ({
      app,
      isDone: erasure.done.includes(app),
      stuck: erasure.stuck.find((one) => one.app === app) ?? null,
      receipts: receipts.filter((one) => one.app === app),
    }));
    reply.header("cache-control", "private, no-store");
    const zone = request.server.runtime.site.timeZone;
    return reply.page("erasures/show.html", { menu: menuOf(request), erasure: { ...erasure, ...standing(erasure) }, services, zone });
  },
};
