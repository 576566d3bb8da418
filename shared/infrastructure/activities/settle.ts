import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { HandlingId } from "../../models/ids.ts";
import type { Claimed } from "./claim.ts";
import type { Connection } from "./connection.ts";

type Held = Pick<Claimed, "id" | "lease">;

const DONE = `
  update ap_activity_handlings as handling set state = 'done', lease = null, settled_at = now()
  from unnest($1::bigint[], $2::uuid[]) as mine (id, lease)
  where handling.id = mine.id and handling.lease = mine.lease
  returning handling.id`;

/** Marks them as done; returns those that were still held: the others had been taken over. */
export async function settleDone(connection: Connection, held: readonly Held[]): Promise<ReadonlySet<HandlingId>> {
  const rows = await connection.query<{ id: string }>("done", DONE, [held.map(({ id }) => id), held.map(({ lease }) => lease)]);
  return new Set(rows.map(({ id }) => Number(id) as HandlingId));
}

/** The same for one, in the transaction in which its handler worked; false when the lease was lost: then nothing may commit. */
export async function settleDoneIn(tx: Tx, { id, lease }: Held): Promise<boolean> {
  const { rowCount } = await tx.execute(sql`
    update ap_activity_handlings set state = 'done', lease = null, settled_at = now() where id = ${id} and lease = ${lease}::uuid`);
  return rowCount === 1;
}

/** What waits behind it on the same object waits as long, so that looking for what is due does not go through all of it each time. */
const FAILED = `
  with failed as (
    update ap_activity_handlings set lease = null, next_attempt_at = now() + $3::int * interval '1 millisecond', last_error = $4
    where id = $1 and lease = $2::uuid
    returning id, handler, object_type, object_id, next_attempt_at
  ), behind as (
    update ap_activity_handlings as handling set next_attempt_at = failed.next_attempt_at
    from failed
    where handling.handler = failed.handler and handling.object_type = failed.object_type and handling.object_id = failed.object_id
      and handling.state = 'pending' and handling.id > failed.id and handling.next_attempt_at < failed.next_attempt_at
  )
  select id from failed`;

/** Gives it back, to be tried again after delayMs; false when it was no longer held. */
export async function settleFailed(connection: Connection, { id, lease }: Held, delayMs: number, why: string): Promise<boolean> {
  return (await connection.query("failed", FAILED, [id, lease, Math.round(delayMs), why])).length === 1;
}

/** What waits behind it on the same object may go on at once. */
const DEAD = `
  with dead as (
    update ap_activity_handlings set state = 'dead', lease = null, settled_at = now(), last_error = $3
    where id = $1 and lease = $2::uuid
    returning id, handler, object_type, object_id
  ), behind as (
    update ap_activity_handlings as handling set next_attempt_at = now()
    from dead
    where handling.handler = dead.handler and handling.object_type = dead.object_type and handling.object_id = dead.object_id
      and handling.state = 'pending' and handling.id > dead.id and handling.attempts = 0
  )
  select id from dead`;

/** Gives it up: an admin sees why, and tries it again or discards it. False when it was no longer held. */
export async function settleDead(connection: Connection, { id, lease }: Held, why: string): Promise<boolean> {
  return (await connection.query("dead", DEAD, [id, lease, why])).length === 1;
}
