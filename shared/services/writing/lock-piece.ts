import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { PieceRef, PieceStatus } from "../../contracts/writing.ts";
import type { Face } from "./announce.ts";
import { addressOf, tableOf } from "./piece-tables.ts";

/** A piece as it stands, held until the transaction ends. */
export interface Held extends Face {
  version: number;
  isInBin: boolean;
}

/** Whether a piece is another by now than whoever saves it saw. */
export function isStale(held: Held, seen: { expectedVersion: number; expectedStatus?: PieceStatus }): boolean {
  return held.version !== seen.expectedVersion || (seen.expectedStatus ?? held.status) !== held.status;
}

/** Holds a piece, so that whoever changes it takes turns; null: it is gone. */
export async function lockPiece(tx: Tx, { kind, id }: PieceRef): Promise<Held | null> {
  const { rows } = await tx.execute<{ [Column in keyof Held]: Held[Column] }>(sql`
    select version, status, audience, title, ${addressOf(kind)} as address, deleted_at is not null as "isInBin"
    from ${tableOf(kind)} where id = ${id} for update`);
  return rows[0] ?? null;
}
