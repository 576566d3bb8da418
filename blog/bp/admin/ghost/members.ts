import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";

/** POST /admin/ghost/members: brings members, newsletters and labels of Ghost here, now and from now on. Addresses of people: not for every editor. */
export const bringGhostMembers: Route = {
  method: "POST",
  url: "/admin/ghost/members",
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = adminOf(request).userId;
    await transaction((tx) => services.ghost.askForMembers(tx, { by }));
    return reply.redirect(withNotice("/admin/ghost", "ghost-members"), 303);
  },
};
