import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { type PieceRef, RESTORED_SETTINGS, type Restoration, type Revision, type SaveResult } from "../../contracts/writing.ts";
import { getRevision } from "./revisions.ts";
import { savePage } from "./save-page.ts";
import { savePost } from "./save-post.ts";

/** Saves the words and pictures of an old version as a new one; of the pictures, those that are in the library still. */
export async function restoreRevision(tx: Tx, piece: PieceRef, { version, ...expected }: Restoration): Promise<SaveResult> {
  const { title, excerpt, text, settings } = await getRevision(tx, piece, version);
  const words = { title, ...(await restoredOf(tx, settings)) };
  const save = { ...expected, text };
  if (piece.kind === "post") return savePost(tx, { id: piece.id, ...save, settings: { ...words, excerpt } });
  return savePage(tx, { id: piece.id, ...save, settings: { ...words, summary: excerpt } });
}

/** What was kept of RESTORED_SETTINGS: the oldest versions have none, and what they don't say stays. */
async function restoredOf(tx: Tx, settings: Revision["settings"]): Promise<Record<string, unknown>> {
  const kept = RESTORED_SETTINGS.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]] as const]));
  const pictures = kept.filter(([name, value]) => isPicture(name) && value !== null);
  if (pictures.length === 0) return Object.fromEntries(kept);
  const { rows } = await tx.execute<{ id: string }>(
    sql`select id from media where id = any(${sql.param(pictures.map(([, value]) => Number(value)))}::bigint[])`,
  );
  const there = new Set(rows.map(({ id }) => Number(id)));
  return Object.fromEntries(kept.map(([name, value]) => [name, isPicture(name) && !there.has(Number(value)) ? null : value]));
}

function isPicture(name: string): boolean {
  return name.endsWith("ictureId");
}
