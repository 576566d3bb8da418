import { and, eq, sql } from "drizzle-orm";
import type { AccountService } from "../../contracts/account.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { Services } from "../../contracts/services.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { userEmails, users } from "../../models/identity.ts";
import { media } from "../../models/media.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import type { ListNext } from "./list-next.ts";

const MOST = { next: 6, orders: 3, news: 3, entries: 3 } as const;

/** A member at a glance; everything is asked for at once, and of nothing more than is shown. */
export function makeGetDashboard(
  { db }: ServiceDeps,
  { cart, events, notifications }: Pick<Services, "cart" | "events" | "notifications">,
  listNext: ListNext,
): AccountService["getDashboard"] {
  const profiles = prepareProfile(db);
  return async (userId) => {
    const [[row], next, latest, entries, unreadCount, summary] = await Promise.all([
      profiles.execute({ userId }),
      listNext(userId, MOST.next),
      cart.listLatestOrders(userId, MOST.orders),
      events.listNextEntries(MOST.entries),
      notifications.countUnread(userId),
      cart.getSummary({ kind: "member", userId }),
    ]);
    if (row === undefined) throw new CodedError("not-found", "There is no such member.", { userId });
    const told = unreadCount === 0 ? [] : (await notifications.listGroups(userId, [], null)).groups;
    return {
      ...{ profile: { ...row, picture: pictureOf(row.picture, row.name) }, next, unreadCount, cartCount: summary.count },
      ...{ orders: latest.orders, orderCount: latest.count },
      news: told.filter(({ isUnread }) => isUnread).slice(0, MOST.news),
      nextEntries: next.length === 0 ? entries : [],
    };
  };
}

function prepareProfile(db: ServiceDeps["db"]) {
  return db
    .select({
      name: users.name,
      handle: users.handle,
      bio: users.bio,
      memberSince: users.createdAt,
      email: userEmails.email,
      picture: pictureColumns,
    })
    .from(users)
    .leftJoin(userEmails, and(eq(userEmails.userId, users.id), userEmails.isPrimary))
    .leftJoin(media, eq(media.id, users.pictureId))
    .where(eq(users.id, sql.placeholder("userId")))
    .prepare("account_profile");
}
