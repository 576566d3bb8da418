import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { TOLD_KINDS } from "../../../mastodon/entities/notification.ts";
import { member, memberReader } from "../access.ts";

const MOST = 100;

/** GET /api/v1/notifications/unread_count, and v2: those above the marker of the member's apps, a hundred at most. */
export const countUnread: readonly Route[] = ["/api/v1", "/api/v2"].map((version) => ({
  method: "GET",
  url: `${version}/notifications/unread_count`,
  config: member("read:notifications"),
  async handler(request, reply) {
    const { userId } = memberReader(request);
    const { clientApi, notifications } = request.server.services;
    const [marker] = await clientApi.listMarkers(userId, ["notifications"]);
    const since = marker === undefined ? null : Number(marker.lastReadId);
    const filter = {
      kinds: TOLD_KINDS,
      actor: null,
      before: null,
      since: Number.isSafeInteger(since) ? since : null,
      after: null,
      limit: MOST,
    };
    const found = await notifications.listEach(userId, filter);
    return reply.send({ count: marker === undefined ? found.filter(({ isUnread }) => isUnread).length : found.length });
  },
}));
