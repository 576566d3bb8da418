import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { commentThreads } from "../../models/comments.ts";
import { apDocuments } from "../../models/fediverse.ts";
import type { ThreadId, UserId } from "../../models/ids.ts";
import { placeOf, placeOfThread } from "./threads.ts";

/** What happened to a comment that everybody sees, or saw: a member's goes out to the world by it, and whoever published the thing hears of a new one. */
export async function tellOfComment(tx: Tx, type: "Create" | "Update" | "Delete", uri: string): Promise<void> {
  const [row] = await tx
    .select({ id: apDocuments.id, authorId: apDocuments.authorId, place: placeOfThread })
    .from(apDocuments)
    .innerJoin(commentThreads, eq(commentThreads.id, apDocuments.commentThreadId))
    .where(eq(apDocuments.uri, uri));
  const place = row === undefined ? null : placeOf(row.place);
  if (row === undefined || place === null) return;
  const details = { name: place.title, path: `${place.path}#comment-${row.id}` };
  await emitActivity(tx, { originApp: place.app, actorId: row.authorId, type, object: { type: "Comment", id: uri }, details });
}

/** Stewards hear of it once, however many come before they look. */
export async function tellOfWaiting(
  tx: Tx,
  { uri, authorId, threadId }: { uri: string; authorId: UserId | null; threadId: ThreadId },
): Promise<void> {
  const isWaiting = and(
    eq(apDocuments.moderation, "waiting"),
    isNull(apDocuments.deletedAt),
    sql`${apDocuments.commentThreadId} is not null`,
  );
  const others = await tx
    .select({ uri: apDocuments.uri })
    .from(apDocuments)
    .where(and(isWaiting, sql`${apDocuments.uri} <> ${uri}`))
    .limit(1);
  if (others.length > 0) return;
  const [row] = await tx.select(placeOfThread).from(commentThreads).where(eq(commentThreads.id, threadId));
  const place = row === undefined ? null : placeOf(row);
  if (place === null) return;
  const details = { name: place.title, path: "/admin/moderation" };
  await emitActivity(tx, { originApp: "federation", actorId: authorId, type: "Offer", object: { type: "Comment", id: uri }, details });
}
