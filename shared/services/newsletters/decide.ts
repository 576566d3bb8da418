import { sql } from "drizzle-orm";
import type { Tombstones } from "../../contracts/erasures.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { NewsletterId, UserId } from "../../models/ids.ts";
import { addressHash } from "./address-hash.ts";

interface Decision {
  email: string;
  newsletterId: NewsletterId;
  state: "subscribed" | "unsubscribed";
  textVersion: string;
}

/** What a person says themselves, with its proof. */
export async function decide(
  tx: Tx,
  tombstones: Pick<Tombstones, "welcomeBack">,
  { email, newsletterId, state, textVersion }: Decision,
): Promise<void> {
  const address = email.toLowerCase();
  if (state === "subscribed") await tombstones.welcomeBack(tx, address);
  await tx.execute(sql`
    insert into subscribers (email, user_id)
    values (${address}, (select user_id from user_emails where email = ${address})) on conflict (email) do nothing`);
  await tx.execute(sql`
    with who as (select id, email from subscribers where email = ${address}), said as (
      insert into newsletter_subscriptions (subscriber_id, newsletter_id, state, source)
      select id, ${newsletterId}, ${state}, 'site' from who
      where ${state} = 'unsubscribed'
        or not exists (select from newsletter_suppressions where address_hash = ${addressHash(sql`who.email`)})
      on conflict (subscriber_id, newsletter_id) do update set state = excluded.state, source = 'site', decided_at = now()
      returning subscriber_id)
    insert into newsletter_consents (subscriber_id, newsletter_id, address_hash, act, text_version, source)
    select who.id, ${newsletterId}, ${addressHash(sql`who.email`)}, ${state === "subscribed" ? "confirmed" : "withdrawn"}, ${textVersion}, 'site'
    from said join who on who.id = said.subscriber_id`);
}

/** Every address of a person, those that they subscribed with too. */
export async function forget(tx: Tx, tombstones: Pick<Tombstones, "lay">, userId: UserId): Promise<void> {
  const { rows } = await tx.execute<{ email: string }>(sql`
    select email from user_emails where user_id = ${userId} union select email from subscribers where user_id = ${userId}`);
  const addresses = rows.map(({ email }) => email);
  await tombstones.lay(tx, addresses);
  await tx.execute(sql`
    delete from newsletter_suppressions where address_hash in (
      select ${addressHash(sql`email`)} from unnest(${sql.param(addresses)}::text[]) as email)`);
  await tx.execute(sql`
    delete from subscribers where user_id = ${userId} or email in (select email from user_emails where user_id = ${userId})`);
}
