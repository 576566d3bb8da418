import type { NotificationView } from "@rose-ash/shared/contracts/notifications.ts";
import type { NotificationKind } from "@rose-ash/shared/models/federation.ts";
import type { Account } from "./account.ts";
import type { Status } from "./status.ts";

/** Mastodon's words for what members are told of; what it has no word for, apps are not told. */
export const TYPES: Readonly<Partial<Record<NotificationKind, string>>> = {
  ...{
    mention: "mention",
    post: "status",
    boost: "reblog",
    follow: "follow",
    "follow-request": "follow_request",
    like: "favourite",
    poll: "poll",
  },
};

export const TOLD_KINDS = Object.keys(TYPES) as readonly NotificationKind[]; // keys forgets which

/** Kinds that are about a status: without it there is nothing to show. */
const ABOUT_STATUS: ReadonlySet<NotificationKind> = new Set(["mention", "post", "boost", "like", "poll"]);

/** One thing that somebody did (docs: entities/Notification). Null where it is about something that is gone. */
export function notificationEntity(view: NotificationView, account: Account | undefined, status: Status | undefined) {
  const type = TYPES[view.kind];
  if (account === undefined || type === undefined || (ABOUT_STATUS.has(view.kind) && status === undefined)) return null;
  const common = { id: String(view.id), type, group_key: `ungrouped-${view.id}`, created_at: view.at.toISOString(), account };
  return status === undefined ? common : { ...common, status };
}

export type Notification = NonNullable<ReturnType<typeof notificationEntity>>;

/** Each by itself, as groups of one (docs: methods/grouped_notifications). */
export function groupsOf(notifications: readonly Notification[]) {
  const accounts = new Map(notifications.map(({ account }) => [account.id, account]));
  const statuses = new Map(notifications.flatMap((one) => ("status" in one ? [[one.status.id, one.status] as const] : [])));
  return {
    ...{ accounts: [...accounts.values()], statuses: [...statuses.values()] },
    notification_groups: notifications.map((one) => ({
      ...{ group_key: one.group_key, notifications_count: 1, type: one.type, most_recent_notification_id: Number(one.id) },
      ...{ page_min_id: one.id, page_max_id: one.id, latest_page_notification_at: one.created_at, sample_account_ids: [one.account.id] },
      ...("status" in one ? { status_id: one.status.id } : {}),
    })),
  };
}
