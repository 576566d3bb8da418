import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { APPS, type App } from "./apps.ts";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { ActivityId, HandlingId, NotificationId, UserId } from "./ids.ts";
import { NOTICE_KINDS, type NoticeKind } from "./notices.ts";

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
  "Undo",
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
    /** Of the request that did it, as W3C Trace Context says it; null: it was not traced. */
    traceparent: text(),
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

export const HANDLING_STATES = ["pending", "done", "dead", "discarded"] as const;
export type HandlingState = (typeof HANDLING_STATES)[number];

/**
 * What one handler has to do about one activity; written with the activity. While somebody has it in hand, lease names
 * whose hand, and nextAttemptAt is when the lease runs out. Ids give the order in which the activities of an object are handled.
 */
export const apActivityHandlings = pgTable(
  "ap_activity_handlings",
  {
    id: identity().$type<HandlingId>(),
    activityId: reference()
      .$type<ActivityId>()
      .notNull()
      .references(() => apActivities.id, { onDelete: "cascade" }),
    handler: text().notNull(),
    objectType: text().notNull(),
    objectId: text().notNull(),
    state: text().$type<HandlingState>().notNull().default("pending"),
    attempts: integer().notNull().default(0),
    nextAttemptAt: createdAt(),
    lease: uuid(),
    lastError: text(),
    settledAt: instant(),
  },
  (table) => {
    const isPending = sql`${table.state} = 'pending'`;
    return [
      oneOf("ap_activity_handlings_state", table.state, HANDLING_STATES),
      check("ap_activity_handlings_settled", sql`(${table.state} = 'pending') = (${table.settledAt} is null)`),
      check("ap_activity_handlings_lease", sql`${table.lease} is null or ${table.state} = 'pending'`),
      unique("ap_activity_handlings_once").on(table.activityId, table.handler),
      index("ap_activity_handlings_due").on(table.handler, table.nextAttemptAt, table.id).where(isPending),
      index("ap_activity_handlings_in_order").on(table.handler, table.objectType, table.objectId, table.id).where(isPending),
      uniqueIndex("ap_activity_handlings_one_in_hand")
        .on(table.handler, table.objectType, table.objectId)
        .where(sql`${table.lease} is not null`),
      index("ap_activity_handlings_dead").on(table.settledAt, table.id).where(sql`${table.state} = 'dead'`),
      index("ap_activity_handlings_settled_at").using("brin", table.settledAt),
    ];
  },
);

/** What members are told of; "site": what the co-operative's own services have to say, as to stewards. */
export const NOTIFICATION_KINDS = [
  "site",
  "follow",
  "follow-request",
  "mention",
  "like",
  "boost",
  "poll",
  "post",
  "move",
  "report",
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/**
 * What one member should hear of, once: an activity of the platform ("site"), or what an actor of the fediverse did. actor and object:
 * addresses; object "": it concerns the member themselves.
 */
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
      .references(() => apActivities.id, { onDelete: "cascade" }),
    kind: text().$type<NotificationKind>().notNull().default("site"),
    actor: text(),
    object: text().notNull().default(""),
    readAt: instant(),
    createdAt: createdAt(),
  },
  (table) => [
    oneOf("notifications_kind", table.kind, NOTIFICATION_KINDS),
    check(
      "notifications_source",
      sql`(${table.kind} = 'site') = (${table.activityId} is not null) and (${table.kind} = 'site') = (${table.actor} is null)`,
    ),
    unique("notifications_once").on(table.userId, table.activityId),
    uniqueIndex("notifications_of_actor").on(table.userId, table.kind, table.actor, table.object).where(sql`${table.kind} <> 'site'`),
    index("notifications_user").on(table.userId, table.createdAt.desc().nullsFirst()),
    index("notifications_activity").on(table.activityId),
    index("notifications_actor").on(table.actor),
  ],
);

/** Kinds that a member does not want to hear of; "report" and "site" as a whole can't be chosen any more. */
export const notificationsOff = pgTable(
  "notifications_off",
  {
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text().$type<NotificationKind | NoticeKind>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.kind] }),
    oneOf("notifications_off_kind", table.kind, [...new Set([...NOTIFICATION_KINDS, ...NOTICE_KINDS])]),
  ],
);
