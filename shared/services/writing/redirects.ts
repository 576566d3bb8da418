import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { PieceRef } from "../../contracts/writing.ts";
import type { Db } from "../../infrastructure/db.ts";
import { idColumn } from "./piece-tables.ts";

/**
 * The address that a piece had leads to it from now on. Of a piece that is public it is taken from whoever had it before;
 * that of a draft only if nobody has it.
 */
export async function keepAddress(tx: Tx, piece: PieceRef, address: string, isPublished: boolean): Promise<void> {
  const column = idColumn(piece.kind);
  const given = isPublished
    ? sql`do update set post_id = excluded.post_id, page_id = excluded.page_id, tag_id = null, created_at = now()`
    : sql`do nothing`;
  await tx.execute(sql`insert into redirects (from_path, ${column}) values (${address}, ${piece.id}) on conflict (from_path) ${given}`);
}

/** What is public at an address wins: nothing leads away from there. */
export async function claimAddress(tx: Tx, address: string): Promise<void> {
  await tx.execute(sql`delete from redirects where from_path = ${address}`);
}

/** Where an address leads that a piece or a tag had, if that is public. */
export async function findRedirect(db: Db, path: string): Promise<string | null> {
  const { rows } = await db.execute<{ address: string }>(sql`
    select coalesce('/posts/' || posts.slug, '/' || pages.path, '/tags/' || tags.slug) as address
    from redirects
    left join posts on posts.id = redirects.post_id and posts.status = 'published'
    left join pages on pages.id = redirects.page_id and pages.status = 'published'
    left join tags on tags.id = redirects.tag_id and not tags.is_internal
    where from_path = ${path} and num_nonnulls(posts.id, pages.id, tags.id) = 1`);
  const [found] = rows;
  return found === undefined || found.address === path ? null : found.address;
}
