import { and, eq, inArray, lt, sql } from "drizzle-orm";
import type { Statement } from "../../contracts/fediverse.ts";
import type { Tx } from "../../contracts/tx.ts";
import { apOutgoing } from "../../models/fediverse.ts";
import type { OutgoingId } from "../../models/ids.ts";
import { blocksHost, isAsserted, isHostShutOut } from "../people/hidden.ts";

/**
 * Writes down what an actor of ours says, and one delivery for each distinct inbox: of its followers as they are now, each server's
 * shared one where it has one, and of those who are named. The rules of federation/relations/audience.dl, "deliver", said once more
 * for many followers at once: no host that is suspended, nobody who blocks the actor or is blocked by it.
 */
export async function say(tx: Tx, statement: Statement): Promise<boolean> {
  const { uri, activityId, app, actor, type, object, document, visibility, isListed, source } = statement;
  const [row] = await tx
    .insert(apOutgoing)
    .values({
      ...{ uri, activityId, app, actor, type, object, visibility, isListed },
      ...{ objectType: source?.type ?? null, objectId: source?.id ?? null, document: JSON.stringify(document) },
    })
    .onConflictDoNothing()
    .returning({ id: apOutgoing.id });
  if (row === undefined) return false;
  if (type === "Delete") await takeBack(tx, object, row.id);
  const follower = statement.isForFollowers
    ? sql`select follower as uri from ap_follows where followed = ${actor} and state = 'accepted'`
    : sql`select null::text as uri where false`;
  await tx.execute(sql`
    with addressed as (
      ${follower} union select unnest(${sql.param([...statement.to])}::text[])
    ), box as (
      select distinct
        case when ${statement.isForFollowers} then coalesce(known.shared_inbox, known.inbox) else known.inbox end as inbox, known.host
      from addressed
      join ap_remote_actors as known on known.uri = addressed.uri
      where known.gone_at is null
        and not exists (select from ap_blocks where actor = ${actor} and blocked = known.uri and ${type} not in ('Block', 'Reject', 'Undo'))
        and not exists (select from ap_blocks where actor = known.uri and blocked = ${actor} and ${type} not in ('Reject', 'Undo'))
        and not (${blocksHost(actor, sql`known.host`)} and ${type} not in ('Undo', 'Reject'))
        and not ((${isAsserted("blocked", actor, sql`known.uri`)} or ${isAsserted("blocked", sql`known.uri`, actor)}) and ${type} not in ('Block', 'Reject', 'Undo'))
        and not exists (select from moderation_limits where kind = 'suspended' and lifted_at is null
          and (moderation_limits.actor = known.uri or (moderation_limits.actor = ${actor} and ${type} not in ('Delete', 'Undo', 'Reject'))))
    )
    insert into ap_deliveries (outgoing_id, inbox, host, object, is_first, next_attempt_at)
    select ${row.id}::bigint, box.inbox, box.host, ${object}, coalesce(ap_hosts.rests_until <= now(), true), greatest(now(), ap_hosts.rests_until)
    from box left join ap_hosts on ap_hosts.host = box.host
    where ${isLetIn}
    order by box.inbox`);
  return true;
}

/** What was said of it before is shown to nobody any more. */
async function takeBack(tx: Tx, object: string, id: OutgoingId): Promise<void> {
  const isEarlier = and(eq(apOutgoing.object, object), lt(apOutgoing.id, id), inArray(apOutgoing.type, ["Create", "Update"]));
  await tx.update(apOutgoing).set({ isListed: false, visibility: "direct" }).where(isEarlier);
}

/** Neither shut out, with all that lies below a host, nor left out of a list of all that are let in. */
const isLetIn = sql`not ${isHostShutOut(sql`box.host`)}
  and (not exists (select from moderation_settings where is_allow_list)
    or exists (select from ap_hosts let where let.host = any(hosts_above(box.host)) and let.is_allowed))`;
