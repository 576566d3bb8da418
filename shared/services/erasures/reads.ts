import { sql } from "drizzle-orm";
import type { ErasureMail, ErasureRow, ErasuresService, ErasureView, GoneActor } from "../../contracts/erasures.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { APPS, type App } from "../../models/apps.ts";
import type { ErasureId, UserId } from "../../models/ids.ts";
import { listReceipts } from "./receipts.ts";

const ON_PAGE = 20;
const VIEW = sql`e.id, e.state, e.keeps_posts as "keepsPosts", e.keeps_comments as "keepsComments", e.asked_by is not null as "isByLetter",
  e.asked_at as "askedAt", e.due_at as "dueAt", e.waits_for as "waitsFor"`;

/** What failed stands with the kind of its error alone: a whole one may say what a statement was given. */
const ADMIN_VIEW = sql`${VIEW}, e.user_id as number, e.begun_at as "begunAt", e.finished_at as "finishedAt", e.closed_at as "closedAt",
  array(select app from erasure_steps s where s.erasure_id = e.id order by done_at) as done, (
    select json_agg(json_build_object(
      'app', split_part(h.handler, '.', 1), 'error', split_part(split_part(h.last_error, E'\n', 1), ':', 1), 'isDead', h.state = 'dead') order by h.handler)
    from ap_activity_handlings h
    where h.object_type = 'Erasure' and h.object_id = e.id::text and h.state in ('pending', 'dead') and h.last_error is not null) as stuck`;

interface ViewRow extends Record<string, unknown> {
  id: string;
  state: ErasureView["state"];
  keepsPosts: boolean;
  keepsComments: boolean;
  isByLetter: boolean;
  askedAt: string;
  dueAt: string;
  waitsFor: string;
}

interface AdminRow extends ViewRow {
  number: string;
  begunAt: string | null;
  finishedAt: string | null;
  closedAt: string | null;
  done: App[];
  stuck: { app: App; error: string; isDead: boolean }[] | null;
}

/** The member's, if it is asked or running. */
export async function findOpen(db: Db | Tx, userId: UserId): Promise<ErasureView | null> {
  const { rows } = await db.execute<ViewRow>(
    sql`select ${VIEW} from erasures e where user_id = ${userId} and state in ('asked', 'running')`,
  );
  return rows[0] === undefined ? null : viewOf(rows[0]);
}

export async function find(db: Db, id: ErasureId): Promise<ErasureView | null> {
  const { rows } = await db.execute<ViewRow>(sql`select ${VIEW} from erasures e where id = ${id}`);
  return rows[0] === undefined ? null : viewOf(rows[0]);
}

export async function listDue(db: Db, now: Date): Promise<readonly ErasureId[]> {
  const { rows } = await db.execute<{ id: string }>(
    sql`select id from erasures where state = 'asked' and due_at <= ${now.toISOString()} order by due_at, id limit 50`,
  );
  return rows.map(({ id }) => Number(id) as ErasureId);
}

/** Until it begins it goes to the primary address of the member, then to the one that was theirs. */
export async function findMail(db: Db, id: ErasureId): Promise<ErasureMail | null> {
  const { rows } = await db.execute<ViewRow & { to: string | null }>(sql`
    select ${VIEW}, coalesce(e.addresses[1], (select email from user_emails where user_id = e.user_id and is_primary)) as to
    from erasures e where id = ${id}`);
  const [row] = rows;
  if (row === undefined || row.to === null) return null;
  const { state, dueAt, askedAt } = viewOf(row);
  return { id, state, dueAt, askedAt, to: row.to, receipts: await listReceipts(db, id) };
}

/** Those that are under way first. */
export async function listErasures(db: Db, page: number): ReturnType<ErasuresService["listErasures"]> {
  const { rows } = await db.execute<AdminRow>(sql`
    select ${ADMIN_VIEW} from erasures e order by e.closed_at is not null, e.asked_at desc, e.id desc limit ${ON_PAGE} offset ${(page - 1) * ON_PAGE}`);
  const { rows: counted } = await db.execute<{ count: number }>(sql`select count(*)::int as count from erasures`);
  return { rows: rows.map(adminRowOf), pageCount: Math.max(1, Math.ceil((counted[0]?.count ?? 0) / ON_PAGE)) };
}

export async function findRow(db: Db, id: ErasureId): Promise<ErasureRow | null> {
  const { rows } = await db.execute<AdminRow>(sql`select ${ADMIN_VIEW} from erasures e where id = ${id}`);
  return rows[0] === undefined ? null : adminRowOf(rows[0]);
}

function adminRowOf(row: AdminRow): ErasureRow {
  const instant = (value: string | null) => (value === null ? null : new Date(value));
  return {
    ...viewOf(row),
    ...{
      number: Number(row.number) as UserId,
      begunAt: instant(row.begunAt),
      finishedAt: instant(row.finishedAt),
      closedAt: instant(row.closedAt),
    },
    ...{ done: APPS.filter((app) => row.done.includes(app)), stuck: row.stuck ?? [] },
  };
}

function viewOf({ id, state, keepsPosts, keepsComments, isByLetter, askedAt, dueAt, waitsFor }: ViewRow): ErasureView {
  return {
    ...{ id: Number(id) as ErasureId, state, keepsPosts, keepsComments, isByLetter, askedAt: new Date(askedAt), dueAt: new Date(dueAt) },
    waitsFor: waitsFor === "" ? [] : waitsFor.split(" "),
  };
}

/** By its hash alone once it is over. */
export async function findGone(db: Db, hash: string): Promise<GoneActor | null> {
  const { rows } = await db.execute<{ erasedAt: string; userId: string | null }>(sql`
    select p.erased_at as "erasedAt", (select user_id from erasures e where e.user_id = p.user_id and e.handle is not null) as "userId"
    from erased_people p where handle_hash = ${hash} and was_shown`);
  const [row] = rows;
  return row === undefined
    ? null
    : { erasedAt: new Date(row.erasedAt), userId: row.userId === null ? null : (Number(row.userId) as UserId) };
}
