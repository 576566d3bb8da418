import { sql } from "drizzle-orm";
import type { NewslettersService } from "../../contracts/newsletters.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { SubscriberId } from "../../models/ids.ts";
import { addressHash } from "./address-hash.ts";

/** Written down also for a list that they get by their group alone: so it ends. What they said before changes nothing. */
export async function leave(
  tx: Tx,
  { subscriberId, newsletterId, textVersion }: Parameters<NewslettersService["leave"]>[1],
): Promise<boolean> {
  const { rows } = await tx.execute(sql`select from subscribers where id = ${subscriberId} for key share`);
  if (rows.length === 0) return false;
  const lists =
    newsletterId === null
      ? sql`n.group_name is not null or exists (select from newsletter_subscriptions b where b.newsletter_id = n.id and b.subscriber_id = ${subscriberId})`
      : sql`n.id = ${newsletterId}`;
  await tx.execute(sql`
    with ended as (
      insert into newsletter_subscriptions (subscriber_id, newsletter_id, state, source)
      select ${subscriberId}, n.id, 'unsubscribed', 'site' from newsletters n where ${lists}
      on conflict (subscriber_id, newsletter_id) do update set state = 'unsubscribed', source = 'site', decided_at = now()
        where newsletter_subscriptions.state <> 'unsubscribed' or newsletter_subscriptions.source <> 'site'
      returning newsletter_id)
    insert into newsletter_consents (subscriber_id, newsletter_id, address_hash, act, text_version, source)
    select s.id, ended.newsletter_id, ${addressHash(sql`s.email`)}, 'withdrawn', ${textVersion}, 'site'
    from ended join subscribers s on s.id = ${subscriberId}`);
  return true;
}

/** Who was erased stays erased. */
export async function suppress(tx: Tx, subscriberId: SubscriberId, reason: "bounced" | "complained"): Promise<void> {
  await tx.execute(sql`
    insert into newsletter_suppressions (address_hash, reason)
    select ${addressHash(sql`email`)}, ${reason} from subscribers where id = ${subscriberId}
    on conflict (address_hash) do update set reason = excluded.reason, since = now()
      where newsletter_suppressions.reason = 'elsewhere' or (newsletter_suppressions.reason = 'bounced' and excluded.reason = 'complained')`);
}

/** In the log stands that it was done, and no address. */
export async function liftSuppression(tx: Tx, email: string): Promise<{ reason: string; subscriberId: number | null } | null> {
  const { rows } = await tx.execute<{ reason: string; id: string | null }>(sql`
    with lifted as (
      delete from newsletter_suppressions where address_hash = ${addressHash(sql`${email}`)} and reason <> 'erased' returning reason)
    select reason, (select id from subscribers where email = ${email.toLowerCase()}) as id from lifted`);
  const [row] = rows;
  return row ? { reason: row.reason, subscriberId: row.id === null ? null : Number(row.id) } : null;
}
