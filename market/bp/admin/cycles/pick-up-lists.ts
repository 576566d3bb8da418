import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { CYCLE_PATH, type CycleParams, cycleParams } from "./params.ts";

/** GET /admin/cycles/:id/pick-ups: who fetches what where, to be printed. */
export const showPickUpLists: Route<{ Params: CycleParams }> = {
  method: "GET",
  url: `${CYCLE_PATH}/pick-ups`,
  schema: { params: cycleParams },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { cycleDesk } = request.server.services;
    const [cycle, lists] = await Promise.all([cycleDesk.getCycle(request.params.id), cycleDesk.listPickUpLists(request.params.id)]);
    return reply.page("admin/cycles/pick-up-lists.html", { menu: menuOf(request), cycle, lists });
  },
};
