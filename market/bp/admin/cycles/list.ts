import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { stateBadge } from "./words.ts";

/** GET /admin/cycles: all of them, the last cut-off first. */
export const listCycles: Route = {
  method: "GET",
  url: "/admin/cycles",
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const cycles = await request.server.services.cycleDesk.listCycles();
    const rows = cycles.map((cycle) => ({ ...cycle, badge: stateBadge(cycle.state) }));
    return reply.page("admin/cycles/list.html", { menu: menuOf(request), cycles: rows, last: cycles[0] ?? null });
  },
};
