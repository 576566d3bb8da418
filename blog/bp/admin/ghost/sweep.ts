import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";

/** POST /admin/ghost/sweep: looks through everything in Ghost now. */
export const sweepGhost: Route = {
  method: "POST",
  url: "/admin/ghost/sweep",
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = adminOf(request).userId;
    await transaction((tx) => services.ghost.askForSweep(tx, { by }));
    return reply.redirect(withNotice("/admin/ghost", "ghost-sweep"), 303);
  },
};
