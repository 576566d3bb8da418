import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";

/** POST /admin/ghost/start: brings everything in Ghost here, and keeps both in step from then on. */
export const startGhost: Route = {
  method: "POST",
  url: "/admin/ghost/start",
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = adminOf(request).userId;
    const isBegun = await transaction((tx) => services.ghost.start(tx, { by }));
    return reply.redirect(withNotice("/admin/ghost", isBegun ? "ghost-started" : "not-there-now"), 303);
  },
};
