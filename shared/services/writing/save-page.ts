import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { PageSave, PieceRef, SaveResult } from "../../contracts/writing.ts";
import { pages } from "../../models/blog.ts";
import { announce } from "./announce.ts";
import { refusalOf } from "./check-piece.ts";
import { isStale, lockPiece } from "./lock-piece.ts";
import { readPage } from "./read-page.ts";
import { unlessRefused } from "./refused-by-database.ts";
import { keepRevision } from "./revisions.ts";

/** Saves a page if nobody did, or made it public, since the writer began; otherwise gives what stands there now, and changes nothing. */
export async function savePage(tx: Tx, save: PageSave): Promise<SaveResult> {
  const refusal = refusalOf(save.settings ?? {}, save.text);
  if (refusal) return refusal;
  const piece: PieceRef = { kind: "page", id: save.id };
  const before = await lockPiece(tx, piece);
  if (before === null || before.isInBin) return { kind: "gone" };
  if (isStale(before, save)) return conflictOf(tx, save);
  const result = await unlessRefused(tx, "", (inner) => write(inner, save));
  if (result.kind === "saved") await announce(tx, piece, save.by, { before, after: await lockPiece(tx, piece) });
  return result;
}

async function conflictOf(tx: Tx, { id }: PageSave): Promise<SaveResult> {
  const theirs = await readPage(tx, id);
  return theirs === null ? { kind: "gone" } : { kind: "conflict", version: theirs.version, theirs };
}

async function write(tx: Tx, { id, expectedVersion, by, text, settings = {} }: PageSave): Promise<SaveResult> {
  await keepRevision(tx, { kind: "page", id }, null);
  const written = text && { document: text.document, html: text.html };
  const [row] = await tx
    .update(pages)
    .set({ ...settings, ...written, version: sql`${pages.version} + 1`, updatedAt: sql`now()` })
    .where(and(eq(pages.id, id), eq(pages.version, expectedVersion), isNull(pages.deletedAt)))
    .returning({ version: pages.version });
  if (row === undefined) return { kind: "gone" };
  await keepRevision(tx, { kind: "page", id }, by);
  return { kind: "saved", version: row.version };
}
