import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { PieceRef, StatusResult } from "../../contracts/writing.ts";
import type { PostId, UserId } from "../../models/ids.ts";
import { announce } from "./announce.ts";
import { lockPiece } from "./lock-piece.ts";
import { tableOf } from "./piece-tables.ts";
import { claimAddress } from "./redirects.ts";
import { endRuns } from "./runs.ts";

const NOT_NOW: StatusResult = { kind: "not-now" };
const DONE: StatusResult = { kind: "done" };
const DUE_AT_ONCE = 100;

/** What somebody dates further back than this is brought from elsewhere: followers are not told of years of it at once. */
const NEWS_MS = 2 * 24 * 3_600_000;

/** Makes a piece public. A post that was so before keeps its date, unless `at` says another; one of long ago is told within only. */
export async function publish(
  tx: Tx,
  piece: PieceRef,
  { by, at, now }: { by: UserId | null; at: Date | null; now: Date },
): Promise<StatusResult> {
  const before = await lockPiece(tx, piece);
  if (before === null || before.isInBin || before.status === "published") return NOT_NOW;
  const asked = at === null ? null : new Date(Math.min(at.getTime(), now.getTime())).toISOString();
  const today = now.toISOString();
  const date =
    piece.kind === "post"
      ? sql`, published_at = coalesce(${asked}::timestamptz, case when published_at <= ${today} then published_at end, ${today})`
      : sql``;
  await tx.execute(sql`update ${tableOf(piece.kind)} set status = 'published', updated_at = now() ${date} where id = ${piece.id}`);
  await claimAddress(tx, before.address);
  await endRuns(tx, piece.kind, [piece.id]);
  const isOld = at !== null && now.getTime() - at.getTime() > NEWS_MS;
  await announce(tx, piece, by, { before, after: { ...before, status: "published" }, isOld });
  return DONE;
}

/** Has a post made public at a time to come. */
export async function schedule(tx: Tx, post: PostId, { at, now }: { at: Date; now: Date }): Promise<StatusResult> {
  if (!(at.getTime() > now.getTime())) return { kind: "in-the-past" };
  const { rowCount } = await tx.execute(sql`
    update posts set status = 'scheduled', published_at = ${at.toISOString()}, updated_at = now()
    where id = ${post} and status in ('draft', 'scheduled') and deleted_at is null`);
  if (rowCount !== 1) return NOT_NOW;
  await endRuns(tx, "post", [post]);
  return DONE;
}

/** Makes a draft of what is public or waits to be. The date of what was public stays. */
export async function unpublish(tx: Tx, piece: PieceRef, by: UserId | null): Promise<StatusResult> {
  const before = await lockPiece(tx, piece);
  if (before === null || before.status === "draft") return NOT_NOW;
  await makeDraft(tx, piece);
  await announce(tx, piece, by, { before, after: { ...before, status: "draft" } });
  return DONE;
}

/** A time that has not come is forgotten. */
export async function makeDraft(tx: Tx, { kind, id }: PieceRef): Promise<void> {
  const date = kind === "post" ? sql`, published_at = case when status = 'published' then published_at end` : sql``;
  await tx.execute(sql`update ${tableOf(kind)} set status = 'draft', updated_at = now() ${date} where id = ${id}`);
}

/** Publishes what is due. The row of each is taken by whoever asks first; who comes later finds it published. */
export async function publishDue(tx: Tx, now: Date): Promise<number> {
  const { rows } = await tx.execute<{ id: string; title: string; slug: string; audience: string | null }>(sql`
    update posts set status = 'published', updated_at = now()
    where id in (
      select id from posts where status = 'scheduled' and published_at <= ${now.toISOString()}
      order by published_at, id limit ${DUE_AT_ONCE} for update skip locked)
    returning id, title, slug, audience`);
  const ids = rows.map(({ id }) => Number(id));
  if (ids.length > 0) await endRuns(tx, "post", ids); // somebody may have written on since it was scheduled
  for (const { id, title, slug, audience } of rows) {
    const piece: PieceRef = { kind: "post", id: Number(id) as PostId };
    const face = { title, audience, address: `/posts/${slug}` };
    await claimAddress(tx, face.address);
    await announce(tx, piece, null, { before: { ...face, status: "scheduled" }, after: { ...face, status: "published" } });
  }
  return rows.length;
}
