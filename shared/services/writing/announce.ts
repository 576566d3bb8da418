import type { Tx } from "../../contracts/tx.ts";
import type { PieceRef, PieceStatus } from "../../contracts/writing.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ActivityType } from "../../models/federation.ts";
import type { UserId } from "../../models/ids.ts";

/** What others can see of a piece. */
export interface Face {
  status: PieceStatus;
  audience: string | null;
  title: string;
  address: string;
}

/**
 * Tells what a change did to what others see: Create when it comes out, Update while it is out, Delete when it is withdrawn.
 * To the world a piece is out while it is for everybody; within, while it is published. Purges the pages that show it.
 * isOld: it came out long ago, elsewhere: to the world it is no news.
 */
export async function announce(
  tx: Tx,
  piece: PieceRef,
  by: UserId | null,
  change: { before: Face | null; after: Face | null; isOld?: boolean },
): Promise<void> {
  const face = change.after ?? change.before;
  if (face === null) return;
  const inWorld = typeOf(isOpen(change.before), isOpen(change.after));
  const within = typeOf(isOut(change.before), isOut(change.after));
  if (within !== null) purgeOnCommit(tx, piece.kind === "post" ? ["posts"] : ["menu", "posts"]);
  const type = inWorld ?? within;
  if (type === null) return;
  await emitActivity(tx, {
    originApp: "blog",
    actorId: by,
    type,
    object: { type: piece.kind === "post" ? "Post" : "Page", id: piece.id },
    details: { name: face.title, path: face.address },
    visibility: inWorld === null || change.isOld ? "internal" : "public",
  });
}

function typeOf(was: boolean, is: boolean): ActivityType | null {
  if (is) return was ? "Update" : "Create";
  return was ? "Delete" : null;
}

function isOut(face: Face | null): boolean {
  return face?.status === "published";
}

function isOpen(face: Face | null): boolean {
  return isOut(face) && face?.audience === null;
}
