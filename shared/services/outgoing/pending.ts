import { sql } from "drizzle-orm";
import { handlingView } from "../../contracts/outbox.ts";
import type { PendingOfHandler } from "../../contracts/outgoing.ts";
import type { Db } from "../../infrastructure/db.ts";

const LISTED = 10;

interface PendingRow extends Record<string, unknown> {
  handler: string;
  count: number;
  before: number;
  oldest_at: Date;
  first: Record<string, unknown>[];
}

/** By handler, in the order of their names; of each the first ten, in their order. */
export async function listPending(db: Db): Promise<readonly PendingOfHandler[]> {
  const { rows } = await db.execute<PendingRow>(sql`
    select handling.handler, count(*)::int as count, min(activity.published_at) as oldest_at,
      count(*) filter (where activity.published_at < state.paused_at)::int as before, (
        select json_agg(first order by first.id)
        from (
          select one.id, one.handler, about.type as "activityType", one.object_type as "objectType", one.object_id as "objectId",
            about.details ->> 'name' as "objectName", about.origin_app as "originApp", one.attempts,
            one.lease is not null as "isInHand", one.last_error as "lastError", about.published_at as "publishedAt",
            one.next_attempt_at as at
          from ap_activity_handlings as one join ap_activities as about on about.id = one.activity_id
          where one.handler = handling.handler and one.state = 'pending'
          order by one.id limit ${LISTED}
        ) as first
      ) as first
    from outgoing_state as state, ap_activity_handlings as handling join ap_activities as activity on activity.id = handling.activity_id
    where handling.state = 'pending'
    group by handling.handler
    order by handling.handler`);
  return rows.map(({ handler, count, before, oldest_at, first }) => ({
    handler,
    count,
    before,
    oldestAt: new Date(oldest_at),
    first: first.map(({ publishedAt, at, ...row }) =>
      handlingView.parse({ ...row, publishedAt: new Date(String(publishedAt)), at: new Date(String(at)) }),
    ),
  }));
}
