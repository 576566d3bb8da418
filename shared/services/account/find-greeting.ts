import { eq } from "drizzle-orm";
import type { AccountService } from "../../contracts/account.ts";
import type { Services } from "../../contracts/services.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { users } from "../../models/identity.ts";
import { memberSettings } from "../../models/members.ts";
import type { ListNext } from "./list-next.ts";

/** What a page says to a member who comes by. */
export function makeFindGreeting(
  { db, timeZone, clock }: ServiceDeps,
  { notifications }: Pick<Services, "notifications">,
  listNext: ListNext,
): AccountService["findGreeting"] {
  return async (userId) => {
    const [[person], [next], unreadCount] = await Promise.all([
      db
        .select({ name: users.name, zone: memberSettings.timeZone })
        .from(users)
        .leftJoin(memberSettings, eq(memberSettings.userId, users.id))
        .where(eq(users.id, userId)),
      listNext(userId, 1),
      notifications.countUnread(userId),
    ]);
    if (person === undefined) return null;
    return { at: clock.now(), name: person.name, timeZone: person.zone || timeZone, next: next ?? null, unreadCount };
  };
}
