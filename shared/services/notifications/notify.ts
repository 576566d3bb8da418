import { and, eq, sql } from "drizzle-orm";
import { isNoticeKind } from "../../contracts/notices.ts";
import type { NotificationsService } from "../../contracts/notifications.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { tellOnCommit } from "../../infrastructure/live/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { notifications } from "../../models/federation.ts";
import type { NotificationId, UserId } from "../../models/ids.ts";
import { mailNotices, wantsMail } from "../notices/mail-wishes.ts";
import { areCut } from "../people/hidden.ts";

type Notifying = Pick<
  NotificationsService,
  "notify" | "tellNamed" | "tellAuthor" | "tellAlerted" | "tellOfPoll" | "retract" | "retractEnded"
>;

export function makeNotifying({ publicUrl }: ServiceDeps): Notifying {
  const members = publicUrl("federation", "/ap/members/");
  const notify: Notifying["notify"] = async (tx, { userId, kind, actor, object }) => {
    const reader = sql`${members}::text || users.handle`;
    const isMutedWith = sql`exists (
        select from mutes where mutes.actor = ${reader} and muted = ${actor} and hides_notifications and (until is null or until > now()))`;
    const { rows } = await tx.execute<{ id: string; wantsMail: boolean }>(sql`with made as (
        insert into notifications (user_id, kind, actor, object)
        select users.id, ${kind}, ${actor}, ${object} from users
        where users.id = ${userId} and (${reader} <> ${actor} or ${kind} = 'poll') and not ${isMutedWith} and not ${areCut(reader, sql`${actor}::text`)}
          and not exists (select from muted_threads join ap_documents said on coalesce(said.thread, said.uri) = muted_threads.thread
            where muted_threads.user_id = users.id and said.uri = ${object})
          and not exists (select from notifications_off as off where off.user_id = users.id and off.kind = ${kind})
        on conflict (user_id, kind, actor, object) where kind <> 'site' do nothing returning id, user_id)
      select id, ${isNoticeKind(kind) ? wantsMail(sql`made.user_id`, kind) : sql`false`} as "wantsMail" from made`);
    const [made] = rows;
    if (made === undefined) return;
    purgeOnCommit(tx, [`notifications:${userId}`]);
    tellOnCommit(tx, userId);
    if (made.wantsMail) await mailNotices(tx, [Number(made.id) as NotificationId]);
  };
  return {
    notify,
    async tellNamed(tx, status) {
      const { rows } = await tx.execute<{ id: string; actor: string }>(sql`
        select users.id, said.actor from ap_documents as said
        join ap_mentions on ap_mentions.status_id = said.id join users on ${members}::text || users.handle = ap_mentions.actor
        where said.uri = ${status} and said.deleted_at is null and said.moderation <> 'hidden'`);
      for (const { id, actor } of rows) await notify(tx, { userId: Number(id) as UserId, kind: "mention", actor, object: status });
    },
    async tellAuthor(tx, { type, actor, object }) {
      const { rows } = await tx.execute<{ id: string }>(
        sql`select author_id as id from ap_documents where uri = ${object} and author_id is not null and deleted_at is null`,
      );
      const kind = type === "Like" ? "like" : "boost";
      for (const { id } of rows) await notify(tx, { userId: Number(id) as UserId, kind, actor, object });
    },
    async tellAlerted(tx, status) {
      const { rows } = await tx.execute<{ id: string; actor: string }>(sql`
        select users.id, said.actor from ap_documents as said
        join post_alerts as alert on alert.other = said.actor
        join ap_follows as follow on follow.follower = alert.actor and follow.followed = alert.other and follow.state = 'accepted'
        join users on ${members}::text || users.handle = alert.actor
        where said.uri = ${status} and said.deleted_at is null and said.moderation <> 'hidden' and said.in_reply_to is null
          and said.visibility in ('public', 'unlisted', 'followers')`);
      for (const { id, actor } of rows) await notify(tx, { userId: Number(id) as UserId, kind: "post", actor, object: status });
    },
    async tellOfPoll(tx, { status, author, voters }) {
      const { rows } = await tx.execute<{ id: string }>(
        sql`select id from users where ${members}::text || handle = any(${sql.param([author, ...voters])}::text[]) order by id`,
      );
      for (const { id } of rows) await notify(tx, { userId: Number(id) as UserId, kind: "poll", actor: author, object: status });
    },
    async retractEnded(tx, actor) {
      const { rows } = await tx.execute<{ user_id: string }>(sql`
        delete from notifications
        where actor = ${actor} and (
          (kind in ('follow', 'follow-request')
            and not exists (select from ap_follows where follower = notifications.actor and followed = notifications.object))
          or (kind in ('like', 'boost') and not exists (
            select from ap_reactions where ap_reactions.actor = notifications.actor and ap_reactions.object = notifications.object
              and type = case kind when 'like' then 'Like' else 'Announce' end)))
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
