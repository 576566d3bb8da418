import { sql } from "drizzle-orm";
import {
  CONSENT_TEXTS,
  type ConsentView,
  type NewslettersService,
  type OwnNewsletter,
  type SuppressionReason,
} from "../../contracts/newsletters.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { SubscriberId, UserId } from "../../models/ids.ts";
import { addressHash } from "./address-hash.ts";
import { membersOf } from "./mailable.ts";
import { listNewsletters } from "./read-newsletters.ts";

interface Address {
  email: string;
  subscriberId: SubscriberId | null;
  userId: UserId | null;
  isMain: boolean;
  suppressed: SuppressionReason | null;
}

export async function findOwn(db: Db, subscriberId: SubscriberId): ReturnType<NewslettersService["findOwn"]> {
  const { rows } = await db.execute<AddressRow>(sql`
    select s.email, s.id, e.user_id, coalesce(e.is_primary and e.verified_at is not null, false) as is_main, x.reason as suppressed
    from subscribers s left join user_emails e on e.email = s.email
    left join newsletter_suppressions x on x.address_hash = ${addressHash(sql`s.email`)}
    where s.id = ${subscriberId}`);
  const [address] = rows.map(toAddress);
  return address ? { subscriberId, email: address.email, suppressed: address.suppressed, lists: await listsOf(db, address) } : null;
}

export async function findOwnOf(db: Db, userId: UserId): ReturnType<NewslettersService["findOwnOf"]> {
  const { rows } = await db.execute<AddressRow>(sql`
    select e.email, s.id, e.user_id, true as is_main, x.reason as suppressed
    from user_emails e left join subscribers s on s.email = e.email
    left join newsletter_suppressions x on x.address_hash = ${addressHash(sql`e.email`)}
    where e.user_id = ${userId} and e.is_primary and e.verified_at is not null`);
  const [address] = rows.map(toAddress);
  if (!address) return null;
  const { email, suppressed, subscriberId } = address;
  return { subscriberId, email, suppressed, lists: await listsOf(db, address) };
}

type AddressRow = { email: string; id: string | null; user_id: string | null; is_main: boolean; suppressed: SuppressionReason | null };

const toAddress = ({ email, id, user_id, is_main, suppressed }: AddressRow): Address => ({
  ...{ email, suppressed, isMain: is_main },
  subscriberId: id === null ? null : (Number(id) as SubscriberId),
  userId: user_id === null ? null : (Number(user_id) as UserId),
});

/** Open lists, those of their groups, and those that they ever had to do with. */
async function listsOf(db: Db, { subscriberId, userId, isMain }: Address): Promise<OwnNewsletter[]> {
  const [lists, { rows: said }, { rows: consents }, byGroup] = await Promise.all([
    listNewsletters(db),
    db.execute<{ list: string; state: OwnNewsletter["state"] }>(sql`
      select newsletter_id as list, state from newsletter_subscriptions where subscriber_id = ${subscriberId}`),
    db.execute<Omit<ConsentView, "text"> & { list: string; [column: string]: unknown }>(sql`
      select newsletter_id as list, act, at, text_version as "textVersion", source, address_hash as "addressHash"
      from newsletter_consents where subscriber_id = ${subscriberId} order by id`),
    isMain && userId !== null ? listsByGroup(db, userId) : new Set<number>(),
  ]);
  const states = new Map(said.map(({ list, state }) => [Number(list), state]));
  return lists
    .filter(({ id, isOpen }) => isOpen || states.has(id) || byGroup.has(id))
    .map((newsletter) => ({
      newsletter,
      state: states.get(newsletter.id) ?? "none",
      byGroup: byGroup.has(newsletter.id),
      consents: consents
        .filter(({ list }) => Number(list) === newsletter.id)
        .map(({ act, at, textVersion, source, addressHash: hash }) => ({
          ...{ act, textVersion, source, addressHash: hash, at: new Date(at) },
          text: (CONSENT_TEXTS[textVersion] ?? "").replaceAll("{list}", newsletter.name),
        })),
    }));
}

async function listsByGroup(db: Db, userId: UserId): Promise<Set<number>> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select n.id from newsletters n, lateral (${membersOf(sql`
      select n.group_name where n.group_name is not null
      union select f.arguments ->> 1 from relation_facts f
      where f.relation = 'account.bulletin' and f.arguments -> 0 = to_jsonb(n.slug) and coalesce(f.expires_at > statement_timestamp(), true)`)}) m
    where m.user_id = ${userId}`);
  return new Set(rows.map(({ id }) => Number(id)));
}
