import { randomInt } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Affair, AskResult, ErasureWish } from "../../contracts/erasures.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { ErasureId, UserId } from "../../models/ids.ts";
import { findOpen } from "./reads.ts";

/** Of requests at the same moment one is written down; the others find it. */
export async function ask(
  tx: Tx,
  { userId, keepsPosts, keepsComments, dueAt, by }: ErasureWish,
  listAffairs: (tx: Tx, userId: UserId) => Promise<readonly Affair[]>,
): Promise<AskResult> {
  const { rows: known } = await tx.execute(sql`select from users where id = ${userId} and erased_at is null for update`);
  if (known.length === 0) return { kind: "gone" };
  const before = await findOpen(tx, userId);
  if (before !== null) return { kind: "before", erasure: before };
  const affairs = (await listAffairs(tx, userId)).filter(({ weight }) => weight === "must-first");
  if (affairs.length > 0) return { kind: "must-first", affairs };
  const former = `former-member-${randomInt(36 ** 5, 36 ** 6).toString(36)}`; // nobody can tell from it who joined when
  const { rows } = await tx.execute<{ id: string }>(sql`
    insert into erasures (user_id, keeps_posts, keeps_comments, asked_by, reason, former, due_at)
    values (${userId}, ${keepsPosts}, ${keepsComments}, ${by?.userId ?? null}, ${by?.reason ?? ""}, ${former}, ${dueAt.toISOString()}) returning id`);
  const id = Number(rows[0]?.id) as ErasureId;
  await emitActivity(tx, { originApp: "account", actorId: by?.userId ?? userId, type: "Create", object: { type: "Erasure", id } });
  return { kind: "asked", id };
}

/** of null: whoever has the link of its mail. */
export async function undo(tx: Tx, id: ErasureId, of: UserId | null): Promise<boolean> {
  const { rows } = await tx.execute<{ userId: string }>(sql`
    update erasures set state = 'undone', undone_at = now(), reason = ''
    where id = ${id} and state = 'asked' and (${of}::bigint is null or user_id = ${of}) returning user_id as "userId"`);
  if (rows[0] === undefined) return false;
  const actorId = Number(rows[0].userId) as UserId;
  await emitActivity(tx, { originApp: "account", actorId, type: "Undo", object: { type: "Erasure", id } });
  return true;
}
