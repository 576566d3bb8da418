import { type SQL, sql } from "drizzle-orm";
import { apDocuments } from "../../models/fediverse.ts";

/**
 * Whether everybody sees a comment: "shown_under" of federation/relations/moderation.dl, said once more for many at once. A steward or
 * the rule let it in, it is for everybody, and neither its author nor their server is held back.
 */
export const isShown: SQL<boolean> = sql`(${apDocuments.deletedAt} is null and ${apDocuments.moderation} = 'shown'
  and ${apDocuments.visibility} in ('public', 'unlisted') and ${isHeard(sql`${apDocuments.actor}`, sql`${apDocuments.host}`)})`;

/** Whether an actor is heard here: neither it nor its host is silenced or suspended, nor is the host left out of a list of all that are let in. */
export function isHeard(actor: SQL, host: SQL): SQL<boolean> {
  return sql`(not exists (select from moderation_limits held where held.actor = ${actor} and held.lifted_at is null)
    and not exists (select from ap_hosts held where held.host = any(hosts_above(${host})) and (held.is_suspended or held.is_silenced))
    and not exists (select from relation_facts held where held.relation = 'federation.suspended'
      and held.arguments ->> 0 = any(hosts_above(${host})) and (held.expires_at is null or held.expires_at > now()))
    and ${isLetIn(actor, host)})`;
}

/** Where only some hosts are let in: whether this is one of them. Our own actors always are. */
function isLetIn(actor: SQL, host: SQL): SQL<boolean> {
  return sql`(not exists (select from moderation_settings where is_allow_list)
    or exists (select from ap_hosts let where let.host = any(hosts_above(${host})) and let.is_allowed)
    or not exists (select from ap_remote_actors known where known.uri = ${actor}))`;
}
