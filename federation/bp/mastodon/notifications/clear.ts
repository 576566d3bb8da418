import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { member, memberReader } from "../access.ts";

/** POST /api/v1/notifications/clear: what people did; what the co-operative says stays on the site. */
export const clearNotifications: Route = {
  method: "POST",
  url: "/api/v1/notifications/clear",
  config: member("write:notifications"),
  async handler(request, reply) {
    const { userId } = memberReader(request);
    const { services, transaction } = request.server;
    await transaction((tx) => services.notifications.clear(tx, userId));
    return reply.send({});
  },
};
