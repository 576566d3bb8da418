import { type SQL, sql } from "drizzle-orm";

/** Whether nothing passes between the reader and an actor: a block of either side, or a server that is shut out. me null: a guest. */
export function isCut(me: string | null, actor: SQL): SQL {
  const suspended = sql`(exists (
    select from ap_remote_actors cut_actor join ap_hosts cut_host on cut_host.host = any(hosts_above(cut_actor.host)) and cut_host.is_suspended
    where cut_actor.uri = ${actor})
    or exists (select from moderation_limits cut where cut.actor = ${actor} and cut.kind = 'suspended' and cut.lifted_at is null))`;
  if (me === null) return suspended;
  return sql`(${suspended} or exists (select from ap_blocks where actor = ${me} and blocked = ${actor})
    or exists (select from ap_blocks where actor = ${actor} and blocked = ${me}))`;
}

/**
 * Whether the reader may see the status "d", a row of ap_documents: "can_see" of federation/relations/audience.dl, said once more for
 * many statuses at once. What is shown alone is asked of the relations themselves.
 */
export function maySee(me: string | null): SQL {
  const isOpen = sql`d.deleted_at is null and d.visibility <> 'internal'`;
  const isForAll = sql`d.visibility in ('public', 'unlisted') and d.moderation <> 'hidden'`;
  if (me === null) return sql`(${isOpen} and ${isForAll} and not ${isCut(null, sql`d.actor`)})`;
  const follows = sql`exists (select from ap_follows where follower = ${me} and followed = d.actor and state = 'accepted')`;
  const isNamed = sql`exists (select from ap_mentions where status_id = d.id and actor = ${me})`;
  return sql`(${isOpen} and (d.actor = ${me} or
    ((${isForAll} or (d.visibility = 'followers' and ${follows}) or ${isNamed}) and not ${isCut(me, sql`d.actor`)})))`;
}
