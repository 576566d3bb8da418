import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { PieceRef } from "../../contracts/writing.ts";
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

const STORABLE = /^\/[a-z0-9/-]{1,300}$/;

/** The same of an address that it had on another site, if nobody has that here. */
export async function keepOldAddress(tx: Tx, piece: PieceRef, address: string): Promise<void> {
  if (STORABLE.test(address)) await keepAddress(tx, piece, address, false);
}

/** What is public at an address wins: nothing leads away from there. */
export async function claimAddress(tx: Tx, address: string): Promise<void> {
  await tx.execute(sql`delete from redirects where from_path = ${address}`);
}
