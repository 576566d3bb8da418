import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { type CommentRule, moderationSettings } from "../../models/moderation.ts";

/** Until stewards set another. */
export const FIRST_RULE: CommentRule = "first-waits";

/** When comments wait, as stewards set it; a person's first waits until they say otherwise. */
export async function ruleOf(db: Db | Tx): Promise<CommentRule> {
  const [row] = await db.select({ rule: moderationSettings.commentRule }).from(moderationSettings);
  return row?.rule ?? FIRST_RULE;
}

/** What becomes of a comment of this actor at first. Whoever had one taken away is looked at again, and so is who is silenced. */
export async function firstState(tx: Tx, actor: string): Promise<"waiting" | "shown"> {
  const rule = await ruleOf(tx);
  if (rule === "none-waits" || rule === "all-wait") return rule === "none-waits" ? "shown" : "waiting";
  const { rows } = await tx.execute<{ is_known: boolean }>(sql`
    select exists (select from ap_documents where actor = ${actor} and comment_thread_id is not null and moderation = 'shown')
      and not exists (select from ap_documents where actor = ${actor} and comment_thread_id is not null and moderation = 'hidden')
      and not exists (select from moderation_limits where actor = ${actor} and lifted_at is null) as is_known`);
  return rows[0]?.is_known === true ? "shown" : "waiting";
}
