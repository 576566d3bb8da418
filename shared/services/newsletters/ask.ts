import { sql } from "drizzle-orm";
import type { Tombstones } from "../../contracts/erasures.ts";
import { type AskResult, CONFIRM_DAYS, type ConfirmResult, type NewslettersService } from "../../contracts/newsletters.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { SubscriberId } from "../../models/ids.ts";
import { addressHash } from "./address-hash.ts";

/**
 * Who was erased may come back by themselves; where mail does not arrive, or is not wanted, none is sent. What they said before stands
 * until they say yes: a stranger who knows an address takes nothing back by asking.
 */
export async function ask(tx: Tx, { email, newsletterIds, textVersion }: Parameters<NewslettersService["ask"]>[1]): Promise<AskResult> {
  const { rows: refused } = await tx.execute(sql`
    select from newsletter_suppressions where address_hash = ${addressHash(sql`${email}`)} and reason <> 'erased'`);
  if (refused.length > 0) return { kind: "not-written-to" };
  await tx.execute(sql`
    insert into subscribers (email, user_id) values (${email}, (select user_id from user_emails where email = ${email} and verified_at is not null))
    on conflict (email) do nothing`);
  const lists = sql`${sql.param([...newsletterIds])}::bigint[]`;
  const { rows } = await tx.execute<{ id: string; subscriber_id: string }>(sql`
    with who as (select id from subscribers where email = ${email}), asked as (
      insert into newsletter_subscriptions (subscriber_id, newsletter_id, state, source)
      select who.id, n.id, 'pending', 'site' from who, newsletters n where n.id = any(${lists}) and n.is_open
      on conflict (subscriber_id, newsletter_id) do update set state = newsletter_subscriptions.state
      returning subscriber_id, newsletter_id)
    insert into newsletter_consents (subscriber_id, newsletter_id, address_hash, act, text_version, source)
    select subscriber_id, newsletter_id, ${addressHash(sql`${email}`)}, 'asked', ${textVersion}, 'site' from asked order by newsletter_id
    returning id, subscriber_id`);
  const [first] = rows;
  if (!first) return { kind: "not-written-to" };
  const consentId = Math.min(...rows.map(({ id }) => Number(id)));
  await emitActivity(tx, { originApp: "account", actorId: null, type: "Offer", object: { type: "Subscription", id: consentId } });
  return { kind: "asked", subscriberId: Number(first.subscriber_id) as SubscriberId, consentId };
}

/** All that was asked for in the same moment, and not again since. What was confirmed with this link stays so until they say otherwise. */
export async function confirm(tx: Tx, tombstones: Pick<Tombstones, "welcomeBack">, consentId: number, now: Date): Promise<ConfirmResult> {
  const { rows: asked } = await tx.execute<{ id: string; name: string; state: string; subscriber_id: string; email: string }>(sql`
    select n.id, n.name, b.state, c.subscriber_id, (select email from subscribers where id = c.subscriber_id) as email
    from newsletter_consents link
    join newsletter_consents c on c.subscriber_id = link.subscriber_id and c.at = link.at and c.act = 'asked'
    join newsletter_subscriptions b on b.subscriber_id = c.subscriber_id and b.newsletter_id = c.newsletter_id
    join newsletters n on n.id = c.newsletter_id
    where link.id = ${consentId} and link.act = 'asked' and link.at > ${now.toISOString()}::timestamptz - ${CONFIRM_DAYS} * interval '1 day'
      and not exists (
        select from newsletter_consents later
        where later.subscriber_id = c.subscriber_id and later.newsletter_id = c.newsletter_id and later.id > c.id and later.act in ('asked', 'withdrawn'))
    order by n.position, n.id
    for update of b`);
  const [first] = asked;
  if (!first) return { kind: "over" };
  const pending = asked.filter(({ state }) => state !== "subscribed").map(({ id }) => Number(id));
  await tombstones.welcomeBack(tx, first.email);
  await tx.execute(sql`
    with who as (select id, email from subscribers where id = ${first.subscriber_id}), back as (
      delete from newsletter_suppressions x using who where x.address_hash = ${addressHash(sql`who.email`)} and x.reason = 'erased'),
    yes as (
      update newsletter_subscriptions set state = 'subscribed', source = 'site', decided_at = now()
      where subscriber_id = ${first.subscriber_id} and newsletter_id = any(${sql.param(pending)}::bigint[]) returning newsletter_id)
    insert into newsletter_consents (subscriber_id, newsletter_id, address_hash, act, text_version, source)
    select who.id, yes.newsletter_id, ${addressHash(sql`who.email`)}, 'confirmed', 'confirm-1', 'site' from who, yes`);
  return { kind: "confirmed", lists: asked.map(({ name }) => name) };
}
