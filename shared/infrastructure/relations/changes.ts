import { sql } from "drizzle-orm";
import type { ChangedRows, Queryable } from "./read-facts.ts";

/** What a replica asks first: the moment, and which rows may have changed since the moment it knows. */
export interface Changes {
  /** A pg_snapshot: what was committed then. */
  snapshot: string;
  now: Date;
  rows: readonly ChangedRows[];
}

/**
 * The log's rows that this moment sees and the known one did not: by snapshot, since ids and even numbers of transactions come
 * in another order than their commits. known null: nothing is known, so nothing is new.
 */
export async function readChanges(db: Queryable, known: string | null): Promise<Changes> {
  const { rows } = await db.execute<{ snapshot: string; now: string; changes: { source: string; keys: string[] }[] }>(sql`
    select pg_current_snapshot()::text as snapshot, clock_timestamp() as now, (
      select coalesce(json_agg(changed), '[]') from (
        select source, json_agg(distinct key) as keys from relation_changes
        where xid >= pg_snapshot_xmin(${known}::pg_snapshot) and not pg_visible_in_snapshot(xid, ${known}::pg_snapshot)
        group by source
      ) as changed
    ) as changes`);
  const [found] = rows;
  if (found === undefined) throw new RangeError("a select without from gives one row");
  const changed = found.changes.map(({ source, keys }) => ({ source, keys: keys.includes("*") ? null : keys }));
  return { snapshot: found.snapshot, now: new Date(found.now), rows: changed };
}

/** Whether the transaction itself has changed facts of these sources: no replica can see that yet. */
export async function hasOwnChanges(tx: Queryable, sources: readonly string[]): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select from relation_changes where xid = pg_current_xact_id_if_assigned() and source = any(${sql.param([...sources])}::text[]) limit 1`);
  return rows.length > 0;
}

/** Forgets what every replica has seen long ago; one that was away for longer reads everything anew. */
export async function pruneChanges(db: Queryable): Promise<void> {
  await db.execute(sql`delete from relation_changes where noted_at < now() - make_interval(hours => ${KEPT_HOURS})`);
}

export const KEPT_HOURS = 24;
