import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { CYCLE_PATH, type CycleParams, cycleParams } from "./params.ts";

/** POST /admin/cycles/:id/opening, /closing, /end: now instead of when its time comes; the end is never by itself. */
function move(url: string, name: "openNow" | "closeNow" | "markDone"): Route<{ Params: CycleParams }> {
  return {
    method: "POST",
    url: `${CYCLE_PATH}/${url}`,
    schema: { params: cycleParams },
    onRequest: adminOnly("edit"),
    async handler(request, reply) {
      const { services, transaction } = request.server;
      const { id } = request.params;
      const by = adminOf(request).userId;
      const isMoved = await transaction((tx) => services.cycleDesk[name](tx, id, by));
      return reply.redirect(withNotice(`/admin/cycles/${id}`, isMoved ? "saved" : "not-there-now"), 303);
    },
  };
}

export const openCycle = move("opening", "openNow");
export const closeCycle = move("closing", "closeNow");
export const endCycle = move("end", "markDone");
