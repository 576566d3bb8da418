import { sql } from "drizzle-orm";
import type { SubscriptionSource } from "../../contracts/newsletters.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { SubscriberId } from "../../models/ids.ts";
import { addressHash } from "./address-hash.ts";

/** Ends what a source said of these people: their lists and their labels. What they said here themselves stays. */
export async function withdraw(tx: Tx, source: SubscriptionSource, ids: readonly SubscriberId[]): Promise<void> {
  const people = sql`${sql.param([...ids])}::bigint[]`;
  await tx.execute(sql`
    with ended as (
      update newsletter_subscriptions set state = 'unsubscribed', decided_at = now()
      where subscriber_id = any(${people}) and source = ${source} and state <> 'unsubscribed'
      returning subscriber_id, newsletter_id)
    insert into newsletter_consents (subscriber_id, newsletter_id, address_hash, act, text_version, source)
    select ended.subscriber_id, ended.newsletter_id, ${addressHash(sql`subscribers.email`)}, 'withdrawn', ${source}, ${source}
    from ended join subscribers on subscribers.id = ended.subscriber_id`);
  await tx.execute(sql`delete from subscriber_labels where subscriber_id = any(${people}) and source = ${source}`);
}
