import { sql } from "drizzle-orm";
import type { RelationsService, Scope } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ActivityId, UserId } from "../../models/ids.ts";

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
  await notifyPeople(tx, await relations.listHolders(tx, role, scope), activityId);
}

/** These people hear of the activity; its actor does not. */
export async function notifyPeople(tx: Tx, people: readonly UserId[], activityId: ActivityId): Promise<void> {
  const { rows } = await tx.execute<{ user_id: number }>(sql`
    insert into notifications (user_id, activity_id)
    select users.id, activity.id
    from ap_activities as activity
    join users on users.id = any(${sql.param([...people])}::bigint[]) and users.id is distinct from activity.actor_id
    where activity.id = ${activityId}
    on conflict (user_id, activity_id) do nothing
    returning user_id`);
  purgeOnCommit(
    tx,
    rows.map(({ user_id: userId }) => `notifications:${userId}` as const),
  );
}
