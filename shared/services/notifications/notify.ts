import { and, eq, sql } from "drizzle-orm";
import type { NotificationsService } from "../../contracts/notifications.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { tellOnCommit } from "../../infrastructure/live/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { notifications } from "../../models/federation.ts";
import { areCut } from "../people/hidden.ts";

type Notifying = Pick<NotificationsService, "notify" | "retract" | "retractFollows">;

export function makeNotifying({ publicUrl }: ServiceDeps): Notifying {
  const members = publicUrl("federation", "/ap/members/");
  return {
    async notify(tx, { userId, kind, actor, object }) {
      const reader = sql`${members}::text || users.handle`;
      const isMutedWith = sql`exists (
        select from mutes where mutes.actor = ${reader} and muted = ${actor} and hides_notifications and (until is null or until > now()))`;
      const { rowCount } = await tx.execute(sql`
        insert into notifications (user_id, kind, actor, object)
        select users.id, ${kind}, ${actor}, ${object} from users
        where users.id = ${userId} and ${reader} <> ${actor} and not ${isMutedWith} and not ${areCut(reader, sql`${actor}::text`)}
          and not exists (select from notifications_off as off where off.user_id = users.id and off.kind = ${kind})
        on conflict (user_id, kind, actor, object) where kind <> 'site' do nothing`);
      if (rowCount === 0) return;
      purgeOnCommit(tx, [`notifications:${userId}`]);
      tellOnCommit(tx, userId);
    },
    async retractFollows(tx, actor) {
      const { rows } = await tx.execute<{ user_id: string }>(sql`
        delete from notifications
        where actor = ${actor} and kind in ('follow', 'follow-request')
          and not exists (select from ap_follows where follower = notifications.actor and followed = notifications.object)
        returning user_id`);
      purgeOnCommit(
        tx,
        rows.map(({ user_id: userId }) => `notifications:${Number(userId)}` as const),
      );
    },
    async retract(tx, { actor, kind, object, userId }) {
      const gone = await tx
        .delete(notifications)
        .where(
          and(
            eq(notifications.actor, actor),
            eq(notifications.kind, kind),
            object === null ? undefined : eq(notifications.object, object),
            userId === undefined ? undefined : eq(notifications.userId, userId),
          ),
        )
        .returning({ userId: notifications.userId });
      purgeOnCommit(
        tx,
        gone.map((row) => `notifications:${row.userId}` as const),
      );
    },
  };
}
