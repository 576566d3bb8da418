import { type SQL, sql } from "drizzle-orm";
import { areCut, isAsserted, isShutOut } from "../people/hidden.ts";

/** Who reads: an actor, with those whom rules have them follow besides those whom they asked to; null: a guest. */
export interface Eyes {
  readonly me: string | null;
  readonly byRule: readonly string[];
}

export const GUEST: Eyes = { me: null, byRule: [] };

/** Whether nothing passes between the reader and an actor, as areCut says; me null: to a guest it is whether stewards shut them out. */
export const isCut = (me: string | null, actor: SQL): SQL => (me === null ? isShutOut(actor) : areCut(sql`${me}::text`, actor));

/** Whether "d" is there to be seen at all: not deleted nor taken away, and no comment that waits. To its author it is there until it is deleted. */
export function isThere(me: string | null): SQL {
  const isOwn = me === null ? sql`false` : sql`d.actor = ${me}`;
  return sql`(d.deleted_at is null and (d.moderation = 'shown' or (d.moderation = 'waiting' and d.comment_thread_id is null) or ${isOwn}))`;
}

/**
 * Whether the reader may see the status "d", a row of ap_documents: "can_see" of federation/relations/audience.dl, said once more for
 * many statuses at once. What is shown alone is asked of the relations themselves; federation/statuses/visibility.test.ts and
 * generated.test.ts hold the two together.
 */
export function maySee({ me, byRule }: Eyes): SQL {
  const isOpen = sql`${isThere(me)} and d.visibility <> 'internal'`;
  const isForAll = sql`d.visibility in ('public', 'unlisted') and d.moderation <> 'hidden'`;
  if (me === null) return sql`(${isOpen} and ${isForAll} and not ${isCut(null, sql`d.actor`)})`;
  const asked = sql`exists (select from ap_follows where follower = ${me} and followed = d.actor and state = 'accepted')`;
  const follows = byRule.length === 0 ? asked : sql`(${asked} or d.actor = any(${sql.param([...byRule])}::text[]))`;
  const isNamed = sql`(exists (select from ap_mentions where status_id = d.id and actor = ${me}) or ${isAsserted("audience", sql`d.uri`, sql`${me}::text`)})`;
  return sql`(${isOpen} and (d.actor = ${me} or
    ((${isForAll} or (d.visibility = 'followers' and ${follows}) or ${isNamed}) and not ${isCut(me, sql`d.actor`)})))`;
}
