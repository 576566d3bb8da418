import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { ReportId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { decisionOf } from "../servers/verdicts.ts";

const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const body = z.object({
  deed: z.enum(["nothing", "hide", "silence", "suspend"]),
  reason: z.string().trim().min(3).max(500),
});

/** POST /admin/moderation/reports/:id: what is done about it, and it is closed. */
export const closeReport: Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/moderation/reports/:id",
  schema: { params, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { deed, reason } = request.body;
    const decision = decisionOf(request, reason);
    const report = await services.moderation.findReport(request.params.id as ReportId);
    if (report === null) throw nothingHere();
    const notice = await transaction(async (tx) => {
      const verdict = deed === "nothing" ? "dismissed" : "upheld";
      if (!(await services.moderation.closeReport(tx, report.id, verdict, decision))) return "report-closed-before";
      if (deed === "nothing") return "report-closed";
      if (deed === "hide") {
        await services.comments.hide(tx, report.objects, decision);
        return "report-closed";
      }
      if (report.accused === null) return "report-closed";
      const { kind } = await services.moderation.limit(tx, report.accused, deed === "silence" ? "silenced" : "suspended", decision);
      return kind === "set" || kind === "in-force" ? "report-closed" : "limit-refused";
    });
    return reply.redirect(withNotice("/admin/moderation/reports", notice), 303);
  },
};
