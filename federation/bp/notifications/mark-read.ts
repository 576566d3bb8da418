import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";

/** GET: somebody who reloads a refused answer comes back to the list. */
export const reloadRead: Route = {
  method: "GET",
  url: "/notifications/read",
  handler: (_request, reply) => reply.redirect("/notifications", 303),
};

/** POST /notifications/read: all of them. */
export const markRead: Route = {
  method: "POST",
  url: "/notifications/read",
  async handler(request, reply) {
    const { viewer } = request;
    if (viewer.kind === "guest") throw new CodedError("sign-in-needed", "Notifications are a member's own. Please sign in first.");
    await request.server.transaction((tx) => request.server.services.notifications.markAllRead(tx, viewer.userId));
    return reply.redirect(withNotice("/notifications", "read"), 303);
  },
};
