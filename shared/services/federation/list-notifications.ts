import { desc, eq, sql } from "drizzle-orm";
import { type FederationService, notificationView } from "../../contracts/federation.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apActivities, notifications } from "../../models/federation.ts";
import { users } from "../../models/identity.ts";
import { media } from "../../models/media.ts";
import { activityColumns, activityViewOf } from "./activity-view.ts";

const MAX_NOTIFICATIONS = 50;

/** A member's newest notifications. */
export function makeListNotifications({ db, publicUrl }: ServiceDeps): FederationService["listNotifications"] {
  const ofMember = db
    .select({ ...activityColumns, notificationId: notifications.id, readAt: notifications.readAt, createdAt: notifications.createdAt })
    .from(notifications)
    .innerJoin(apActivities, eq(apActivities.id, notifications.activityId))
    .leftJoin(users, eq(users.id, apActivities.actorId))
    .leftJoin(media, eq(media.id, users.pictureId))
    .where(eq(notifications.userId, sql.placeholder("userId")))
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(MAX_NOTIFICATIONS)
    .prepare("federation_notifications");
  return async (userId) => {
    const rows = await ofMember.execute({ userId });
    return rows.map((row) =>
      notificationView.parse({
        id: row.notificationId,
        activity: activityViewOf(row, publicUrl),
        isUnread: row.readAt === null,
        createdAt: row.createdAt,
      }),
    );
  };
}
