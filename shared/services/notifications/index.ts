import { and, count, eq, isNull } from "drizzle-orm";
import type { NotificationsService } from "../../contracts/notifications.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { tellOnCommit } from "../../infrastructure/live/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { notifications } from "../../models/federation.ts";
import { makeFindPeople } from "../people/find-people.ts";
import { makeEach } from "./each.ts";
import { makeListGroups } from "./list-groups.ts";
import { makeNotifying } from "./notify.ts";

/** What members hear of, from PostgreSQL. */
export function makeNotificationsService(deps: ServiceDeps): NotificationsService {
  const { db, clock } = deps;
  return {
    ...makeNotifying(deps),
    ...makeEach(deps),
    ...makeListGroups(deps, makeFindPeople(deps)),
    async countUnread(userId) {
      const isUnread = and(eq(notifications.userId, userId), isNull(notifications.readAt));
      const [row] = await db.select({ count: count() }).from(notifications).where(isUnread);
      return row?.count ?? 0;
    },
    async markAllRead(tx, userId) {
      purgeOnCommit(tx, [`notifications:${userId}`]);
      tellOnCommit(tx, userId);
      await tx
        .update(notifications)
        .set({ readAt: clock.now() })
        .where(and(eq(notifications.userId, userId), isNull(notifications.readAt)));
    },
  };
}
