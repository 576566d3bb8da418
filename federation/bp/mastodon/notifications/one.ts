import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { groupsOf } from "../../../mastodon/entities/notification.ts";
import { member, memberReader } from "../access.ts";
import { notFound } from "../errors.ts";
import { type NotificationRequest, notificationOf, notificationParams } from "./find.ts";

const schema = { params: notificationParams };

/** GET /api/v1/notifications/:id */
export const showNotification: Route<NotificationRequest> = {
  ...{ method: "GET", url: "/api/v1/notifications/:id", schema, config: member("read:notifications") },
  handler: async (request, reply) => reply.send(await notificationOf(request, memberReader(request))),
};

/** GET /api/v2/notifications/:group_key */
export const showNotificationGroup: Route<NotificationRequest> = {
  ...{ method: "GET", url: "/api/v2/notifications/:id", schema, config: member("read:notifications") },
  handler: async (request, reply) => reply.send(groupsOf([await notificationOf(request, memberReader(request))])),
};

/** POST /api/v1/notifications/:id/dismiss, and v2: it is gone for good. */
export const dismissNotification: readonly Route<NotificationRequest>[] = ["/api/v1", "/api/v2"].map((version) => ({
  ...{ method: "POST", url: `${version}/notifications/:id/dismiss`, schema, config: member("write:notifications") },
  async handler(request, reply) {
    const { userId } = memberReader(request);
    const { services, transaction } = request.server;
    if (!(await transaction((tx) => services.notifications.dismiss(tx, userId, request.params.id)))) throw notFound();
    return reply.send({});
  },
}));
