import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { bringMenus, GhostError } from "../../../services/ghost/index.ts";

/** POST /admin/ghost/menus: puts the items of Ghost's menus behind those here. Ghost is asked at once, and may be away. */
export const bringGhostMenus: Route = {
  method: "POST",
  url: "/admin/ghost/menus",
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { ghostParts } = request.server;
    const by = adminOf(request).userId;
    const count = await bringMenus(ghostParts, by).catch((error: unknown) => {
      if (error instanceof GhostError) return null;
      throw error;
    });
    const notice = count === null ? "ghost-away" : count === 0 ? "ghost-menu-same" : "ghost-menu";
    return reply.redirect(withNotice("/admin/ghost", notice), 303);
  },
};
