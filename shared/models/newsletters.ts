import { sql } from "drizzle-orm";
import { boolean, check, date, index, integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { createdAt, identity, instant, isSlug, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { MemberLabelId, NewsletterId, SubscriberId, UserId } from "./ids.ts";

/** Who said last whether somebody is subscribed: the person on this site, or what was brought from elsewhere. */
const SOURCES = ["site", "ghost"] as const;

/**
 * A list of people who are written to. isOpen: whoever likes may subscribe, and what was sent can be read by everybody. groupName:
 * everybody in this group gets it, unless they say otherwise; null: only who subscribed. senderName: "" for the site's.
 * digestWeekday: 1 (Monday) to 7, the day on which it brings what was new; null: it brings what editors write. digestedOn: the
 * last such day, by the site's clock.
 */
export const newsletters = pgTable(
  "newsletters",
  {
    id: identity().$type<NewsletterId>(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    description: text().notNull().default(""),
    isOpen: boolean().notNull().default(true),
    position: integer().notNull().default(0),
    groupName: text(),
    senderName: text().notNull().default(""),
    digestWeekday: smallint(),
    digestedOn: date(),
    createdAt: createdAt(),
  },
  (table) => [
    isSlug("newsletters_slug", table.slug),
    check("newsletters_digest_weekday", sql`${table.digestWeekday} between 1 and 7`),
    check("newsletters_one_line", sql`${table.name} || ${table.senderName} !~ '[[:cntrl:]]'`),
  ],
);

/** Somebody who can be written to, with an account here or without. email is lower case. */
export const subscribers = pgTable(
  "subscribers",
  {
    id: identity().$type<SubscriberId>(),
    email: text().notNull().unique(),
    name: text().notNull().default(""),
    userId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [
    check("subscribers_email_lower_case", sql`${table.email} = lower(${table.email}) and ${table.email} like '_%@_%'`),
    index("subscribers_user").on(table.userId),
  ],
);

/** Whether somebody gets a list. pending: asked for, and not confirmed from the address yet. source: who said so last. */
export const newsletterSubscriptions = pgTable(
  "newsletter_subscriptions",
  {
    subscriberId: reference()
      .$type<SubscriberId>()
      .notNull()
      .references(() => subscribers.id, { onDelete: "cascade" }),
    newsletterId: reference()
      .$type<NewsletterId>()
      .notNull()
      .references(() => newsletters.id, { onDelete: "cascade" }),
    state: text().$type<"pending" | "subscribed" | "unsubscribed">().notNull(),
    source: text().$type<(typeof SOURCES)[number]>().notNull(),
    decidedAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.subscriberId, table.newsletterId] }),
    oneOf("newsletter_subscriptions_state", table.state, ["pending", "subscribed", "unsubscribed"]),
    oneOf("newsletter_subscriptions_source", table.source, SOURCES),
    index("newsletter_subscriptions_newsletter").on(table.newsletterId, table.state),
  ],
);

/**
 * The proof of each decision, which nothing changes. addressHash: SHA-256 of the lower-case address, hex. textVersion: which words
 * the person agreed to; of what was brought from elsewhere, where from.
 */
export const newsletterConsents = pgTable(
  "newsletter_consents",
  {
    id: identity(),
    subscriberId: reference()
      .$type<SubscriberId>()
      .notNull()
      .references(() => subscribers.id, { onDelete: "cascade" }),
    newsletterId: reference()
      .$type<NewsletterId>()
      .notNull()
      .references(() => newsletters.id, { onDelete: "cascade" }),
    addressHash: text().notNull(),
    act: text().$type<"asked" | "confirmed" | "brought" | "withdrawn">().notNull(),
    textVersion: text().notNull(),
    source: text().$type<(typeof SOURCES)[number]>().notNull(),
    at: createdAt(),
  },
  (table) => [
    oneOf("newsletter_consents_act", table.act, ["asked", "confirmed", "brought", "withdrawn"]),
    oneOf("newsletter_consents_source", table.source, SOURCES),
    index("newsletter_consents_subscriber").on(table.subscriberId, table.id),
    index("newsletter_consents_newsletter").on(table.newsletterId),
  ],
);

/**
 * Addresses that nobody writes to, whatever any list says; they outlive the subscriber, so that nothing brings them back.
 * addressHash: SHA-256 of the lower-case address, hex.
 */
export const newsletterSuppressions = pgTable(
  "newsletter_suppressions",
  {
    addressHash: text().primaryKey(),
    reason: text().$type<"bounced" | "complained" | "erased" | "elsewhere">().notNull(),
    since: instant().notNull().defaultNow(),
  },
  (table) => [oneOf("newsletter_suppressions_reason", table.reason, ["bounced", "complained", "erased", "elsewhere"])],
);

/** A word by which those who look after the lists find people; the people do not see it. */
export const memberLabels = pgTable("member_labels", { id: identity().$type<MemberLabelId>(), name: text().notNull().unique() });

/** Who carries which label, and who said so. */
export const subscriberLabels = pgTable(
  "subscriber_labels",
  {
    subscriberId: reference()
      .$type<SubscriberId>()
      .notNull()
      .references(() => subscribers.id, { onDelete: "cascade" }),
    labelId: reference()
      .$type<MemberLabelId>()
      .notNull()
      .references(() => memberLabels.id, { onDelete: "cascade" }),
    source: text().$type<(typeof SOURCES)[number]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.subscriberId, table.labelId] }),
    oneOf("subscriber_labels_source", table.source, SOURCES),
    index("subscriber_labels_label").on(table.labelId),
  ],
);
