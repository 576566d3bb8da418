import { sql } from "drizzle-orm";
import type { FederationService } from "../../contracts/federation.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";

/** Who is an admin stands in the granted roles: shared.role("user:<id>", "admin", "site"). */
export const notifyAdmins: FederationService["notifyAdmins"] = async (tx, activityId) => {
  const { rows } = await tx.execute<{ user_id: number }>(sql`
    insert into notifications (user_id, activity_id)
    select distinct users.id, activity.id
    from relation_facts as fact
    join users on fact.arguments ->> 0 = 'user:' || users.id
    join ap_activities as activity on activity.id = ${activityId}
    where fact.relation = 'shared.role' and fact.arguments ->> 1 = 'admin' and fact.arguments ->> 2 = 'site'
      and (fact.expires_at is null or fact.expires_at > now()) and users.id is distinct from activity.actor_id
    on conflict (user_id, activity_id) do nothing
    returning user_id`);
  purgeOnCommit(
    tx,
    rows.map(({ user_id: userId }) => `notifications:${userId}` as const),
  );
};
