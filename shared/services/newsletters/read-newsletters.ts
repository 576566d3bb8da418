import { asc, eq, type SQL, sql } from "drizzle-orm";
import type {
  AskedFor,
  Newsletter,
  NewslettersService,
  SubscriberFigures,
  SubscriptionView,
  SuppressionFigures,
  SuppressionReason,
} from "../../contracts/newsletters.ts";
import { CONFIRM_DAYS } from "../../contracts/newsletters.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { NewsletterId, SubscriberId } from "../../models/ids.ts";
import { newsletterSubscriptions, newsletters, subscribers } from "../../models/newsletters.ts";
import { addressHash } from "./address-hash.ts";

const { id, slug, name, description, isOpen, groupName, senderName, digestWeekday } = newsletters;

/** In their order. */
export function listNewsletters(db: Db, where?: SQL): Promise<Newsletter[]> {
  const subscribed = sql<number>`(
    select count(*)::int from newsletter_subscriptions s where s.newsletter_id = ${newsletters}.id and s.state = 'subscribed')`;
  return db
    .select({ id, slug, name, description, isOpen, groupName, senderName, digestWeekday, subscribed })
    .from(newsletters)
    .where(where)
    .orderBy(asc(newsletters.position), asc(id));
}

export async function getFigures(db: Db): Promise<SubscriberFigures> {
  const { rows } = await db.execute<Record<keyof SubscriberFigures, string>>(sql`
    select (select count(*) from subscribers) as subscribers,
      (select count(distinct subscriber_id) from newsletter_subscriptions where state = 'subscribed') as subscribed,
      (select count(*) from member_labels) as labels,
      (select count(*) from newsletter_suppressions) as suppressed`);
  const [row] = rows;
  return {
    ...{ subscribers: Number(row?.subscribers), subscribed: Number(row?.subscribed) },
    ...{ labels: Number(row?.labels), suppressed: Number(row?.suppressed) },
  };
}

export function listSubscriptions(db: Db, email: string): Promise<SubscriptionView[]> {
  const { newsletterId, state } = newsletterSubscriptions;
  return db
    .select({ newsletterId, state })
    .from(newsletterSubscriptions)
    .innerJoin(subscribers, eq(subscribers.id, newsletterSubscriptions.subscriberId))
    .where(eq(subscribers.email, email.toLowerCase()))
    .orderBy(asc(newsletterId));
}

export async function listLabels(db: Db): Promise<{ id: number; name: string }[]> {
  const { rows } = await db.execute<{ id: string; name: string }>(sql`select id, name from member_labels order by name, id`);
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}

export async function findAsked(db: Db, consentId: number, now: Date): Promise<AskedFor | null> {
  const { rows } = await db.execute<{ subscriber_id: string; email: string; at: Date; lists: string[] }>(sql`
    select s.id as subscriber_id, s.email, link.at, array(
      select b.newsletter_id from newsletter_consents c
      join newsletter_subscriptions b on b.subscriber_id = c.subscriber_id and b.newsletter_id = c.newsletter_id and b.state <> 'subscribed'
      where c.subscriber_id = link.subscriber_id and c.at = link.at and c.act = 'asked') as lists
    from newsletter_consents link join subscribers s on s.id = link.subscriber_id
    where link.id = ${consentId} and link.act = 'asked' and link.at > ${now.toISOString()}::timestamptz - ${CONFIRM_DAYS} * interval '1 day'`);
  const [row] = rows;
  if (!row) return null;
  const pending = new Set(row.lists.map(Number) as NewsletterId[]);
  const lists = (await listNewsletters(db)).filter((one) => pending.has(one.id));
  return { subscriberId: Number(row.subscriber_id) as SubscriberId, consentId, email: row.email, at: new Date(row.at), lists };
}

export async function getSuppressionFigures(db: Db): Promise<SuppressionFigures> {
  const { rows } = await db.execute<{ reason: SuppressionReason; count: number }>(sql`
    select reason, count(*)::int as count from newsletter_suppressions group by reason order by reason`);
  const none: SuppressionFigures = { bounced: 0, complained: 0, erased: 0, elsewhere: 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ reason, count }) => [reason, count])) };
}

export async function findSuppression(db: Db, email: string): ReturnType<NewslettersService["findSuppression"]> {
  const { rows } = await db.execute<{ reason: SuppressionReason; since: Date }>(sql`
    select reason, since from newsletter_suppressions where address_hash = ${addressHash(sql`${email}`)}`);
  return rows[0] ? { reason: rows[0].reason, since: new Date(rows[0].since) } : null;
}
