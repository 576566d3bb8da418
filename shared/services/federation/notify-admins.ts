import { sql } from "drizzle-orm";
import type { RelationsService } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ActivityId } from "../../models/ids.ts";

/** Whoever is an admin of the site, by what the relations say, hears of the activity; its actor does not. */
export async function notifyAdmins(tx: Tx, relations: Pick<RelationsService, "listHolders">, activityId: ActivityId): Promise<void> {
  const admins = await relations.listHolders(tx, "admin", "site");
  const { rows } = await tx.execute<{ user_id: number }>(sql`
    insert into notifications (user_id, activity_id)
    select users.id, activity.id
    from ap_activities as activity
    join users on users.id = any(${sql.param([...admins])}::bigint[]) and users.id is distinct from activity.actor_id
    where activity.id = ${activityId}
    on conflict (user_id, activity_id) do nothing
    returning user_id`);
  purgeOnCommit(
    tx,
    rows.map(({ user_id: userId }) => `notifications:${userId}` as const),
  );
}
