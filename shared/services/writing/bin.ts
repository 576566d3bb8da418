import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { BinResult, PieceRef, StatusResult } from "../../contracts/writing.ts";
import type { UserId } from "../../models/ids.ts";
import { announce } from "./announce.ts";
import { lockPiece } from "./lock-piece.ts";
import { lockTree } from "./lock-tree.ts";
import { tableOf } from "./piece-tables.ts";
import { makeDraft } from "./publishing.ts";

/** Puts a piece into the bin, as a draft. A page with pages below it stays. */
export async function moveToBin(tx: Tx, piece: PieceRef, by: UserId | null): Promise<BinResult> {
  if (piece.kind === "page") await lockTree(tx);
  const before = await lockPiece(tx, piece);
  if (before === null || before.isInBin) return { kind: "not-now" };
  if (piece.kind === "page" && (await hasPagesBelow(tx, piece.id))) return { kind: "pages-below" };
  await makeDraft(tx, piece);
  await tx.execute(sql`update ${tableOf(piece.kind)} set deleted_at = now() where id = ${piece.id}`);
  await announce(tx, piece, by, { before, after: { ...before, status: "draft" } });
  return { kind: "done" };
}

/** Takes a piece out of the bin again, as a draft; a page only to below one that is not there itself. */
export async function restoreFromBin(tx: Tx, piece: PieceRef): Promise<StatusResult> {
  if (piece.kind === "page") await lockTree(tx);
  const below = sql`and not exists (select from pages above where above.id = pages.parent_id and above.deleted_at is not null)`;
  const { rowCount } = await tx.execute(sql`
    update ${tableOf(piece.kind)} set deleted_at = null, updated_at = now()
    where id = ${piece.id} and deleted_at is not null ${piece.kind === "page" ? below : sql``}`);
  return { kind: rowCount === 1 ? "done" : "not-now" };
}

/** Deletes for good what went into the bin before then, with all that hangs on it. Gives how many. */
export async function deleteBinned(tx: Tx, before: Date): Promise<number> {
  const limit = before.toISOString();
  const posts = await tx.execute<{ id: string }>(sql`delete from posts where deleted_at < ${limit} returning id`);
  const ids = posts.rows.map(({ id }) => Number(id));
  if (ids.length > 0) await tx.execute(sql`delete from likes where kind = 'post' and subject = any(${sql.param(ids)}::bigint[])`);
  const pages = await tx.execute(sql`
    delete from pages where deleted_at < ${limit}
    and not exists (select from pages below where below.parent_id = pages.id and below.deleted_at >= ${limit})`);
  return posts.rows.length + (pages.rowCount ?? 0);
}

async function hasPagesBelow(tx: Tx, id: number): Promise<boolean> {
  const { rows } = await tx.execute(sql`select from pages where parent_id = ${id} and deleted_at is null limit 1`);
  return rows.length > 0;
}
