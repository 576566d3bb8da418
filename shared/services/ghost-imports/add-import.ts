import { sql } from "drizzle-orm";
import type { NewGhostImport, PlannedItem } from "../../contracts/ghost-imports.ts";
import type { Tx } from "../../contracts/tx.ts";
import { ghostImports } from "../../models/ghost.ts";
import type { GhostImportId } from "../../models/ids.ts";

/** So much text goes in one statement. */
const STATEMENT_CHARS = 2_000_000;

/** Writes down a file piece by piece, as they come. */
export async function addImport(tx: Tx, { by, ...file }: NewGhostImport, items: AsyncIterable<PlannedItem>): Promise<GhostImportId> {
  const [made] = await tx
    .insert(ghostImports)
    .values({ ...file, broughtBy: by })
    .returning({ id: ghostImports.id });
  if (made === undefined) throw new Error("the import was not made");
  let batch: string[] = [];
  let length = 0;
  for await (const item of items) {
    const row = rowOf(item);
    batch.push(row);
    length += row.length;
    if (length < STATEMENT_CHARS) continue;
    await insert(tx, made.id, batch);
    [batch, length] = [[], 0];
  }
  if (batch.length > 0) await insert(tx, made.id, batch);
  return made.id;
}

function rowOf(item: PlannedItem): string {
  const isToDo = item.plan === "make" || item.plan === "change";
  return JSON.stringify({ ...item, piece: isToDo ? item.piece : null, state: isToDo ? "waiting" : "done" });
}

async function insert(tx: Tx, id: GhostImportId, rows: readonly string[]): Promise<void> {
  await tx.execute(sql`
    insert into ghost_import_items (import_id, kind, ghost_id, title, slug, plan, reasons, piece, state)
    select ${id}, kind, "ghostId", title, slug, plan, reasons, nullif(piece, 'null'::jsonb), state
    from jsonb_to_recordset(${`[${rows.join()}]`}::jsonb)
      as row (kind text, "ghostId" text, title text, slug text, plan text, reasons jsonb, piece jsonb, state text)`);
}
