import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { ScrapeAlarmId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { supplierParams } from "./show.ts";

const params = supplierParams.extend({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const body = z.object({ reason: z.string().catch("").default("") });

/** POST /admin/suppliers/:slug/alarms/:id/dismissal: what the pages say now is how it is. */
export const dismissAlarm: Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/suppliers/:slug/alarms/:id(^[1-9]\\d{0,14}$)/dismissal",
  schema: { params, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { slug, id } = request.params;
    const reason = request.body.reason.replaceAll("\u0000", "").trim().slice(0, 300);
    const wish = { id: id as ScrapeAlarmId, reason, by: adminOf(request).userId };
    const isDone = await transaction((tx) => services.scrapeReview.dismissAlarm(tx, wish));
    return reply.redirect(withNotice(`/admin/suppliers/${encodeURIComponent(slug)}`, isDone ? "alarm-dismissed" : "not-there-now"), 303);
  },
};
