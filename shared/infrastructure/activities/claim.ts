import { randomUUID } from "node:crypto";
import type { Activity } from "../../contracts/activities.ts";
import type { ActivityId, HandlingId, UserId } from "../../models/ids.ts";
import type { Connection } from "./connection.ts";

/** A handling in hand. Who settles it shows the lease: a lease that ran out meanwhile settles nothing. */
export interface Claimed {
  id: HandlingId;
  lease: string;
  handler: string;
  /** Counts this one. */
  attempts: number;
  activity: Activity;
  /** From the transaction that emitted the activity to this claim, by the database's clock. */
  waitedMs: number;
  /** This process's monotonic clock, for how long the lease is ours. */
  claimedAt: number;
  /** Of the request that emitted the activity; null: it was not traced. */
  traceparent: string | null;
}

/**
 * Of each handler the oldest that are due, of each object the first unfinished one only, and none of an object that somebody
 * has in hand. Whatever another processor is just claiming is skipped. While claimed, next_attempt_at is the end of the lease:
 * an owner that died needs no clearing up. All times are the database's, so processors may disagree about the hour. While nothing
 * goes out (contracts/outgoing.ts) nothing is due: asked in the same statement, so that nobody can forget it or come too late.
 * An object's first and its held one are looked up for each candidate, and "offset 0" keeps it so: as joins they were planned for
 * the few rows of a quiet hour, and went through all that waits once for each row of a busy one.
 */
const CLAIM = `
  with due as (
    select mine_due.id
    from unnest($1::text[], $2::int[]) as mine (handler, slots)
    cross join lateral (
      select one.id
      from ap_activity_handlings as one
      where one.handler = mine.handler and one.state = 'pending' and one.next_attempt_at <= now()
        and one.id = (
          select first.id from ap_activity_handlings as first
          where first.handler = one.handler and first.object_type = one.object_type and first.object_id = one.object_id
            and first.state = 'pending'
          order by first.id
          limit 1)
        and not exists (
          select from ap_activity_handlings as held
          where held.handler = one.handler and held.object_type = one.object_type and held.object_id = one.object_id
            and held.lease is not null and held.id <> one.id
          offset 0)
      order by one.next_attempt_at, one.id
      limit mine.slots
      for update skip locked
    ) as mine_due
    where (select outgoing_paused_at()) is null
  )
  update ap_activity_handlings as handling
  set lease = $3::uuid, attempts = attempts + 1, next_attempt_at = now() + $4::int * interval '1 millisecond'
  from due, ap_activities as activity
  where handling.id = due.id and activity.id = handling.activity_id
  returning handling.id, handling.handler, handling.attempts, handling.activity_id, handling.object_type, handling.object_id,
    activity.type, activity.origin_app, activity.actor_id, activity.details, activity.visibility, activity.published_at, activity.traceparent,
    extract(epoch from clock_timestamp() - activity.published_at)::float8 * 1000 as waited_ms`;

interface ClaimedRow {
  id: string;
  handler: string;
  attempts: number;
  activity_id: string;
  object_type: string;
  object_id: string;
  type: Activity["type"];
  origin_app: Activity["originApp"];
  actor_id: string | null;
  details: Activity["details"];
  visibility: Activity["visibility"];
  published_at: Date;
  traceparent: string | null;
  waited_ms: number;
}

/** slots: how many of each handler, at most. One lease for all that one call claims. */
export async function claim(connection: Connection, slots: ReadonlyMap<string, number>, leaseMs: number): Promise<Claimed[]> {
  const lease = randomUUID();
  const claimedAt = performance.now();
  const values = [[...slots.keys()], [...slots.values()], lease, leaseMs];
  const rows = await connection.query<ClaimedRow>("claim", CLAIM, values).catch(noneAfterLostRace);
  return rows.map((row) => ({
    id: Number(row.id) as HandlingId,
    lease,
    handler: row.handler,
    attempts: row.attempts,
    activity: activityOf(row),
    waitedMs: row.waited_ms,
    claimedAt,
    traceparent: row.traceparent,
  }));
}

/** Two that saw different halves of an object's queue can both take one: the index on leases lets one of them through. */
function noneAfterLostRace(error: Error & { code?: string }): ClaimedRow[] {
  if (error.code === "23505") return [];
  throw error;
}

function activityOf(row: ClaimedRow): Activity {
  return {
    id: Number(row.activity_id) as ActivityId,
    originApp: row.origin_app,
    actorId: row.actor_id === null ? null : (Number(row.actor_id) as UserId),
    type: row.type,
    object: { type: row.object_type, id: row.object_id },
    details: row.details,
    visibility: row.visibility,
    publishedAt: row.published_at,
  };
}
