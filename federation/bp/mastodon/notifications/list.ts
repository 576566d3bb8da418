import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { groupsOf } from "../../../mastodon/entities/notification.ts";
import { member, memberReader } from "../access.ts";
import { sendLink } from "../paging.ts";
import { findNotifications } from "./find.ts";

/** GET /api/v1/notifications: one by one. */
export const listNotifications: Route = {
  method: "GET",
  url: "/api/v1/notifications",
  config: member("read:notifications"),
  async handler(request, reply) {
    const found = await findNotifications(request, memberReader(request));
    sendLink(request, reply, found);
    return reply.send(found.notifications);
  },
};

/** GET /api/v2/notifications: the same as groups, each of one. */
export const listNotificationGroups: Route = {
  method: "GET",
  url: "/api/v2/notifications",
  config: member("read:notifications"),
  async handler(request, reply) {
    const found = await findNotifications(request, memberReader(request));
    sendLink(request, reply, found);
    return reply.send(groupsOf(found.notifications));
  },
};
