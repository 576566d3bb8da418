import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { APPS, type App } from "./apps.ts";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { ActivityId, NotificationId, UserId } from "./ids.ts";

/** ActivityStreams types that rows of the outbox may have. */
export const ACTIVITY_TYPES = [
  "Create",
  "Update",
  "Delete",
  "Add",
  "Remove",
  "Announce",
  "Like",
  "Offer",
  "Invite",
  "Accept",
  "Reject",
] as const;
export type ActivityType = (typeof ACTIVITY_TYPES)[number];

/** Who may see an activity; internal: nobody but our own handlers. */
export const VISIBILITIES = ["internal", "public", "unlisted", "followers", "direct"] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** The outbox: what happened, written in the transaction in which it happened. details holds ids and plain values, never rows. */
export const apActivities = pgTable(
  "ap_activities",
  {
    id: identity().$type<ActivityId>(),
    originApp: text().$type<App>().notNull(),
    actorId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    type: text().$type<ActivityType>().notNull(),
    objectType: text().notNull(),
    objectId: text().notNull(),
    details: jsonb().$type<ActivityDetails>().notNull().default({}),
    visibility: text().$type<Visibility>().notNull().default("internal"),
    publishedAt: createdAt(),
  },
  (table) => [
    oneOf("ap_activities_origin_app", table.originApp, APPS),
    oneOf("ap_activities_type", table.type, ACTIVITY_TYPES),
    oneOf("ap_activities_visibility", table.visibility, VISIBILITIES),
    index("ap_activities_newest").on(table.visibility, table.publishedAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index("ap_activities_object").on(table.objectType, table.objectId),
    index("ap_activities_actor").on(table.actorId),
  ],
);

/** Plain values beside the ids: how the object was called, and its path on its app. */
export interface ActivityDetails {
  name?: string;
  path?: string;
  [key: string]: string | number | boolean | null | undefined;
}

/** An activity that one member should hear of. */
export const notifications = pgTable(
  "notifications",
  {
    id: identity().$type<NotificationId>(),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    activityId: reference()
      .$type<ActivityId>()
      .notNull()
      .references(() => apActivities.id, { onDelete: "cascade" }),
    readAt: instant(),
    createdAt: createdAt(),
  },
  (table) => [
    index("notifications_user").on(table.userId, table.createdAt.desc().nullsFirst()),
    index("notifications_activity").on(table.activityId),
  ],
);
