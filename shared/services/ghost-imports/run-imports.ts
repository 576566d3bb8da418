import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { GhostImportId } from "../../models/ids.ts";
import { LEFT_NOTE } from "./left-note.ts";

/** What failed before is tried again. */
export async function begin(tx: Tx, id: GhostImportId): Promise<boolean> {
  const { rowCount } = await tx.execute(sql`
    update ghost_imports set state = 'running', started_at = coalesce(started_at, now()), ended_at = null, trouble = null
    where id = ${id} and (state = 'ready' or (state = 'done' and exists (
      select from ghost_import_items items where items.import_id = ghost_imports.id and items.state = 'failed')))`);
  if (rowCount !== 1) return false;
  await tx.execute(sql`update ghost_import_items set state = 'waiting', note = '' where import_id = ${id} and state = 'failed'`);
  return true;
}

export async function stop(tx: Tx, id: GhostImportId): Promise<boolean> {
  const { rowCount } = await tx.execute(sql`
    update ghost_imports set state = 'stopped', ended_at = now(), held_by = null, held_until = null
    where id = ${id} and state in ('ready', 'running')`);
  if (rowCount !== 1) return false;
  await tx.execute(sql`
    update ghost_import_items set state = 'done', piece = null, note = ${LEFT_NOTE}
    where import_id = ${id} and state <> 'done'`);
  return true;
}

export async function forget(tx: Tx, before: Date): Promise<void> {
  await tx.execute(sql`
    delete from ghost_imports where state = 'ready' and created_at < ${before.toISOString()}::timestamptz`);
  await tx.execute(sql`
    update ghost_import_items set piece = null, state = 'done' from ghost_imports
    where ghost_imports.id = ghost_import_items.import_id and ghost_imports.state = 'done'
      and ghost_imports.ended_at < ${before.toISOString()}::timestamptz and ghost_import_items.piece is not null`);
}

/** The oldest first; by the database's clock. */
export async function take(tx: Tx, holder: string, seconds: number): Promise<{ id: GhostImportId; siteUrl: string } | null> {
  const { rows } = await tx.execute<{ id: string; site_url: string }>(sql`
    update ghost_imports set held_by = ${holder}, held_until = now() + ${seconds} * interval '1 second'
    where id = (
      select id from ghost_imports where state = 'running' and (held_by = ${holder} or held_until is null or held_until < now())
      order by id limit 1 for update skip locked)
    returning id, site_url`);
  const [row] = rows;
  return row === undefined ? null : { id: Number(row.id) as GhostImportId, siteUrl: row.site_url };
}

export async function release(tx: Tx, holder: string): Promise<void> {
  await tx.execute(sql`update ghost_imports set held_by = null, held_until = null where held_by = ${holder}`);
}

/** What was brought here needs no second copy. */
export async function settle(tx: Tx, item: number, { state, note }: { state: "done" | "failed"; note: string }): Promise<void> {
  await tx.execute(sql`
    update ghost_import_items set state = ${state}, note = ${note.slice(0, 1000)}, piece = case when ${state} = 'done' then null else piece end
    where id = ${item} and state = 'waiting'`);
}

export async function end(tx: Tx, id: GhostImportId): Promise<void> {
  await tx.execute(sql`
    update ghost_imports set state = 'done', ended_at = now(), held_by = null, held_until = null
    where id = ${id} and state = 'running'
      and not exists (select from ghost_import_items items where items.import_id = ghost_imports.id and items.state = 'waiting')`);
}
