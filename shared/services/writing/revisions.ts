import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { PieceRef } from "../../contracts/writing.ts";
import type { UserId } from "../../models/ids.ts";
import { idColumn, tableOf } from "./piece-tables.ts";

/**
 * Keeps the piece as it stands as the revision of its version. Called after each save, and before it, where a piece that was
 * there before the first save has none yet. by null: a program, or nobody knows.
 */
export async function keepRevision(tx: Tx, { kind, id }: PieceRef, by: UserId | null): Promise<void> {
  const summary = sql.identifier(kind === "post" ? "excerpt" : "summary");
  await tx.execute(sql`
    insert into revisions (${idColumn(kind)}, version, title, excerpt, document, html, saved_by)
    select id, version, title, ${summary}, document, html, ${by} from ${tableOf(kind)} where id = ${id}
    on conflict do nothing`);
}
