import { and, eq, sql } from "drizzle-orm";
import { type AccountService, dashboard } from "../../contracts/account.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { Services } from "../../contracts/services.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { userEmails, users } from "../../models/identity.ts";
import { media } from "../../models/media.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";

const NEXT_ENTRIES = 3;

/** A member at a glance; everything is asked for at once. */
export function makeGetDashboard(
  { db }: ServiceDeps,
  { cart, events, federation }: Pick<Services, "cart" | "events" | "federation">,
): AccountService["getDashboard"] {
  const profiles = prepareProfile(db);
  return async (userId) => {
    const [[row], orders, tickets, nextEntries, unreadCount, summary] = await Promise.all([
      profiles.execute({ userId }),
      cart.listOrders(userId),
      events.listTickets(userId),
      events.listNextEntries(NEXT_ENTRIES),
      federation.countUnread(userId),
      cart.getSummary({ kind: "member", userId }),
    ]);
    if (row === undefined) throw new CodedError("not-found", "There is no such member.", { userId });
    const profile = { ...row, picture: pictureOf(row.picture, row.name) };
    return dashboard.parse({ profile, orders, tickets, nextEntries, unreadCount, cartCount: summary.count });
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
