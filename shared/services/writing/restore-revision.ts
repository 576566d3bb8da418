import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { PageSettings, PieceRef, PostSettings, Revision, SaveResult } from "../../contracts/writing.ts";
import type { UserId } from "../../models/ids.ts";
import { getRevision } from "./revisions.ts";
import { savePage } from "./save-page.ts";
import { savePost } from "./save-post.ts";

/** Ids that a setting may hold, with the table in which they have to be still. */
const TABLES: readonly (readonly [setting: string, table: string])[] = [
  ["pictureId", "media"],
  ["translationOf", "posts"],
  ["seriesId", "series"],
  ["tagIds", "tags"],
  ["authorIds", "users"],
  ["productIds", "products"],
];

/** Saves an old version as a new one. Its address stays, and what no longer exists is left out. */
export async function restoreRevision(
  tx: Tx,
  piece: PieceRef,
  { version, expectedVersion, by }: { version: number; expectedVersion: number; by: UserId },
): Promise<SaveResult> {
  const revision = await getRevision(tx, piece, version);
  const { slug: _address, ...settings } = await existing(tx, revision.settings);
  const { title, excerpt, text } = revision;
  if (piece.kind === "post") {
    const restored: Partial<PostSettings> = { ...settings, title, excerpt }; // as keepRevision wrote them
    return savePost(tx, { id: piece.id, expectedVersion, by, text, settings: restored });
  }
  const restored: Partial<PageSettings> = { ...settings, title, summary: excerpt };
  return savePage(tx, { id: piece.id, expectedVersion, by, text, settings: restored });
}

async function existing(tx: Tx, settings: Revision["settings"]): Promise<Record<string, unknown>> {
  const kept: Record<string, unknown> = { ...settings };
  for (const [setting, table] of TABLES) {
    const value = settings[setting];
    if (value === undefined || value === null) continue;
    const wanted = (Array.isArray(value) ? value : [value]).map(Number);
    const { rows } = await tx.execute<{ id: string }>(
      sql`select id from ${sql.identifier(table)} where id = any(${sql.param(wanted)}::bigint[])`,
    );
    const there = new Set(rows.map(({ id }) => Number(id)));
    const left = wanted.filter((id) => there.has(id));
    kept[setting] = Array.isArray(value) ? left : (left[0] ?? null);
  }
  return kept;
}
