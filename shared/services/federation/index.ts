import { and, eq, isNull, sql } from "drizzle-orm";
import type { FederationService } from "../../contracts/federation.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { notifications } from "../../models/federation.ts";
import { makeListNotifications } from "./list-notifications.ts";
import { makeListPublicActivities } from "./list-public-activities.ts";
import { notifyHolders, notifyPeople } from "./notify-holders.ts";

/** The hub, from PostgreSQL. */
export function makeFederationService(deps: ServiceDeps, relations: Pick<RelationsService, "listHolders">): FederationService {
  return {
    listPublicActivities: makeListPublicActivities(deps),
    listNotifications: makeListNotifications(deps),
    countUnread: makeCountUnread(deps),
    markAllRead: async (tx, userId) => {
      purgeOnCommit(tx, [`notifications:${userId}`]);
      await tx
        .update(notifications)
        .set({ readAt: deps.clock.now() })
        .where(and(eq(notifications.userId, userId), isNull(notifications.readAt)));
    },
    notifyAdmins: (tx, activityId) => notifyHolders(tx, relations, { role: "admin", scope: "site" }, activityId),
    notifyPeople,
    listStewards: (tx, app) => relations.listHolders(tx, "steward", app),
    notifyStewards: (tx, app, activityId) => notifyHolders(tx, relations, { role: "steward", scope: app }, activityId),
  };
}

function makeCountUnread({ db }: ServiceDeps): FederationService["countUnread"] {
  const unread = db
    .select({ count: sql<number>`count(*)::int` })
    .from(notifications)
    .where(and(eq(notifications.userId, sql.placeholder("userId")), isNull(notifications.readAt)))
    .prepare("federation_unread");
  return async (userId) => (await unread.execute({ userId }))[0]?.count ?? 0;
}
