import { z } from "zod";
import type { App } from "../models/apps.ts";
import { ACTIVITY_TYPES } from "../models/federation.ts";
import type { ActivityId, UserId } from "../models/ids.ts";
import type { NoticeKind } from "../models/notices.ts";
import type { Tx } from "./tx.ts";

/** An activity as a line of a timeline. verb is in the past tense: "published". */
export const activityView = z
  .object({
    id: z.number().int(),
    type: z.enum(ACTIVITY_TYPES),
    actor: z.object({ name: z.string(), handle: z.string().nullable(), pictureUrl: z.string().nullable() }).readonly(),
    verb: z.string(),
    objectType: z.string(),
    object: z.object({ name: z.string(), url: z.string().nullable() }).readonly(),
    publishedAt: z.date(),
  })
  .readonly();
export type ActivityView = z.output<typeof activityView>;

/** olderUrl leads on; null at the end. */
export const timeline = z.object({ activities: z.array(activityView).readonly(), olderUrl: z.string().nullable() }).readonly();
export type Timeline = z.output<typeof timeline>;

/** An activity that concerns the reader. */
export const notificationView = z
  .object({ id: z.number().int(), activity: activityView, isUnread: z.boolean(), createdAt: z.date() })
  .readonly();
export type NotificationView = z.output<typeof notificationView>;

/** What the hub answers. */
export interface FederationService {
  /** The co-operative's public activities, newest first. before: id of the last one seen. */
  listPublicActivities(before: number | null): Promise<Timeline>;
  countUnread(userId: UserId): Promise<number>;
  listNotifications(userId: UserId): Promise<readonly NotificationView[]>;
  markAllRead(tx: Tx, userId: UserId): Promise<void>;
  /** Lets every admin hear of an activity, its own actor excepted; a second time it changes nothing. */
  notifyAdmins(tx: Tx, activityId: ActivityId): Promise<void>;
  /** Lets these people hear of it, unless they don't want to hear of what it is about; "always" can't be unwanted. A second time it changes nothing. */
  notifyPeople(tx: Tx, people: readonly UserId[], activityId: ActivityId, about: NoticeKind | "always"): Promise<void>;
  /** The same for whoever looks after a service, admins of the site among them. */
  notifyStewards(tx: Tx, app: App, activityId: ActivityId): Promise<void>;
  listStewards(tx: Tx, app: App): Promise<readonly UserId[]>;
}
