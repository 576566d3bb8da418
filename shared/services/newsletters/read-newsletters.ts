import { asc, eq, sql } from "drizzle-orm";
import type { Newsletter, SubscriberFigures, SubscriptionView } from "../../contracts/newsletters.ts";
import type { Db } from "../../infrastructure/db.ts";
import { newsletterSubscriptions, newsletters, subscribers } from "../../models/newsletters.ts";

const { id, slug, name, description, isOpen } = newsletters;

/** In their order. */
export function listNewsletters(db: Db): Promise<Newsletter[]> {
  const subscribed = sql<number>`(
    select count(*)::int from newsletter_subscriptions s where s.newsletter_id = ${newsletters}.id and s.state = 'subscribed')`;
  return db.select({ id, slug, name, description, isOpen, subscribed }).from(newsletters).orderBy(asc(newsletters.position), asc(id));
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
