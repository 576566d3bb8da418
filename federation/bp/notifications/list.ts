import type { NotificationGroup } from "@rose-ash/shared/contracts/notifications.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { NotificationKind } from "@rose-ash/shared/models/federation.ts";
import { z } from "zod";
import { lineOf } from "../activity-line.ts";

const VIEWS: Readonly<Record<string, { name: string; kinds: readonly NotificationKind[] }>> = {
  all: { name: "All", kinds: [] },
  mentions: { name: "Mentions", kinds: ["mention", "post", "poll"] },
  follows: { name: "Follows", kinds: ["follow", "follow-request", "move"] },
  liked: { name: "Likes and boosts", kinds: ["like", "boost"] },
  site: { name: "The co-operative", kinds: ["site", "report"] },
};

const querystring = z.looseObject({
  view: z.enum(["all", "mentions", "follows", "liked", "site"]).catch("all").default("all"),
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
});

/** GET /notifications: a member's own, what is alike told as one; a guest is told to sign in. */
export const listNotifications: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/notifications",
  schema: { querystring },
  async handler(request, reply) {
    const { viewer } = request;
    reply.header("cache-control", "private, no-store");
    if (viewer.kind === "guest") return reply.code(401).page("notifications/guest.html", {});
    const { view, before = null } = request.query;
    const { services, fediverse } = request.server;
    const own = fediverse.actors.ofMember(viewer.handle).uri;
    const [page, unread, requests] = await Promise.all([
      services.notifications.listGroups(viewer.userId, VIEWS[view]?.kinds ?? [], before),
      services.notifications.countUnread(viewer.userId),
      services.people.listFollowers(own, "asked", 1),
    ]);
    const waiting = new Set(requests.map(({ uri }) => uri));
    const groups = page.groups.map((group) => lineOfGroup(group, { waiting, own }));
    const views = Object.entries(VIEWS).map(([key, { name }]) => ({
      ...{ name, isCurrent: key === view, url: key === "all" ? "/notifications" : `/notifications?view=${key}` },
    }));
    const olderUrl = page.before === null ? null : `/notifications?${new URLSearchParams({ view, before: String(page.before) })}`;
    return reply.page("notifications/list.html", { groups, unread, views, view, olderUrl, isNewest: before === null });
  },
};

/** isWaiting: a request that nobody has answered yet. isOwn: of what the member did. */
function lineOfGroup(group: NotificationGroup, { waiting, own }: { waiting: ReadonlySet<string>; own: string }) {
  const isWaiting = group.kind === "follow-request" && waiting.has(group.people[0]?.uri ?? "");
  return { ...group, isWaiting, isOwn: group.people[0]?.uri === own, activity: group.activity && lineOf(group.activity) };
}
