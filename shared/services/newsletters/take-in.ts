import { type SQL, sql } from "drizzle-orm";
import type { Tombstones } from "../../contracts/erasures.ts";
import type { IncomingSubscriber, SubscriptionSource } from "../../contracts/newsletters.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { SubscriberId } from "../../models/ids.ts";
import { addressHash } from "./address-hash.ts";

const ADDRESS = /^[^\s@]+@[^\s@]+$/;

/** People of another system, each address once. */
export async function takeIn(
  tx: Tx,
  tombstones: Pick<Tombstones, "erasedAddresses">,
  source: SubscriptionSource,
  people: readonly IncomingSubscriber[],
): Promise<readonly (SubscriberId | null)[]> {
  const addresses = people.map(({ email }) => email.trim().toLowerCase());
  const erased = await tombstones.erasedAddresses(tx, addresses);
  const rows = people.flatMap((person, index) => {
    const email = addresses[index] ?? "";
    if (!ADDRESS.test(email) || addresses.indexOf(email) !== index || erased.has(email)) return [];
    return [{ ...person, email, name: clean(person.name), labels: person.labels.map(clean).filter(Boolean) }];
  });
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as given (email text, name text, "newsletterIds" bigint[], labels text[], "isSuppressed" boolean, since timestamptz)`;
  await noteSuppressed(tx, given);
  const ids = await noteSubscribers(tx, given);
  await noteLabels(tx, source, given);
  await subscribe(tx, source, given);
  await endOthers(tx, source, given);
  return addresses.map((address) => ids.get(address) ?? null);
}

function clean(words: string): string {
  return words.replaceAll("\0", "").toWellFormed().trim().slice(0, 191);
}

async function noteSuppressed(tx: Tx, given: SQL): Promise<void> {
  await tx.execute(sql`
    insert into newsletter_suppressions (address_hash, reason)
    select ${addressHash(sql`email`)}, 'elsewhere' from ${given} where "isSuppressed" on conflict do nothing`);
}

/** Whose address is an account's belongs to it, and goes with it. Of who was erased here nothing is written. */
async function noteSubscribers(tx: Tx, given: SQL): Promise<Map<string, SubscriberId>> {
  const { rows } = await tx.execute<{ id: string; email: string }>(sql`
    insert into subscribers (email, name, user_id)
    select given.email, given.name, user_emails.user_id from ${given} left join user_emails on user_emails.email = given.email
    where not exists (select from newsletter_suppressions s where s.address_hash = ${addressHash(sql`given.email`)} and s.reason = 'erased')
    on conflict (email) do update set
      name = case when subscribers.name = '' then excluded.name else subscribers.name end,
      user_id = coalesce(subscribers.user_id, excluded.user_id)
    returning id, email`);
  return new Map(rows.map(({ id, email }) => [email, Number(id) as SubscriberId]));
}

async function noteLabels(tx: Tx, source: SubscriptionSource, given: SQL): Promise<void> {
  await tx.execute(sql`
    insert into member_labels (name) select distinct label from ${given}, unnest(given.labels) label on conflict (name) do nothing`);
  await tx.execute(sql`
    delete from subscriber_labels held using subscribers, member_labels, ${given}
    where held.subscriber_id = subscribers.id and subscribers.email = given.email and member_labels.id = held.label_id
      and held.source = ${source} and member_labels.name <> all(given.labels)`);
  await tx.execute(sql`
    insert into subscriber_labels (subscriber_id, label_id, source)
    select subscribers.id, member_labels.id, ${source}
    from ${given} join subscribers on subscribers.email = given.email, unnest(given.labels) label join member_labels on member_labels.name = label
    on conflict do nothing`);
}

/** What the same source ended, it may begin again; what a person said here, nobody else does. */
async function subscribe(tx: Tx, source: SubscriptionSource, given: SQL): Promise<void> {
  await tx.execute(sql`
    with begun as (
      insert into newsletter_subscriptions (subscriber_id, newsletter_id, state, source)
      select distinct subscribers.id, list, 'subscribed', ${source}
      from ${given} join subscribers on subscribers.email = given.email, unnest(given."newsletterIds") list
      where not exists (select from newsletter_suppressions s where s.address_hash = ${addressHash(sql`given.email`)})
      on conflict (subscriber_id, newsletter_id) do update set state = 'subscribed', decided_at = now()
        where newsletter_subscriptions.source = ${source} and newsletter_subscriptions.state <> 'subscribed'
      returning subscriber_id, newsletter_id)
    insert into newsletter_consents (subscriber_id, newsletter_id, address_hash, act, text_version, source, at)
    select begun.subscriber_id, begun.newsletter_id, ${addressHash(sql`subscribers.email`)}, 'brought', ${source}, ${source}, given.since
    from begun join subscribers on subscribers.id = begun.subscriber_id join ${given} on given.email = subscribers.email`);
}

/** Lists that the source does not name any more, and every list of who must not be written to. */
async function endOthers(tx: Tx, source: SubscriptionSource, given: SQL): Promise<void> {
  await tx.execute(sql`
    with ended as (
      update newsletter_subscriptions held set state = 'unsubscribed', source = ${source}, decided_at = now()
      from subscribers, ${given}
      where subscribers.id = held.subscriber_id and given.email = subscribers.email and held.state <> 'unsubscribed'
        and (given."isSuppressed" or (held.source = ${source} and held.newsletter_id <> all(given."newsletterIds")))
      returning held.subscriber_id, held.newsletter_id)
    insert into newsletter_consents (subscriber_id, newsletter_id, address_hash, act, text_version, source)
    select ended.subscriber_id, ended.newsletter_id, ${addressHash(sql`subscribers.email`)}, 'withdrawn', ${source}, ${source}
    from ended join subscribers on subscribers.id = ended.subscriber_id`);
}
