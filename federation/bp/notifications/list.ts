import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { lineOf } from "../activity-line.ts";

/** GET /notifications: a member's own; a guest is told to sign in. */
export const listNotifications: Route = {
  method: "GET",
  url: "/notifications",
  async handler(request, reply) {
    const { viewer } = request;
    if (viewer.kind === "guest") return reply.code(401).page("notifications/guest.html", {});
    const notifications = await request.server.services.federation.listNotifications(viewer.userId);
    const lines = notifications.map(({ activity, ...notification }) => ({ ...notification, activity: lineOf(activity) }));
    return reply.page("notifications/list.html", { notifications: lines, hasUnread: lines.some(({ isUnread }) => isUnread) });
  },
};
