import { sql } from "drizzle-orm";
import { NOTICE_WAYS } from "../../contracts/notices.ts";
import type { RelationsService, Scope } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ActivityId, NotificationId, UserId } from "../../models/ids.ts";
import type { NoticeKind } from "../../models/notices.ts";
import { isOff, mailNotices, wantsMail } from "../notices/mail-wishes.ts";

/** A role in a place. */
interface Post {
  readonly role: "admin" | "steward";
  readonly scope: Scope;
}

/** Whoever has that role there, by what the relations say, hears of the activity; its actor does not. */
export async function notifyHolders(
  tx: Tx,
  relations: Pick<RelationsService, "listHolders">,
  { role, scope }: Post,
  activityId: ActivityId,
): Promise<void> {
  await notifyPeople(tx, await relations.listHolders(tx, role, scope), activityId, "duties");
}

/** These people hear of the activity unless they don't want to; its actor does not. Who wants it gets a mail as well. */
export async function notifyPeople(tx: Tx, people: readonly UserId[], activityId: ActivityId, about: NoticeKind | "always"): Promise<void> {
  const isUnwanted = about === "always" ? sql`false` : isOff(sql`users.id`, about);
  // usual mails are written by whoever knows more than a line
  const isMailed = about === "always" || NOTICE_WAYS[about].mail !== "asked" ? sql`false` : wantsMail(sql`made.user_id`, about);
  const { rows } = await tx.execute<{ id: string; userId: number; isMailed: boolean }>(sql`
    with made as (
      insert into notifications (user_id, activity_id)
      select users.id, activity.id
      from ap_activities as activity
      join users on users.id = any(${sql.param([...people])}::bigint[]) and users.id is distinct from activity.actor_id
      where activity.id = ${activityId} and not ${isUnwanted}
      on conflict (user_id, activity_id) do nothing
      returning id, user_id)
    select id, user_id as "userId", ${isMailed} as "isMailed" from made order by id`);
  purgeOnCommit(
    tx,
    rows.map(({ userId }) => `notifications:${userId}` as const),
  );
  await mailNotices(
    tx,
    rows.filter((row) => row.isMailed).map(({ id }) => Number(id) as NotificationId),
  );
}
