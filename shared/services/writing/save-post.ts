import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { PieceRef, PostSave, SaveResult } from "../../contracts/writing.ts";
import { posts } from "../../models/blog.ts";
import { announce } from "./announce.ts";
import { writeAround } from "./around-post.ts";
import { refusalOf } from "./check-piece.ts";
import { type Held, isStale, lockPiece } from "./lock-piece.ts";
import { readPost } from "./read-post.ts";
import { claimAddress, keepAddress } from "./redirects.ts";
import { unlessRefused } from "./refused-by-database.ts";
import { keepRevision } from "./revisions.ts";

/** Saves a post if nobody did, or made it public, since the writer began; otherwise gives what stands there now, and changes nothing. */
export async function savePost(tx: Tx, save: PostSave): Promise<SaveResult> {
  const refusal = refusalOf(save.settings ?? {}, save.text);
  if (refusal) return refusal;
  const piece: PieceRef = { kind: "post", id: save.id };
  const before = await lockPiece(tx, piece);
  if (before === null || before.isInBin) return { kind: "gone" };
  if (isStale(before, save)) return conflictOf(tx, save);
  const result = await unlessRefused(tx, save.settings?.slug ?? "", (inner) => write(inner, save));
  if (result.kind !== "saved") return result;
  const after = await lockPiece(tx, piece);
  if (after) await followAddress(tx, piece, { before, after });
  await announce(tx, piece, save.by, { before, after });
  return result;
}

/** An old address leads to the new one; what is public has its address to itself. */
async function followAddress(tx: Tx, piece: PieceRef, { before, after }: { before: Held; after: Held }): Promise<void> {
  if (before.address === after.address) return;
  await keepAddress(tx, piece, before.address, before.status === "published");
  if (after.status === "published") await claimAddress(tx, after.address);
}

async function conflictOf(tx: Tx, { id }: PostSave): Promise<SaveResult> {
  const theirs = await readPost(tx, id);
  return theirs === null ? { kind: "gone" } : { kind: "conflict", version: theirs.version, theirs };
}

async function write(tx: Tx, { id, expectedVersion, by, text, settings = {} }: PostSave): Promise<SaveResult> {
  const { authorIds, tagIds, productIds, ...columns } = settings;
  await keepRevision(tx, { kind: "post", id }, null);
  const [row] = await tx
    .update(posts)
    .set({ ...columns, ...text, version: sql`${posts.version} + 1`, updatedAt: sql`now()` })
    .where(and(eq(posts.id, id), eq(posts.version, expectedVersion), isNull(posts.deletedAt)))
    .returning({ version: posts.version });
  if (row === undefined) return { kind: "gone" };
  const around = { ...(authorIds && { authorIds }), ...(tagIds && { tagIds }), ...(productIds && { productIds }) };
  await writeAround(tx, id, around);
  await keepRevision(tx, { kind: "post", id }, by);
  return { kind: "saved", version: row.version };
}
