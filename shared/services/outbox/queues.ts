import { and, asc, desc, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import { type HandlerCounts, type HandlingView, handlingView, type Queue, type QueueCounts } from "../../contracts/outbox.ts";
import type { Db } from "../../infrastructure/db.ts";
import { apActivities, type HandlingState, apActivityHandlings as handlings } from "../../models/federation.ts";

const MAX_LISTED = 50;
const isPending = eq(handlings.state, "pending");
const isFailing = and(isPending, gt(handlings.attempts, 0), isNull(handlings.lease));
const isWaiting = and(isPending, sql`(${handlings.attempts} = 0 or ${handlings.lease} is not null)`);

/** Which rows a queue holds, the instant that matters there, and its order. */
const QUEUES: Record<Queue, { where: SQL | undefined; at: SQL<Date>; order: SQL[] }> = {
  dead: {
    where: eq(handlings.state, "dead"),
    at: sql`${handlings.settledAt}`,
    order: [desc(handlings.settledAt), desc(handlings.id)],
  },
  failing: { where: isFailing, at: sql`${handlings.nextAttemptAt}`, order: [asc(handlings.nextAttemptAt), asc(handlings.id)] },
  waiting: { where: isWaiting, at: sql`${apActivities.publishedAt}`, order: [asc(handlings.id)] },
};

/** Two readings, since what is pending and what is dead stand in an index each. */
export async function countQueues(db: Db): Promise<QueueCounts> {
  const count = (where: SQL | undefined) => sql<number>`count(*) filter (where ${where})::int`;
  const dueSince = sql`min(${handlings.nextAttemptAt}) filter (where ${handlings.nextAttemptAt} <= now())`;
  const pending = db
    .select({
      failing: count(isFailing),
      waiting: count(isWaiting),
      oldestDueSeconds: sql<number>`coalesce(extract(epoch from now() - ${dueSince}), 0)::float8`,
    })
    .from(handlings)
    .where(isPending);
  const [[counts], dead] = await Promise.all([pending, db.$count(handlings, QUEUES.dead.where)]);
  return { failing: 0, waiting: 0, oldestDueSeconds: 0, ...counts, dead };
}

const MAX_COUNTED = 10_000;

/** Each part reads so many rows of one index at most. */
export async function countByHandler(db: Db, handlers: readonly string[]): Promise<readonly HandlerCounts[]> {
  const count = (state: HandlingState) => sql`(select count(*)::int from (
    select from ap_activity_handlings where state = ${state} and handler = asked.handler limit ${MAX_COUNTED}) as counted)`;
  const { rows } = await db.execute<HandlerCounts & Record<string, unknown>>(sql`
    select asked.handler, ${count("pending")} as pending, ${count("dead")} as dead,
      coalesce(extract(epoch from now() - (
        select min(next_attempt_at) from ap_activity_handlings
        where state = 'pending' and handler = asked.handler and next_attempt_at <= now())), 0)::float8 as "oldestDueSeconds"
    from unnest(${sql.param(handlers)}::text[]) with ordinality as asked (handler, place)
    order by asked.place`);
  return rows;
}

/** The first of a queue, with what each is about. */
export async function listQueue(db: Db, queue: Queue): Promise<readonly HandlingView[]> {
  const { where, at, order } = QUEUES[queue];
  const rows = await db
    .select({
      id: handlings.id,
      handler: handlings.handler,
      activityType: apActivities.type,
      objectType: handlings.objectType,
      objectId: handlings.objectId,
      objectName: sql<string | null>`${apActivities.details} ->> 'name'`,
      originApp: apActivities.originApp,
      attempts: handlings.attempts,
      isInHand: sql<boolean>`${handlings.lease} is not null`,
      lastError: handlings.lastError,
      publishedAt: apActivities.publishedAt,
      at: at.mapWith(apActivities.publishedAt),
    })
    .from(handlings)
    .innerJoin(apActivities, eq(apActivities.id, handlings.activityId))
    .where(where)
    .orderBy(...order)
    .limit(MAX_LISTED);
  return rows.map((row) => handlingView.parse(row));
}
